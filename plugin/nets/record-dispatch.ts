import type * as tf from "@tensorflow/tfjs";

/** The part of TensorFlow.js's webgpu backend (4.22.0) that is used. */
export interface WebGpuBackend {
  readonly device: GPUDevice;
  readonly queue: GPUQueue;
  readonly tensorMap: { get(dataId: tf.DataId): { resource: GPUBuffer; values: unknown } };
  readonly bufferManager: { acquireBuffer(size: number, usage: number): GPUBuffer };
  readonly uniformPendingDisposal: GPUBuffer[];
  readonly commandQueueOwnedIds: WeakSet<tf.DataId>;
  commandEncoder: GPUCommandEncoder | null;
  computePassEncoder: GPUComputePassEncoder | null;
  dispatchCountInPass: number;
  makeTensorInfo(shape: number[], dtype: "float32"): tf.TensorInfo;
  uploadToGPU(dataId: tf.DataId): void;
  disposeData(dataId: tf.DataId): void;
  ensureCommandEncoderReady(): void;
  endComputePassEncoder(): void;
  submitQueue(): void;
}

/** After so many dispatches the backend submits by itself (its flag WEBGPU_DEFERRED_SUBMIT_BATCH_SIZE). */
const DISPATCHES_A_SUBMIT = 15;
const pipelines = new WeakMap<GPUDevice, Map<string, GPUComputePipeline>>();

/**
 * Records one dispatch of a shader of our own as TensorFlow.js's webgpu backend records its own, in the same order of commands.
 *
 * @param shader - Its pipeline is made once a device and name. Binding 0 is the uniform, 1 and up are the tensors.
 * @param words - The uniform's numbers.
 * @param groups - Workgroups across, down and deep.
 */
export function recordDispatch(
  backend: WebGpuBackend,
  { name, code }: { readonly name: string; readonly code: string },
  words: Float32Array<ArrayBuffer> | Uint32Array<ArrayBuffer>,
  tensors: readonly tf.TensorInfo[],
  [x, y, z = 1]: readonly [number, number, number?],
): void {
  const { device } = backend;
  const uniforms = backend.bufferManager.acquireBuffer(
    words.byteLength,
    GPUBufferUsage.COPY_DST | GPUBufferUsage.UNIFORM,
  );
  backend.queue.writeBuffer(uniforms, 0, words);
  backend.uniformPendingDisposal.push(uniforms);
  const buffers = tensors.map(({ dataId }) => {
    backend.uploadToGPU(dataId);
    backend.commandQueueOwnedIds.add(dataId);
    return backend.tensorMap.get(dataId).resource;
  });
  const pipeline = pipelineFor(device, name, code);
  const group = device.createBindGroup({
    layout: pipeline.getBindGroupLayout(0),
    entries: [uniforms, ...buffers].map((buffer, binding) => ({ binding, resource: { buffer } })),
  });
  backend.ensureCommandEncoderReady();
  backend.computePassEncoder ??= backend.commandEncoder!.beginComputePass();
  backend.computePassEncoder.setPipeline(pipeline);
  backend.computePassEncoder.setBindGroup(0, group);
  backend.computePassEncoder.dispatchWorkgroups(x, y, z);
  backend.dispatchCountInPass += 1;
  if (backend.dispatchCountInPass < DISPATCHES_A_SUBMIT) return;
  backend.endComputePassEncoder();
  backend.submitQueue();
}

function pipelineFor(device: GPUDevice, name: string, code: string): GPUComputePipeline {
  let made = pipelines.get(device);
  if (!made) {
    made = new Map<string, GPUComputePipeline>();
    pipelines.set(device, made);
  }
  let pipeline = made.get(name);
  if (!pipeline) {
    const module = device.createShaderModule({ label: name, code });
    pipeline = device.createComputePipeline({ label: name, layout: "auto", compute: { module, entryPoint: "main" } });
    made.set(name, pipeline);
  }
  return pipeline;
}

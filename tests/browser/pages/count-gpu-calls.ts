/** How often WebGPU was asked for what, and how many bytes went up and down. */
export interface GpuCalls {
  dispatches: number;
  submits: number;
  passes: number;
  buffers: number;
  bindGroups: number;
  pipelines: number;
  readbacks: number;
  bytesUp: number;
  bytesDown: number;
}

type Method = (...args: never[]) => unknown;

/**
 * Counts every call of this thread to WebGPU from now on, on all devices. Call it once, before the first device is made.
 *
 * @returns Counts that go on growing.
 */
export function countGpuCalls(): GpuCalls {
  const calls: GpuCalls = {
    dispatches: 0,
    submits: 0,
    passes: 0,
    buffers: 0,
    bindGroups: 0,
    pipelines: 0,
    readbacks: 0,
    bytesUp: 0,
    bytesDown: 0,
  };
  const listen = (prototype: object, name: string, note: (self: GPUBuffer, args: readonly unknown[]) => void): void => {
    const methods = prototype as Record<string, Method>;
    const original = methods[name];
    methods[name] = function (this: GPUBuffer, ...args: never[]) {
      note(this, args);
      return original.apply(this, args);
    };
  };
  const add = (key: keyof GpuCalls) => (): void => void (calls[key] += 1);
  listen(GPUComputePassEncoder.prototype, "dispatchWorkgroups", add("dispatches"));
  listen(GPUComputePassEncoder.prototype, "dispatchWorkgroupsIndirect", add("dispatches"));
  listen(GPUQueue.prototype, "submit", add("submits"));
  listen(GPUCommandEncoder.prototype, "beginComputePass", add("passes"));
  listen(GPUDevice.prototype, "createBuffer", (_, [descriptor]) => {
    const { size, mappedAtCreation } = descriptor as GPUBufferDescriptor;
    calls.buffers += 1;
    if (mappedAtCreation) calls.bytesUp += size;
  });
  listen(GPUDevice.prototype, "createBindGroup", add("bindGroups"));
  listen(GPUDevice.prototype, "createComputePipeline", add("pipelines"));
  listen(GPUDevice.prototype, "createComputePipelineAsync", add("pipelines"));
  listen(GPUBuffer.prototype, "mapAsync", (buffer, [mode, offset = 0, size]) => {
    const bytes = (size as number | undefined) ?? buffer.size - (offset as number);
    if (mode === GPUMapMode.WRITE) calls.bytesUp += bytes;
    else {
      calls.readbacks += 1;
      calls.bytesDown += bytes;
    }
  });
  listen(GPUQueue.prototype, "writeBuffer", (_, [, , data, offset = 0, size]) => {
    const source = data as ArrayBuffer | ArrayBufferView;
    const width = "BYTES_PER_ELEMENT" in source ? (source.BYTES_PER_ELEMENT as number) : 1;
    const given = size as number | undefined;
    calls.bytesUp += given === undefined ? source.byteLength - (offset as number) * width : given * width;
  });
  return calls;
}

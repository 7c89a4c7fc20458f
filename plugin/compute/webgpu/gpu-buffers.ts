import { UnsupportedError } from "../../core/errors.ts";
import type { PpoUpdateSettings } from "../../core/learner.ts";
import { largestStorageBuffer } from "./gpu-device.ts";
import { BINDINGS, JOB_WORDS, STATISTICS_WORDS } from "./kernels/shared-code.ts";
import { countJobs } from "./minibatch-jobs.ts";
import { SAMPLES, type NetworkPlan } from "./network-plan.ts";
import { layOutRollout } from "./rollout-upload.ts";

// `GPUBufferUsage`: the global does not exist everywhere a device does.
const MAP_READ = 0x1;
const COPY_SRC = 0x4;
const COPY_DST = 0x8;
const UNIFORM = 0x40;
const STORAGE = 0x80;

/** Buffers that last as long as the learner, in the shape of the parameters. */
export interface LastingBuffers {
  /** Parameters, then first moments, then second moments. */
  readonly parameters: GPUBuffer;
  readonly transposed: GPUBuffer;
  /** And each tile's sum of squares. */
  readonly gradients: GPUBuffer;
}

/** How much an update needs; buffers with at least that much serve it. */
export interface UpdateRoom {
  /** Words of the rollout. */
  readonly rollout: number;
  readonly jobs: number;
  readonly minibatches: number;
  /** Rows of a block, a multiple of the samples that a workgroup takes. */
  readonly rows: number;
}

/** Buffers of the updates, and all buffers bound. */
export interface UpdateBuffers {
  readonly room: UpdateRoom;
  readonly jobs: GPUBuffer;
  readonly rollout: GPUBuffer;
  readonly results: GPUBuffer;
  readonly slopes: GPUBuffer;
  readonly statistics: GPUBuffer;
  /** Takes the parameters with their moments, then the statistics. */
  readonly readback: GPUBuffer;
  readonly bindGroup: GPUBindGroup;
  /** Host copies of what is uploaded. */
  readonly rolloutMemory: ArrayBuffer;
  readonly jobsMemory: ArrayBuffer;
}

/** Words from one minibatch's uniform to the next. */
export function jobStride({ limits }: GPUDevice): number {
  return Math.max(JOB_WORDS, limits.minUniformBufferOffsetAlignment / 4);
}

/** Makes the buffers that last, empty; `writeState` fills them. */
export function createLastingBuffers(device: GPUDevice, plan: NetworkPlan): LastingBuffers {
  const buffer = (label: string, words: number): GPUBuffer =>
    device.createBuffer({ label, size: 4 * words, usage: STORAGE | COPY_SRC | COPY_DST });
  return {
    parameters: buffer("parameters", 3 * plan.parameters),
    transposed: buffer("transposed", plan.parameters),
    gradients: buffer("gradients", plan.parameters + plan.tiles),
  };
}

/**
 * How much room an update needs. Minibatches whose results would not fit into a buffer are worked through in blocks of rows.
 *
 * @param workingBytes - Most bytes of results or slopes.
 */
export function measureRoom(
  device: GPUDevice,
  plan: NetworkPlan,
  rows: number,
  settings: PpoUpdateSettings,
  workingBytes: number,
): UpdateRoom {
  const bytes = Math.min(workingBytes, largestStorageBuffer(device));
  const most = Math.floor(bytes / (4 * Math.max(plan.resultColumns, plan.slopeColumns)));
  const groups = Math.min(Math.floor(most / SAMPLES), device.limits.maxComputeWorkgroupsPerDimension);
  const wanted = Math.ceil(Math.min(settings.minibatchSize, rows) / SAMPLES);
  const blockRows = Math.max(1, Math.min(groups, wanted)) * SAMPLES;
  return {
    rollout: layOutRollout(plan, rows, rows * settings.epochs).size,
    ...countJobs(rows, settings, blockRows),
    rows: blockRows,
  };
}

/** Whether buffers made for one update serve another. */
export function isRoomy(has: UpdateRoom, needs: UpdateRoom): boolean {
  return (
    has.rollout >= needs.rollout &&
    has.jobs >= needs.jobs &&
    has.minibatches >= needs.minibatches &&
    has.rows >= needs.rows
  );
}

/** @throws UnsupportedError when the device has no room for them. */
export async function createUpdateBuffers(
  device: GPUDevice,
  plan: NetworkPlan,
  layout: GPUBindGroupLayout,
  lasting: LastingBuffers,
  room: UpdateRoom,
  who: string,
): Promise<UpdateBuffers> {
  const stride = jobStride(device);
  const statisticsWords = (room.minibatches + 1) * STATISTICS_WORDS;
  const largest = 4 * Math.max(room.rollout, statisticsWords);
  if (largest > largestStorageBuffer(device)) {
    throw new UnsupportedError(
      `${who}: needed a storage buffer of ${largest} bytes for the rollout, came a device whose largest has ${largestStorageBuffer(device)}. Take fewer steps per rollout, or use the WASM learner.`,
    );
  }
  const readbackWords = 3 * plan.parameters + statisticsWords;
  if (4 * readbackWords > device.limits.maxBufferSize) {
    throw new UnsupportedError(
      `${who}: needed a buffer of ${4 * readbackWords} bytes for reading back, came a device whose largest has ${device.limits.maxBufferSize}. Use a smaller network, or the WASM learner.`,
    );
  }
  device.pushErrorScope("out-of-memory");
  const buffer = (label: string, words: number, usage: number): GPUBuffer =>
    device.createBuffer({ label, size: 4 * words, usage });
  const buffers = {
    jobs: buffer("job", room.jobs * stride, UNIFORM | COPY_DST),
    rollout: buffer("rollout", room.rollout, STORAGE | COPY_DST),
    results: buffer("results", room.rows * plan.resultColumns, STORAGE),
    slopes: buffer("slopes", room.rows * plan.slopeColumns, STORAGE),
    statistics: buffer("statistics", statisticsWords, STORAGE | COPY_SRC),
    readback: buffer("readback", readbackWords, MAP_READ | COPY_DST),
  };
  const bound = { ...buffers, ...lasting, job: buffers.jobs };
  const bindGroup = device.createBindGroup({
    label: "PPO",
    layout,
    entries: BINDINGS.map(({ name }, binding) => {
      const resource = name === "job" ? { buffer: bound.job, size: 4 * JOB_WORDS } : { buffer: bound[name] };
      return { binding, resource };
    }),
  });
  const shortage = await device.popErrorScope();
  if (shortage) {
    destroyBuffers(buffers);
    throw new UnsupportedError(
      `${who}: needed GPU memory for blocks of ${room.rows} rows, came "${shortage.message}". Take smaller minibatches, or use the WASM learner.`,
    );
  }
  return {
    room,
    ...buffers,
    bindGroup,
    rolloutMemory: new ArrayBuffer(4 * room.rollout),
    jobsMemory: new ArrayBuffer(4 * room.jobs * stride),
  };
}

/** Destroys every buffer among the values of an object. */
export function destroyBuffers(buffers: object): void {
  for (const value of Object.values(buffers)) {
    if (value && typeof value === "object" && "mapAsync" in value) (value as GPUBuffer).destroy();
  }
}

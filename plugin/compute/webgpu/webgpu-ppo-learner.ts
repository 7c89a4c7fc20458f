import { ConfigurationError } from "../../core/errors.ts";
import type { LearnerState, PpoBatch, PpoLearner, PpoUpdateResult, PpoUpdateSettings } from "../../core/learner.ts";
import { assertNetworkSpec, type NetworkSpec } from "../../core/network-spec.ts";
import type { NormaliserState } from "../../core/policy.ts";
import { assertRoleSpec, type RoleSpec } from "../../core/role-spec.ts";
import { assertNoPictures } from "../assert-no-pictures.ts";
import { initialParameters } from "../initial-parameters.ts";
import { DeviceWatch } from "./device-watch.ts";
import {
  createLastingBuffers,
  createUpdateBuffers,
  destroyBuffers,
  isRoomy,
  jobStride,
  measureRoom,
  type LastingBuffers,
  type UpdateBuffers,
} from "./gpu-buffers.ts";
import { assertDeviceTakes, requestDevice } from "./gpu-device.ts";
import { countAdamStep, writeJobs, type AdamPowers, type Job } from "./minibatch-jobs.ts";
import { planNetwork, transposeWeights, type NetworkPlan } from "./network-plan.ts";
import { compilePipelines, type Pipelines } from "./pipelines.ts";
import { recordJobs, recordReadback, statisticsSize } from "./record-update.ts";
import { layOutRollout, packRollout } from "./rollout-upload.ts";
import { SubmitPacer } from "./submit-pacer.ts";
import { readStatistics } from "./update-statistics.ts";

const WHO = "WebGPU PPO learner";
/** `GPUMapMode.READ`: the global does not exist everywhere a device does. */
const READ = 1;

/** What a WebGPU learner starts with. */
export interface WebGpuPpoLearnerOptions {
  /** Fixes the initial parameters. Default 0. */
  readonly seed?: number;
  /**
   * The device to compute on, e.g. a rendering engine's, or Dawn's in Node. It stays yours: the learner never destroys it.
   * Default a device of its own on the fastest adapter.
   */
  readonly device?: GPUDevice;
  /**
   * Most bytes that each of its two working buffers takes; minibatches with more results are worked through in blocks of
   * rows, with two dispatches more for each block. Default 64 MiB.
   */
  readonly workingBytes?: number;
  /**
   * Most milliseconds of GPU time that one submit takes; the next waits for its end, so that a scene on the same GPU gets its
   * turn in between. Set 4 beside a scene. Minibatches (or their blocks of rows) are not cut, and the result is the same to
   * the last bit. Default `Infinity`: one submit for a whole update.
   */
  readonly longestSubmitMilliseconds?: number;
}

/**
 * A PPO learner on fused WebGPU kernels: three dispatches for a minibatch, and a whole update in one submit with one
 * readback. It works on the page, in workers, and in Node with a device of Dawn's.
 *
 * @throws ConfigurationError for a network that cannot be, UnsupportedError where there is no WebGPU, or a device that cannot
 * take the network.
 */
export async function createWebGpuPpoLearner(
  role: RoleSpec,
  network: NetworkSpec,
  options: WebGpuPpoLearnerOptions = {},
): Promise<PpoLearner> {
  assertRoleSpec(role, WHO);
  assertNetworkSpec(network, WHO, role);
  assertNoPictures(role, WHO);
  const { seed = 0, workingBytes = 64 * 2 ** 20, longestSubmitMilliseconds = Infinity } = options;
  for (const [name, value] of Object.entries({ workingBytes, longestSubmitMilliseconds })) {
    if (value > 0) continue;
    throw new ConfigurationError(`${WHO}: ${name} needs a number above 0, came ${value}. Leave it out.`);
  }
  const device = options.device ?? (await requestDevice(WHO));
  const isOwn = options.device === undefined;
  try {
    const plan = planNetwork(role, network);
    assertDeviceTakes(device, plan, WHO);
    const pipelines = await compilePipelines(device, plan);
    return new WebGpuPpoLearner(role, network, {
      device,
      isOwn,
      plan,
      pipelines,
      workingBytes,
      seed,
      pacer: new SubmitPacer(longestSubmitMilliseconds),
      watch: new DeviceWatch(device, WHO, isOwn),
    });
  } catch (error) {
    if (isOwn) device.destroy();
    throw error;
  }
}

interface Parts {
  readonly device: GPUDevice;
  readonly isOwn: boolean;
  readonly plan: NetworkPlan;
  readonly pipelines: Pipelines;
  readonly workingBytes: number;
  readonly seed: number;
  readonly pacer: SubmitPacer;
  readonly watch: DeviceWatch;
}

class WebGpuPpoLearner implements PpoLearner {
  readonly device = "webgpu";
  readonly role: RoleSpec;
  readonly network: NetworkSpec;
  readonly #parts: Parts;
  readonly #lasting: LastingBuffers;
  #buffers: UpdateBuffers | null = null;
  #normaliser: NormaliserState | null = null;
  /** What is on the device, since every update reads it back. */
  #state: LearnerState;
  #powers: AdamPowers = { beta1: 1, beta2: 1 };
  #isBusy = false;
  #isDisposed = false;

  constructor(role: RoleSpec, network: NetworkSpec, parts: Parts) {
    this.role = role;
    this.network = network;
    this.#parts = parts;
    const { device, plan, seed } = parts;
    this.#lasting = createLastingBuffers(device, plan);
    const moments = {
      firstMoments: new Float32Array(plan.parameters),
      secondMoments: new Float32Array(plan.parameters),
    };
    this.#state = { parameters: initialParameters(role, network, seed), ...moments, steps: 0 };
    this.writeState(this.#state);
  }

  async update(batch: PpoBatch, settings: PpoUpdateSettings): Promise<PpoUpdateResult> {
    this.#assertUsable();
    if (this.#isBusy) {
      throw new ConfigurationError(`${WHO}: needed one update at a time, came a second one. Await the first.`);
    }
    if (batch.count === 0) return readStatistics(new Uint32Array(0), 0);
    this.#isBusy = true;
    try {
      const buffers = await this.#parts.watch.unlessLost(this.#makeRoom(batch, settings));
      return await this.#run(buffers, batch, settings);
    } catch (error) {
      if (this.#isDisposed) throw this.#disposedError();
      throw error;
    } finally {
      this.#isBusy = false;
    }
  }

  setNormaliser(normaliser: NormaliserState): void {
    this.#normaliser = normaliser;
  }

  readState(): LearnerState {
    const { parameters, firstMoments, secondMoments, steps } = this.#state;
    return {
      parameters: parameters.slice(),
      firstMoments: firstMoments.slice(),
      secondMoments: secondMoments.slice(),
      steps,
    };
  }

  writeState({ parameters, firstMoments, secondMoments, steps }: LearnerState): void {
    if (this.#isBusy) {
      throw new ConfigurationError(`${WHO}: needed its update to end first, came writeState. Await the update.`);
    }
    const { device, plan } = this.#parts;
    const all = new Float32Array(3 * plan.parameters);
    all.set(parameters, 0);
    all.set(firstMoments, plan.parameters);
    all.set(secondMoments, 2 * plan.parameters);
    this.#keepState(all, steps);
    this.#powers = { beta1: 1, beta2: 1 };
    // After some ten thousand steps the powers no longer change.
    for (let i = 0; i < Math.min(steps, 1_000_000); i++) this.#powers = countAdamStep(this.#powers);
    if (this.#isDisposed) return;
    device.queue.writeBuffer(this.#lasting.parameters, 0, all);
    device.queue.writeBuffer(this.#lasting.transposed, 0, transposeWeights(plan, parameters));
  }

  dispose(): void {
    if (this.#isDisposed) return;
    this.#isDisposed = true;
    destroyBuffers(this.#lasting);
    if (this.#buffers) destroyBuffers(this.#buffers);
    this.#buffers = null;
    if (this.#parts.isOwn) this.#parts.device.destroy();
  }

  async #makeRoom(batch: PpoBatch, settings: PpoUpdateSettings): Promise<UpdateBuffers> {
    const { device, plan, pipelines, workingBytes } = this.#parts;
    const needed = measureRoom(device, plan, batch.count, settings, workingBytes);
    if (this.#buffers && isRoomy(this.#buffers.room, needed)) return this.#buffers;
    // Room for every row that the caller's arrays could hold: later updates then create nothing.
    const rows = Math.max(batch.count, batch.returns.length);
    const room = measureRoom(device, plan, rows, settings, workingBytes);
    const made = await createUpdateBuffers(device, plan, pipelines.layout, this.#lasting, room, WHO);
    if (this.#buffers) destroyBuffers(this.#buffers);
    this.#buffers = made;
    this.#assertUsable();
    return made;
  }

  async #run(buffers: UpdateBuffers, batch: PpoBatch, settings: PpoUpdateSettings): Promise<PpoUpdateResult> {
    const { device, plan, pacer, watch } = this.#parts;
    const { queue } = device;

    // Step 1. Upload.
    const orderLength = settings.epochs * batch.count;
    const parts = layOutRollout(plan, batch.count, orderLength);
    const order = settings.order.subarray(0, orderLength);
    packRollout(buffers.rolloutMemory, parts, plan, { batch, order, normaliser: this.#normaliser });
    const stride = jobStride(device);
    const jobs = writeJobs(buffers.jobsMemory, stride, {
      batch,
      settings,
      parts,
      blockRows: buffers.room.rows,
      powers: this.#powers,
    });
    const minibatches = jobs.filter(({ isLastBlock }) => isLastBlock).length;
    device.pushErrorScope("validation");
    queue.writeBuffer(buffers.rollout, 0, buffers.rolloutMemory, 0, 4 * parts.size);
    queue.writeBuffer(buffers.jobs, 0, buffers.jobsMemory, 0, 4 * jobs.length * stride);
    const uploading = device.popErrorScope().then((complaint) => watch.assertAccepted(complaint));

    // Step 2. All minibatches of all epochs.
    const computing = Promise.all([this.#compute(buffers, jobs, minibatches), uploading]);
    const [read] = await watch.unlessLost(computing);

    // Step 3. Parameters and statistics.
    const floats = 3 * plan.parameters;
    const result = readStatistics(new Uint32Array(read, 4 * floats), minibatches);
    pacer.end(countJobsOf(jobs, result.minibatches));
    for (let i = 0; i < result.minibatches; i++) this.#powers = countAdamStep(this.#powers);
    this.#keepState(new Float32Array(read, 0, floats), this.#state.steps + result.minibatches);
    return result;
  }

  /** Submits as much as one submit may take, waits for its end, and goes on; the last one's end brings the results. */
  async #compute(buffers: UpdateBuffers, jobs: readonly Job[], minibatches: number): Promise<ArrayBuffer> {
    const { device, plan, pipelines, pacer, watch } = this.#parts;
    const { bindGroup, readback } = buffers;
    const recording = { ...pipelines, plan, bindGroup, stride: 4 * jobStride(device) };
    pacer.begin();
    for (let from = 0; ;) {
      const count = pacer.take(jobs.length - from);
      const isLast = from + count === jobs.length;
      const start = performance.now();
      device.pushErrorScope("validation");
      const encoder = device.createCommandEncoder({ label: "PPO update" });
      recordJobs(encoder, recording, jobs, from, from + count);
      if (isLast) recordReadback(encoder, { ...buffers, ...this.#lasting }, plan, minibatches);
      device.queue.submit([encoder.finish()]);
      const accepting = device.popErrorScope().then((complaint) => watch.assertAccepted(complaint));
      const ending = pacer.isIdle ? null : device.queue.onSubmittedWorkDone();
      const timing = ending?.then(() => pacer.note(count, performance.now() - start));
      if (isLast) return (await Promise.all([this.#read(readback, minibatches), accepting, timing]))[0];
      await Promise.all([accepting, timing]);
      this.#assertUsable();
      from += count;
    }
  }

  async #read(readback: GPUBuffer, minibatches: number): Promise<ArrayBuffer> {
    const size = 12 * this.#parts.plan.parameters + statisticsSize(minibatches);
    await readback.mapAsync(READ, 0, size);
    const read = readback.getMappedRange(0, size).slice(0);
    readback.unmap();
    return read;
  }

  #keepState(all: Float32Array, steps: number): void {
    const size = this.#parts.plan.parameters;
    this.#state = {
      parameters: all.subarray(0, size),
      firstMoments: all.subarray(size, 2 * size),
      secondMoments: all.subarray(2 * size, 3 * size),
      steps,
    };
  }

  #assertUsable(): void {
    if (this.#isDisposed) throw this.#disposedError();
    this.#parts.watch.assertWell();
  }

  #disposedError(): ConfigurationError {
    return new ConfigurationError(`${WHO}: needed a learner in use, came one that was disposed. Make a new one.`);
  }
}

/** How many jobs worked on so many minibatches and the one after them, which was judged and not taken. */
function countJobsOf(jobs: readonly Job[], minibatches: number): number {
  let ended = 0;
  const next = jobs.findIndex(({ isLastBlock }) => isLastBlock && ended++ === minibatches);
  return next < 0 ? jobs.length : next + 1;
}

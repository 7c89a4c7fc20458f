import { DeviceLostError } from "../compute/webgpu/device-errors.ts";
import { TrainingError, UnsupportedError } from "../core/errors.ts";
import type {
  Device,
  LearnerState,
  PpoBatch,
  PpoLearner,
  PpoUpdateResult,
  PpoUpdateSettings,
} from "../core/learner.ts";
import type { NetworkSpec } from "../core/network-spec.ts";
import type { NormaliserState } from "../core/policy.ts";
import type { RoleSpec } from "../core/role-spec.ts";
import { DEVICES } from "./device-report.ts";

/** How often a run asks for a new device in the place of a lost one before it leaves the GPU. */
const MOST_LOSSES = 3;

/** What a lasting learner needs besides its first learner. */
export interface LastingLearnerParts {
  /** Makes a learner on a device, without a GPU if it says so. @throws Error where there is none. */
  readonly make: (device: Device, avoidsGpu: boolean) => Promise<PpoLearner>;
  /** Whether a device that turns out to be unable may be left, too. */
  readonly mayLeave: boolean;
  /** Told after a move, and why it was made. */
  readonly onMove: (to: Device, from: Device, cause: Error) => void;
}

/**
 * A learner that outlives its device: when the device is lost in the middle of an update, another learner takes over the
 * parameters from before, and makes the update anew. On the same device that gives the same bits as if nothing had happened.
 */
export class LastingLearner implements PpoLearner {
  readonly role: RoleSpec;
  readonly network: NetworkSpec;
  readonly #parts: LastingLearnerParts;
  #learner: PpoLearner;
  /** From after the last update, on the host. */
  #state: LearnerState;
  #normaliser: NormaliserState | null = null;
  #losses = 0;
  #avoidsGpu = false;

  private constructor(learner: PpoLearner, state: LearnerState, parts: LastingLearnerParts) {
    this.role = learner.role;
    this.network = learner.network;
    this.#learner = learner;
    this.#state = state;
    this.#parts = parts;
  }

  static async create(learner: PpoLearner, parts: LastingLearnerParts): Promise<LastingLearner> {
    return new LastingLearner(learner, await learner.readState(), parts);
  }

  /** Where it computes now. */
  get device(): Device {
    return this.#learner.device;
  }

  async update(batch: PpoBatch, settings: PpoUpdateSettings): Promise<PpoUpdateResult> {
    const failed = new Set<Device>();
    for (;;) {
      try {
        const result = await this.#learner.update(batch, settings);
        this.#state = await this.#learner.readState();
        return result;
      } catch (error) {
        const isLost = error instanceof DeviceLostError;
        if (!isLost && !(this.#parts.mayLeave && error instanceof UnsupportedError)) throw error;
        if (isLost) this.#losses += 1;
        await this.#move(error, failed, isLost);
      }
    }
  }

  setNormaliser(normaliser: NormaliserState): void {
    this.#normaliser = normaliser;
    this.#learner.setNormaliser(normaliser);
  }

  /** Of the last update that ended well, also when the device is lost. */
  readState(): LearnerState {
    return this.#state;
  }

  writeState(state: LearnerState): void {
    this.#state = state;
    this.#learner.writeState(state);
  }

  dispose(): void {
    this.#learner.dispose();
  }

  /**
   * Takes the first learner that can be had: on a new device of the same kind, unless such were lost too often, or elsewhere
   * without a GPU, which TensorFlow.js can do too.
   *
   * @param failed - Devices that failed in this update, some for the second time.
   * @throws TrainingError when there is none.
   */
  async #move(cause: Error, failed: Set<Device>, isLost: boolean): Promise<void> {
    const from = this.#learner.device;
    this.#learner.dispose();
    const again = isLost && !failed.has(from) && this.#losses <= MOST_LOSSES ? [from] : [];
    failed.add(from);
    const others = DEVICES.filter((other) => !failed.has(other) && other !== "webgpu");
    if (isLost && from === "tfjs" && !this.#avoidsGpu) others.push(from);
    const refusals: unknown[] = [];
    for (const [index, device] of [...again, ...others].entries()) {
      const avoidsGpu = index >= again.length;
      let learner: PpoLearner | null = null;
      try {
        learner = await this.#parts.make(device, avoidsGpu);
        learner.writeState(this.#state);
        if (this.#normaliser) learner.setNormaliser(this.#normaliser);
        this.#learner = learner;
        this.#avoidsGpu = avoidsGpu;
        this.#parts.onMove(device, from, cause);
        return;
      } catch (refusal) {
        learner?.dispose();
        refusals.push(refusal);
        failed.add(device);
      }
    }
    throw new TrainingError(
      `teach: needed a device to go on with, came none after "${from}" failed: ${cause.message} The last good policy is kept; resume the run where a device can be had.`,
      { cause: new AggregateError([cause, ...refusals], "every device failed or refused") },
    );
  }
}

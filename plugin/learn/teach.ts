import { ConfigurationError } from "../core/errors.ts";
import type { Device } from "../core/learner.ts";
import type { Policy, PolicyData } from "../core/policy.ts";
import { readBytes, writeBytes } from "../core/storage.ts";
import type { WorkerLike } from "../core/worker-port.ts";
import { decodeCheckpoint } from "./checkpoint.ts";
import { describeNetwork } from "./describe-network.ts";
import { ppo, type PpoSettings } from "./ppo.ts";
import { TrainingRun } from "./training-run.ts";

/** How to teach. */
export interface TeachOptions {
  /** How many workers collect; the first one also learns. Default 1. More pay off where stepping the world is slow. */
  readonly workers?: number;
  /** Arenas in each worker. Default as the worker says (16 for lessons). */
  readonly arenas?: number;
  /** What the lesson is set with, plain JSON. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** A policy to start from instead of random parameters; its network must be the settings' one. */
  readonly from?: Policy | PolicyData;
  /** Seconds between two policies. Default 0.5. */
  readonly policySeconds?: number;
  /** Seconds between two checkpoints. Default 10. */
  readonly checkpointSeconds?: number;
  /**
   * Stops after so many decisions, exactly, while schedules go on as if it did not: to be resumed from the checkpoint.
   * Default never.
   */
  readonly until?: number;
  /** Where checkpoints are stored as they are made, e.g. `"indexeddb://guard-run"`. Default nowhere. */
  readonly checkpointUrl?: string;
  /** Workers that say nothing for so many seconds are replaced. Default 60. */
  readonly silenceSeconds?: number;
  /**
   * Most milliseconds of GPU time that a learner on WebGPU takes in one go, so that a scene that is drawn on the same GPU gets
   * its turn. It changes no result. Default 4 on a page, `Infinity` elsewhere.
   */
  readonly longestSubmitMilliseconds?: number;
  /** Whether the doctor looks on and says what keeps the agents from learning: `run.diagnoses`. It changes no result. Default true. */
  readonly doctor?: boolean;
  /** Stops the run. */
  readonly signal?: AbortSignal;
}

/**
 * Teaches agents in workers while the page goes on.
 *
 * @param makeWorker - Makes one module worker that calls `serveLesson` or `serveEnvironment`. Called once a worker, and
 * again when one has died.
 * @param settings - The algorithm and its numbers, e.g. `ppo({ seed: 7 })`.
 * @throws ConfigurationError for options that cannot work, before any worker is made.
 */
export function teach(makeWorker: () => WorkerLike, settings: PpoSettings, options: TeachOptions = {}): TrainingRun {
  const { workers = 1, arenas, from = null } = options;
  assertCount("workers", workers);
  if (arenas !== undefined) assertCount("arenas", arenas);
  const startFrom = from && "toData" in from ? from.toData() : from;
  if (startFrom && describeNetwork(startFrom.network) !== describeNetwork(settings.network)) {
    throw new ConfigurationError(
      `teach: needed a policy with the network ${describeNetwork(settings.network)} to start from, came one with ${describeNetwork(startFrom.network)}. Pass ppo({ network: policy.network }).`,
    );
  }
  const environment = { arenas, settings: options.settings };
  return start(makeWorker, { settings, workers, environment, state: null }, startFrom, options);
}

/** How to go on. */
export interface ResumeOptions extends Omit<TeachOptions, "workers" | "arenas" | "settings" | "from"> {
  /**
   * Where to go on; with `"auto"` where it learned before, or elsewhere if that cannot be had here. Default `"auto"` for runs that
   * began so, else where it learned before.
   */
  readonly device?: Device | "auto";
}

/**
 * Goes on with a run from a checkpoint: in the same place, on another page or after a reload.
 *
 * @param checkpoint - Its bytes, or the URL where it is stored.
 * @throws PolicyFileError for bytes that are no checkpoint, StorageError for a URL that cannot be read.
 */
export async function resumeTeaching(
  makeWorker: () => WorkerLike,
  checkpoint: Uint8Array | string,
  options: ResumeOptions = {},
): Promise<TrainingRun> {
  const bytes =
    typeof checkpoint === "string"
      ? await readBytes(checkpoint, options.signal ? { signal: options.signal } : {})
      : checkpoint;
  const who = typeof checkpoint === "string" ? `Checkpoint "${checkpoint}"` : "Checkpoint";
  const stored = decodeCheckpoint(bytes, who);
  const { device } = options;
  if (device === undefined) return start(makeWorker, stored, null, options);
  const state = device === "auto" ? stored.state : { ...stored.state, device };
  return start(makeWorker, { ...stored, settings: ppo({ ...stored.settings, device }), state }, null, options);
}

function start(
  makeWorker: () => WorkerLike,
  checkpoint: ConstructorParameters<typeof TrainingRun>[0]["checkpoint"],
  startFrom: PolicyData | null,
  options: TeachOptions,
): TrainingRun {
  const { policySeconds = 0.5, checkpointSeconds = 10, silenceSeconds = 60, checkpointUrl, signal } = options;
  const { until = Infinity, longestSubmitMilliseconds = typeof document === "undefined" ? Infinity : 4 } = options;
  for (const [name, value] of Object.entries({ policySeconds, checkpointSeconds, silenceSeconds, until })) {
    if (!(value >= 0)) {
      throw new ConfigurationError(
        `teach: ${name} needs a number of at least 0, came ${value}. Change it or leave it out.`,
      );
    }
  }
  if (!(longestSubmitMilliseconds > 0)) {
    throw new ConfigurationError(
      `teach: longestSubmitMilliseconds needs a number above 0, came ${longestSubmitMilliseconds}. Change it or leave it out.`,
    );
  }
  const { doctor = true } = options;
  if (typeof doctor !== "boolean") {
    throw new ConfigurationError(
      `teach: doctor needs true or false, came ${String(doctor)}. Change it or leave it out.`,
    );
  }
  const store = checkpointUrl === undefined ? null : (bytes: Uint8Array) => writeBytes(checkpointUrl, bytes);
  const limits = { policySeconds, checkpointSeconds, silenceSeconds, until, longestSubmitMilliseconds, doctor };
  const run = new TrainingRun({ makeWorker, checkpoint, startFrom, ...limits, store });
  if (signal) stopOnAbort(run, signal);
  return run;
}

function stopOnAbort(run: TrainingRun, signal: AbortSignal): void {
  const stop = (): void => void run.stop().catch(() => {});
  const forget = (): void => signal.removeEventListener("abort", stop);
  signal.addEventListener("abort", stop, { once: true });
  if (signal.aborted) stop();
  // A signal may outlive many runs.
  run.finished.then(forget, forget);
}

function assertCount(name: string, value: number): void {
  if (!Number.isInteger(value) || value < 1) {
    throw new ConfigurationError(
      `teach: ${name} needs a whole number above 0, came ${value}. Change it or leave it out.`,
    );
  }
}

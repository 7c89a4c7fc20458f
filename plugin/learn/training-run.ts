import { createPolicy } from "../compute/wasm-policy.ts";
import { TrainingError } from "../core/errors.ts";
import { fromFailure } from "../core/failure.ts";
import type { Device } from "../core/learner.ts";
import { Observable } from "../core/observable.ts";
import type { Policy, PolicyData } from "../core/policy.ts";
import type { WorkerLike } from "../core/worker-port.ts";
import { encodeCheckpoint, type Checkpoint } from "./checkpoint.ts";
import type { DeviceReport } from "./device-report.ts";
import { diagnoseFailure } from "./doctor/diagnose-failure.ts";
import type { Diagnosis } from "./doctor/diagnosis.ts";
import { DiagnosisList, type DiagnosisChange } from "./doctor/diagnosis-list.ts";
import type { BeginMessage, TrainingProgress, TrainingState, WorkerMessage } from "./messages.ts";

/** How often a run is begun again after its workers died without learning anything new in between. */
const MOST_RESTARTS = 3;

/** How a run ended. */
export interface RunResult {
  /** The policy of each role as data. */
  readonly policies: Readonly<Record<string, PolicyData>>;
  readonly decisions: number;
  /** Whether it was stopped before all decisions were learned from. */
  readonly stopped: boolean;
}

/** Where a run is in its life. */
export type RunPhase = "running" | "paused" | "finished" | "failed";

/** Somebody who waits for a checkpoint. */
interface Waiter {
  readonly resolve: (bytes: Uint8Array) => void;
  readonly reject: (error: unknown) => void;
}

/** Seconds between two looks at whether the workers still say something. */
const WATCH_SECONDS = 1;

/** What a run is made of; `teach` puts it together. */
export interface RunParts {
  readonly makeWorker: () => WorkerLike;
  readonly checkpoint: Omit<Checkpoint, "state"> & { readonly state: TrainingState | null };
  readonly startFrom: PolicyData | null;
  readonly policySeconds: number;
  readonly checkpointSeconds: number;
  /** Ends after so many decisions, to be resumed later. */
  readonly until: number;
  /** Workers that say nothing for so long count as dead. */
  readonly silenceSeconds: number;
  /** Most milliseconds of GPU time that a learner takes in one go. */
  readonly longestSubmitMilliseconds: number;
  /** Whether the doctor looks on. */
  readonly doctor: boolean;
  /** Stores a checkpoint's bytes, or null where nobody wants them stored. */
  readonly store: ((bytes: Uint8Array) => Promise<void>) | null;
}

/**
 * A training in progress, in workers. Make one with `teach`.
 *
 * Workers that die are replaced, and the run goes on from its last checkpoint. An error thrown by the lesson or by the
 * learning ends it; what was learned until then stays in `policies`.
 */
export class TrainingRun {
  /** About ten times a second. */
  readonly onProgressObservable = new Observable<TrainingProgress>();
  /** The improving policy of each role. It is the same object every time, with new parameters. */
  readonly onPolicyObservable = new Observable<Readonly<Record<string, Policy>>>();
  /** A checkpoint's bytes, ready to be stored; `teach` can resume from them. */
  readonly onCheckpointObservable = new Observable<Uint8Array>();
  /** Where it learns and why, when that is known, and when it moves. */
  readonly onDeviceObservable = new Observable<DeviceReport>();
  /** Things worth telling a person, e.g. that a worker was replaced. */
  readonly onNoticeObservable = new Observable<string>();
  /** What the doctor finds, and what is no longer so. */
  readonly onDiagnosisObservable = new Observable<DiagnosisChange>();
  /** Settles when the run ends. @throws the first error of the lesson or the learning. */
  readonly finished: Promise<RunResult>;
  readonly #parts: RunParts;
  readonly #policies: Record<string, Policy> = {};
  readonly #diagnoses = new DiagnosisList();
  #phase: RunPhase = "running";
  #deviceReport: DeviceReport | null = null;
  #checkpointWaiters: Waiter[] = [];
  #workers: WorkerLike[] = [];
  #state: TrainingState | null;
  #settle!: { resolve: (result: RunResult) => void; reject: (error: Error) => void };
  #restarts = 0;
  /** Most decisions that were ever learned from; what is learned again after a death is nothing new. */
  #furthest = 0;
  #wasStopped = false;
  /** Counted in looks, not by the clock, which leaps when the page or the machine has slept. */
  #silentSeconds = 0;
  readonly #watch: ReturnType<typeof setInterval>;
  /** Settles when everything that the workers sent has reached the policies, and the storage. */
  #delivery: Promise<void> = Promise.resolve();
  #storing: Promise<void> = Promise.resolve();
  #toStore: Uint8Array | null = null;

  constructor(parts: RunParts) {
    this.#parts = parts;
    this.#state = parts.checkpoint.state;
    this.finished = new Promise((resolve, reject) => {
      this.#settle = { resolve, reject };
    });
    // A caller that only listens to observables must not crash on a rejection nobody awaits.
    this.finished.catch(() => {});
    this.#begin();
    this.#watch = setInterval(() => this.#checkSilence(), WATCH_SECONDS * 1000);
  }

  get phase(): RunPhase {
    return this.#phase;
  }

  /** The newest good policy of each role; empty until the workers have begun. */
  get policies(): Readonly<Record<string, Policy>> {
    return this.#policies;
  }

  /** Where it learns, or null until its workers have found out. */
  get device(): Device | null {
    return this.#deviceReport?.device ?? null;
  }

  /** Where it learns and why there, with what was measured; null until its workers have found out. */
  get deviceReport(): DeviceReport | null {
    return this.#deviceReport;
  }

  /** What keeps the agents from learning, as far as the doctor can tell: faults first; empty while all is well. */
  get diagnoses(): readonly Diagnosis[] {
    return this.#diagnoses.diagnoses;
  }

  /** The last checkpoint's bytes, or null when there is none yet. */
  get checkpoint(): Uint8Array | null {
    return this.#state ? encodeCheckpoint({ ...this.#parts.checkpoint, state: this.#state }) : null;
  }

  /** Rests after the update under way, and makes a checkpoint. */
  pause(): void {
    if (this.#phase !== "running") return;
    this.#phase = "paused";
    this.#workers[0].postMessage({ type: "pause" });
  }

  resume(): void {
    if (this.#phase !== "paused") return;
    this.#phase = "running";
    this.#silentSeconds = 0;
    this.#workers[0].postMessage({ type: "resume" });
  }

  /**
   * Makes a checkpoint after the update under way, or at once while the run rests, and stores it as usual. A run that has
   * ended gives its last one.
   *
   * @throws the error of a run that has ended without any.
   */
  saveCheckpoint(): Promise<Uint8Array> {
    const hasEnded = this.#phase === "finished" || this.#phase === "failed";
    if (hasEnded && this.#state) return Promise.resolve(this.checkpoint!);
    return new Promise((resolve, reject) => {
      this.#checkpointWaiters.push({ resolve, reject });
      if (hasEnded) void this.finished.catch(reject);
      else this.#workers[0].postMessage({ type: "checkpoint" });
    });
  }

  /** Ends the run after the update under way. */
  stop(): Promise<RunResult> {
    if (this.#phase === "running" || this.#phase === "paused") {
      this.#wasStopped = true;
      this.#phase = "running";
      this.#silentSeconds = 0;
      this.#workers[0].postMessage({ type: "stop" });
    }
    return this.finished;
  }

  #begin(): void {
    const { checkpoint, startFrom, makeWorker, policySeconds, checkpointSeconds, until } = this.#parts;
    const { longestSubmitMilliseconds, doctor } = this.#parts;
    const { settings, environment, workers } = checkpoint;
    const crew: WorkerLike[] = [];
    this.#workers = crew;
    this.#silentSeconds = 0;
    const channels = Array.from({ length: workers - 1 }, () => new MessageChannel());
    for (let index = 0; index < workers; index++) {
      const worker = makeWorker();
      crew.push(worker);
      // A worker that was replaced may still have messages under way: they no longer count.
      worker.onmessage = ({ data }: MessageEvent<WorkerMessage>) => {
        if (this.#workers === crew) this.#hear(data);
      };
      worker.onerror = (event) => {
        event.preventDefault?.();
        if (this.#workers === crew) this.#recover(`worker ${index} died: ${event.message || "it could not be loaded"}`);
      };
      const ports = index === 0 ? channels.map((channel) => channel.port1) : [channels[index - 1].port2];
      const message: BeginMessage = {
        type: "begin",
        index,
        workers,
        settings,
        environment,
        state: this.#state,
        startFrom,
        ports,
        policySeconds,
        checkpointSeconds,
        until,
        longestSubmitMilliseconds,
        doctor,
      };
      worker.postMessage(message, [...ports]);
    }
    if (this.#phase === "paused") crew[0].postMessage({ type: "pause" });
    if (this.#wasStopped) crew[0].postMessage({ type: "stop" });
    if (this.#checkpointWaiters.length > 0) crew[0].postMessage({ type: "checkpoint" });
  }

  #hear(message: WorkerMessage): void {
    this.#silentSeconds = 0;
    switch (message.type) {
      case "progress":
        if (message.progress.decisions > this.#furthest) {
          this.#furthest = message.progress.decisions;
          this.#restarts = 0;
        }
        this.onProgressObservable.notifyObservers(message.progress);
        break;
      case "device":
        this.#deviceReport = message.report;
        this.onDeviceObservable.notifyObservers(message.report);
        break;
      case "notice":
        this.onNoticeObservable.notifyObservers(message.text);
        break;
      case "policy":
        this.#deliver(message.role, message.policy);
        break;
      case "checkpoint":
        this.#keep(message.state);
        break;
      case "finished":
        this.#keep(message.state);
        this.#deliver(message.role, message.state.policy);
        this.#finish(message.role, message.state);
        break;
      case "failed":
        this.#fail(fromFailure(message.failure));
        break;
      case "diagnoses":
        this.#tellDiagnoses(this.#diagnoses.replace(message.diagnoses));
        break;
      case "examined":
      case "cloning":
      case "cloned":
      case "paused":
        break;
    }
  }

  #tellDiagnoses(changes: readonly DiagnosisChange[]): void {
    for (const change of changes) this.onDiagnosisObservable.notifyObservers(change);
  }

  #keep(state: TrainingState): void {
    this.#state = state;
    const { store } = this.#parts;
    const waiters = this.#checkpointWaiters;
    if (!store && waiters.length === 0 && !this.onCheckpointObservable.hasObservers()) return;
    const bytes = this.checkpoint!;
    this.#checkpointWaiters = [];
    for (const { resolve } of waiters) resolve(bytes);
    if (store) this.#store(bytes, store);
    this.onCheckpointObservable.notifyObservers(bytes);
  }

  /** One at a time and in order; of those that wait, only the newest. */
  #store(bytes: Uint8Array, store: (bytes: Uint8Array) => Promise<void>): void {
    const isWaiting = this.#toStore !== null;
    this.#toStore = bytes;
    if (isWaiting) return;
    this.#storing = this.#storing.then(async () => {
      const newest = this.#toStore!;
      this.#toStore = null;
      try {
        await store(newest);
      } catch (error) {
        // A full disk must not end the run: say so, and go on.
        this.onNoticeObservable.notifyObservers(toError(error).message);
      }
    });
  }

  /** Making a policy takes a moment the first time; later parameters wait in line behind it. */
  #deliver(role: string, data: PolicyData): void {
    this.#delivery = this.#delivery.then(async () => {
      const policy = this.#policies[role];
      if (policy) policy.assign(data);
      else this.#policies[role] = await createPolicy(data, this.#parts.checkpoint.settings);
      this.onPolicyObservable.notifyObservers(this.#policies);
    });
    this.#delivery.catch((error: unknown) => this.#fail(toError(error)));
  }

  #finish(role: string, state: TrainingState): void {
    this.#end("finished");
    const { decisions } = state.ppo;
    const stopped = decisions < this.#parts.checkpoint.settings.decisions;
    const result = { policies: { [role]: state.policy }, decisions, stopped };
    void Promise.all([this.#delivery, this.#storing]).then(
      () => this.#settle.resolve(result),
      (error: unknown) => this.#settle.reject(toError(error)),
    );
  }

  #fail(error: Error): void {
    if (this.#phase === "finished" || this.#phase === "failed") return;
    this.#end("failed");
    const diagnosis = this.#parts.doctor ? diagnoseFailure(error) : null;
    if (diagnosis) this.#tellDiagnoses(this.#diagnoses.add(diagnosis));
    for (const { resolve, reject } of this.#checkpointWaiters) {
      if (this.#state) resolve(this.checkpoint!);
      else reject(error);
    }
    // What was learned until now may still be on its way into the policies and the storage.
    void Promise.allSettled([this.#delivery, this.#storing]).then(() => this.#settle.reject(error));
    this.onNoticeObservable.notifyObservers(error.message);
  }

  /** Replaces all workers and goes on from the last checkpoint. */
  #recover(reason: string): void {
    if (this.#phase === "finished" || this.#phase === "failed") return;
    for (const worker of this.#workers) worker.terminate();
    this.#restarts += 1;
    const from = this.#state?.ppo.decisions ?? 0;
    if (this.#restarts > MOST_RESTARTS) {
      this.#fail(
        new TrainingError(
          `teach: needed workers that stay alive, came ${MOST_RESTARTS + 1} crews that died in a row (${reason}). The last good policy is kept; look for endless loops and memory in the lesson.`,
        ),
      );
      return;
    }
    this.onNoticeObservable.notifyObservers(`teach: ${reason}. New workers go on from decision ${from}.`);
    try {
      this.#begin();
    } catch (error) {
      this.#fail(toError(error));
    }
  }

  #checkSilence(): void {
    if (this.#phase !== "running") return;
    this.#silentSeconds += WATCH_SECONDS;
    if (this.#silentSeconds <= this.#parts.silenceSeconds) return;
    this.#recover(`the workers said nothing for ${this.#silentSeconds} seconds`);
  }

  #end(phase: "finished" | "failed"): void {
    this.#phase = phase;
    clearInterval(this.#watch);
    for (const worker of this.#workers) worker.terminate();
    this.#workers = [];
  }
}

function toError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}

import { createPolicy } from "../compute/wasm-policy.ts";
import { TrainingError } from "../core/errors.ts";
import { Observable } from "../core/observable.ts";
import type { Policy, PolicyData } from "../core/policy.ts";
import { encodeCheckpoint, type Checkpoint } from "./checkpoint.ts";
import { fromFailure } from "./failure.ts";
import type { BeginMessage, TrainingProgress, TrainingState, WorkerLike, WorkerMessage } from "./messages.ts";

/** How often a run is begun again after its workers died without learning anything in between. */
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

/** What a run is made of; `teach` puts it together. */
export interface RunParts {
  readonly makeWorker: () => WorkerLike;
  readonly checkpoint: Omit<Checkpoint, "state"> & { readonly state: TrainingState | null };
  readonly startFrom: PolicyData | null;
  readonly policySeconds: number;
  readonly checkpointSeconds: number;
  /** Workers that say nothing for so long count as dead. */
  readonly silenceSeconds: number;
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
  /** Things worth telling a person, e.g. that a worker was replaced. */
  readonly onNoticeObservable = new Observable<string>();
  /** Settles when the run ends. @throws the first error of the lesson or the learning. */
  readonly finished: Promise<RunResult>;
  /** Where it learns. */
  readonly device = "wasm";
  readonly #parts: RunParts;
  readonly #policies: Record<string, Policy> = {};
  #phase: RunPhase = "running";
  #workers: WorkerLike[] = [];
  #state: TrainingState | null;
  #settle!: { resolve: (result: RunResult) => void; reject: (error: Error) => void };
  #restarts = 0;
  #wasStopped = false;
  #lastSign = 0;
  #watch: ReturnType<typeof setInterval> | undefined;
  #delivery: Promise<void> = Promise.resolve();

  constructor(parts: RunParts) {
    this.#parts = parts;
    this.#state = parts.checkpoint.state;
    this.finished = new Promise((resolve, reject) => {
      this.#settle = { resolve, reject };
    });
    // A caller that only listens to observables must not crash on a rejection nobody awaits.
    this.finished.catch(() => {});
    this.#begin();
    this.#watch = setInterval(() => this.#checkSilence(), 1000);
  }

  get phase(): RunPhase {
    return this.#phase;
  }

  /** The newest good policy of each role; empty until the workers have begun. */
  get policies(): Readonly<Record<string, Policy>> {
    return this.#policies;
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
    this.#lastSign = performance.now();
    this.#workers[0].postMessage({ type: "resume" });
  }

  /** Ends the run after the update under way. */
  stop(): Promise<RunResult> {
    if (this.#phase === "running" || this.#phase === "paused") {
      this.#wasStopped = true;
      this.#phase = "running";
      this.#lastSign = performance.now();
      this.#workers[0].postMessage({ type: "stop" });
    }
    return this.finished;
  }

  #begin(): void {
    const { checkpoint, startFrom, makeWorker, policySeconds, checkpointSeconds } = this.#parts;
    const { settings, environment, workers } = checkpoint;
    const crew: WorkerLike[] = [];
    this.#workers = crew;
    this.#lastSign = performance.now();
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
      };
      worker.postMessage(message, [...ports]);
    }
    if (this.#phase === "paused") crew[0].postMessage({ type: "pause" });
    if (this.#wasStopped) crew[0].postMessage({ type: "stop" });
  }

  #hear(message: WorkerMessage): void {
    this.#lastSign = performance.now();
    switch (message.type) {
      case "progress":
        this.#restarts = 0;
        this.onProgressObservable.notifyObservers(message.progress);
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
      case "paused":
        break;
    }
  }

  #keep(state: TrainingState): void {
    this.#state = state;
    if (this.onCheckpointObservable.hasObservers()) this.onCheckpointObservable.notifyObservers(this.checkpoint!);
  }

  /** Making a policy takes a moment the first time; later parameters wait in line behind it. */
  #deliver(role: string, data: PolicyData): void {
    this.#delivery = this.#delivery.then(async () => {
      const policy = this.#policies[role];
      if (policy) policy.assign(data);
      else this.#policies[role] = await createPolicy(data, this.#parts.checkpoint.settings);
      this.onPolicyObservable.notifyObservers(this.#policies);
    });
    this.#delivery.catch((error: unknown) => this.#fail(error instanceof Error ? error : new Error(String(error))));
  }

  #finish(role: string, state: TrainingState): void {
    this.#end("finished");
    const { decisions } = state.ppo;
    const result = { policies: { [role]: state.policy }, decisions, stopped: this.#wasStopped };
    void this.#delivery.then(() => this.#settle.resolve(result));
  }

  #fail(error: Error): void {
    if (this.#phase === "finished" || this.#phase === "failed") return;
    this.#end("failed");
    this.onNoticeObservable.notifyObservers(error.message);
    this.#settle.reject(error);
  }

  /** Replaces all workers and goes on from the last checkpoint. */
  #recover(reason: string): void {
    if (this.#phase === "finished" || this.#phase === "failed") return;
    this.#restarts += 1;
    const from = this.#state?.ppo.decisions ?? 0;
    if (this.#restarts > MOST_RESTARTS) {
      this.#fail(
        new TrainingError(
          `teach: needed workers that stay alive, came ${MOST_RESTARTS} crews that died in a row (${reason}). The last good policy is kept; look for endless loops and memory in the lesson.`,
        ),
      );
      return;
    }
    for (const worker of this.#workers) worker.terminate();
    this.onNoticeObservable.notifyObservers(`teach: ${reason}. New workers go on from decision ${from}.`);
    this.#begin();
  }

  #checkSilence(): void {
    if (this.#phase !== "running") return;
    const silent = (performance.now() - this.#lastSign) / 1000;
    if (silent > this.#parts.silenceSeconds)
      this.#recover(`the workers said nothing for ${Math.round(silent)} seconds`);
  }

  #end(phase: "finished" | "failed"): void {
    this.#phase = phase;
    clearInterval(this.#watch);
    for (const worker of this.#workers) worker.terminate();
    this.#workers = [];
  }
}

import { breathe } from "../core/breathe.ts";
import { fromFailure, type Failure } from "../core/failure.ts";
import type { Policy } from "../core/policy.ts";
import type { Collector, CollectorSnapshot } from "./collector.ts";
import type { BeginMessage, CollectedMessage, CollectMessage, TrainingState, WorkerMessage } from "./messages.ts";
import { Doctor } from "./doctor/doctor.ts";
import type { Ppo, PpoStatistics } from "./ppo.ts";
import { rolloutBuffers, type Rollout } from "./rollout.ts";
import { ScoreBoard } from "./score-board.ts";

/** Seconds between two reports of progress, and over which the speed is measured. */
const PROGRESS_SECONDS = 0.1;
const SPEED_SECONDS = 3;

/** What a loop works with. */
export interface TrainingLoopParts {
  readonly message: BeginMessage;
  readonly role: string;
  readonly ppo: Ppo;
  readonly policy: Policy;
  readonly collector: Collector;
  readonly rollout: Rollout;
  readonly post: (message: WorkerMessage) => void;
}

/**
 * The first worker's work: let everybody collect with the newest policy, wait for all, learn, and begin again.
 *
 * Rollouts are joined in the order of the workers, so timing changes nothing about what is learned.
 */
export class TrainingLoop {
  readonly #parts: TrainingLoopParts;
  readonly #remote: RemoteCollector[];
  readonly #scores: ScoreBoard;
  #snapshots: readonly (CollectorSnapshot | null)[];
  #isPaused = false;
  #isStopped = false;
  #wantsCheckpoint = false;
  #wake: (() => void) | null = null;
  #activeSeconds = 0;
  #lastProgress = 0;
  #lastPolicy = 0;
  #lastCheckpoint = 0;
  readonly #doctor: Doctor | null;
  readonly #speed: { seconds: number; decisions: number }[] = [];

  constructor(parts: TrainingLoopParts) {
    this.#parts = parts;
    this.#remote = parts.message.ports.map((port) => new RemoteCollector(port));
    this.#scores = new ScoreBoard(parts.message.state?.episodes ?? 0);
    this.#snapshots = parts.message.state?.collectors ?? [];
    const { collector, message } = parts;
    const { timing } = collector.environment;
    this.#doctor = message.doctor ? new Doctor(collector.group.role, { timing, settings: message.settings }) : null;
  }

  /** Takes effect after the update under way. */
  command(command: "pause" | "resume" | "stop" | "checkpoint"): void {
    if (command === "pause") this.#isPaused = true;
    if (command === "resume") this.#isPaused = false;
    if (command === "stop") this.#isStopped = true;
    if (command === "checkpoint") this.#wantsCheckpoint = true;
    this.#wake?.();
  }

  /** Runs until all decisions are learned from, or until it is stopped. @throws what the lesson or the learning throws. */
  async run(): Promise<void> {
    const { ppo, role, post, collector } = this.#parts;
    try {
      await this.#repeat();
      this.#tellDiagnoses();
      post({ type: "finished", role, state: await this.#state() });
    } catch (error) {
      post({ type: "policy", role, policy: ppo.policyData() });
      throw error;
    } finally {
      collector.environment.dispose();
      ppo.learner.dispose();
    }
  }

  async #repeat(): Promise<void> {
    const { ppo, policy, collector, rollout, role, post, message } = this.#parts;
    const total = Math.min(message.settings.decisions, message.until);
    post({ type: "policy", role, policy: ppo.policyData() });
    let last = performance.now();
    this.#speed.push({ seconds: 0, decisions: ppo.decisions });
    while (ppo.decisions < total && !this.#isStopped) {
      const number = ppo.updates;
      const { parameters, normaliser } = ppo.policyData();
      const collecting = Promise.all(this.#remote.map((remote) => remote.collect({ number, parameters, normaliser })));
      collecting.catch(() => {}); // If this thread throws first, nobody awaits the others.
      collector.collect(rollout, number);
      const others = await collecting;
      const rollouts = [rollout, ...others.map((other) => other.rollout)];
      const statistics = await ppo.learn(rollouts);
      policy.assign(ppo.policyData());
      for (const one of rollouts) this.#scores.add(one.episodes);
      this.#doctor?.note(rollouts, statistics);
      this.#snapshots = [collector.snapshot(), ...others.map((other) => other.snapshot)];

      const now = performance.now();
      this.#activeSeconds += (now - last) / 1000;
      last = now;
      await this.#report(statistics);
      await breathe();
      if (this.#isPaused && !this.#isStopped) {
        await this.#sleep();
        last = performance.now();
      }
    }
  }

  async #report(statistics: PpoStatistics): Promise<void> {
    const { ppo, role, post, message } = this.#parts;
    const now = this.#activeSeconds;
    this.#speed.push({ seconds: now, decisions: ppo.decisions });
    while (this.#speed.length > 2 && this.#speed[1].seconds < now - SPEED_SECONDS) this.#speed.shift();
    const isLast = ppo.decisions >= Math.min(message.settings.decisions, message.until);
    if (isLast || now - this.#lastProgress >= PROGRESS_SECONDS) {
      this.#lastProgress = now;
      const since = this.#speed[0];
      const progress = {
        decisions: ppo.decisions,
        totalDecisions: message.settings.decisions,
        updates: ppo.updates,
        elapsedSeconds: now,
        decisionsPerSecond: (ppo.decisions - since.decisions) / (now - since.seconds),
        episodes: this.#scores.episodes,
        ...this.#scores.means(),
        statistics,
      };
      post({ type: "progress", progress });
    }
    if (this.#doctor?.wantsToLook(now)) this.#tellDiagnoses();
    if (isLast || now - this.#lastPolicy >= message.policySeconds) {
      this.#lastPolicy = now;
      post({ type: "policy", role, policy: ppo.policyData() });
    }
    if (this.#wantsCheckpoint || now - this.#lastCheckpoint >= message.checkpointSeconds) {
      this.#wantsCheckpoint = false;
      this.#lastCheckpoint = now;
      post({ type: "checkpoint", state: await this.#state() });
    }
  }

  #tellDiagnoses(): void {
    const diagnoses = this.#doctor?.news(this.#activeSeconds);
    if (diagnoses) this.#parts.post({ type: "diagnoses", diagnoses });
  }

  async #state(): Promise<TrainingState> {
    const { ppo } = this.#parts;
    return {
      ppo: await ppo.state(),
      policy: ppo.policyData(),
      collectors: this.#snapshots,
      episodes: this.#scores.episodes,
      device: ppo.learner.device,
    };
  }

  /** Waits for the end of a pause; hands out a checkpoint first, so that nothing is lost by closing the page. */
  async #sleep(): Promise<void> {
    const { post } = this.#parts;
    post({ type: "checkpoint", state: await this.#state() });
    post({ type: "paused" });
    while (this.#isPaused && !this.#isStopped) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      if (!this.#wantsCheckpoint) continue;
      this.#wantsCheckpoint = false;
      post({ type: "checkpoint", state: await this.#state() });
    }
    this.#wake = null;
  }
}

/** A collector in another worker, asked one rollout at a time. */
class RemoteCollector {
  readonly #port: MessagePort;
  #rollout: Rollout | null = null;

  constructor(port: MessagePort) {
    this.#port = port;
  }

  collect(what: Omit<CollectMessage, "rollout">): Promise<CollectedMessage> {
    return new Promise((resolve, reject) => {
      this.#port.onmessage = ({ data }: MessageEvent<CollectedMessage | Failure>) => {
        if ("stack" in data) {
          reject(fromFailure(data));
          return;
        }
        this.#rollout = data.rollout;
        resolve(data);
      };
      const message: CollectMessage = { ...what, rollout: this.#rollout };
      this.#port.postMessage(message, this.#rollout ? rolloutBuffers(this.#rollout) : []);
    });
  }
}

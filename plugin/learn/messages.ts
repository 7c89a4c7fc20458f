import type { Failure } from "../core/failure.ts";
import type { Device } from "../core/learner.ts";
import type { NormaliserState, PolicyData } from "../core/policy.ts";
import type { CloningOptions, CloningProgress } from "./behaviour-cloning.ts";
import type { CollectorSnapshot } from "./collector.ts";
import type { DeviceReport } from "./device-report.ts";
import type { Demonstrations } from "./demonstrations.ts";
import type { Diagnosis } from "./doctor/diagnosis.ts";
import type { PpoSettings, PpoState, PpoStatistics } from "./ppo.ts";
import type { Rollout } from "./rollout.ts";

/** What a worker is asked to build. Plain data. */
export interface EnvironmentRequest {
  /** How many arenas or environments stand side by side in this worker; undefined leaves it to the worker. */
  readonly arenas?: number | undefined;
  /** What the lesson is set with, e.g. `{ difficulty: 0.5 }`. */
  readonly settings?: Readonly<Record<string, unknown>> | undefined;
}

/** How a run is doing. */
export interface TrainingProgress {
  /** Learned from so far, and how many there will be in all. */
  readonly decisions: number;
  readonly totalDecisions: number;
  readonly updates: number;
  /** Since this process began, without pauses. */
  readonly elapsedSeconds: number;
  /** Over the last few seconds. */
  readonly decisionsPerSecond: number;
  /** Ended so far. */
  readonly episodes: number;
  /** Over the last 100 episodes; NaN until one has ended. */
  readonly meanReturn: number;
  /** In decisions, over the last 100 episodes. */
  readonly meanLength: number;
  /** Share of successes among the last 100 episodes, in [0, 1]. */
  readonly successRate: number;
  /** What each term of the reward gave in an episode, by its name, over the last 100 episodes; empty where the lesson does not tell. */
  readonly meanTerms: Readonly<Record<string, number>>;
  readonly statistics: PpoStatistics;
}

/** Where a run stands: what a checkpoint holds. */
export interface TrainingState {
  readonly ppo: PpoState;
  readonly policy: PolicyData;
  /** Of each worker, in order. */
  readonly collectors: readonly (CollectorSnapshot | null)[];
  readonly episodes: number;
  /** Where it was learning; a run that goes on learns there again. */
  readonly device: Device;
}

/** From the run to every worker, once. */
export interface BeginMessage {
  readonly type: "begin";
  /** Worker 0 learns and collects, the others collect. */
  readonly index: number;
  readonly workers: number;
  readonly settings: PpoSettings;
  readonly environment: EnvironmentRequest;
  readonly state: TrainingState | null;
  readonly startFrom: PolicyData | null;
  /** To the collectors, for worker 0; to worker 0, for a collector. */
  readonly ports: readonly MessagePort[];
  /** Seconds between two policies and two checkpoints. */
  readonly policySeconds: number;
  readonly checkpointSeconds: number;
  /** Ends after so many decisions, although schedules go on to the settings' number. */
  readonly until: number;
  /** Most milliseconds of GPU time that a learner takes in one go. */
  readonly longestSubmitMilliseconds: number;
  /** Whether the doctor looks on. */
  readonly doctor: boolean;
}

/** To a worker that is to try its environment out before a run. */
export interface ExamineMessage {
  readonly type: "examine";
  readonly environment: EnvironmentRequest;
  readonly decisions: number;
  readonly seed: number;
}

/** To a worker that is to learn what was shown. It builds no environment; whoever gives it up terminates the worker. */
export interface CloneMessage {
  readonly type: "clone";
  readonly demonstrations: Demonstrations;
  readonly options: Omit<CloningOptions, "signal" | "onProgress">;
}

/** From the run to worker 0. */
export type RunMessage =
  BeginMessage | ExamineMessage | CloneMessage | { readonly type: "pause" | "resume" | "stop" | "checkpoint" };

/** From workers to the run. */
export type WorkerMessage =
  | { readonly type: "progress"; readonly progress: TrainingProgress }
  | { readonly type: "device"; readonly report: DeviceReport }
  | { readonly type: "notice"; readonly text: string }
  | { readonly type: "policy"; readonly role: string; readonly policy: PolicyData }
  | { readonly type: "checkpoint"; readonly state: TrainingState }
  /** Everything that the doctor finds now. */
  | { readonly type: "diagnoses"; readonly diagnoses: readonly Diagnosis[] }
  | { readonly type: "examined"; readonly diagnoses: readonly Diagnosis[] }
  | { readonly type: "cloning"; readonly progress: CloningProgress }
  | { readonly type: "cloned"; readonly policy: PolicyData }
  | { readonly type: "paused" }
  | { readonly type: "finished"; readonly role: string; readonly state: TrainingState }
  | { readonly type: "failed"; readonly failure: Failure };

/** From worker 0 to a collector: act with this policy. */
export interface CollectMessage {
  readonly number: number;
  readonly parameters: Float32Array;
  readonly normaliser: NormaliserState;
  /** Memory to write into; null the first time. */
  readonly rollout: Rollout | null;
}

/** From a collector back to worker 0; a `Failure` instead when something went wrong. */
export interface CollectedMessage {
  readonly rollout: Rollout;
  readonly snapshot: CollectorSnapshot | null;
}

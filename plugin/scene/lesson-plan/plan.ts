import type { PartOptions } from "../registry.ts";

/** What an agent is rewarded for, from the palette. */
export interface RewardTerm {
  /** One of the built-in kinds, e.g. `"approach"`. */
  readonly kind: string;
  /** How much it counts; negative turns it into a cost. In units of reward per the term's own unit. */
  readonly weight: number;
  readonly options?: PartOptions;
}

/** What ends an episode, e.g. `"reached"`, `"fell"`. */
export interface EndRule {
  readonly kind: string;
  readonly options?: PartOptions;
  /** What the agent gets for this end, once. Default 0. */
  readonly reward?: number;
  /** Whether this end counts as a success. Default as the kind says. */
  readonly succeeded?: boolean;
}

/** What is put where when an episode begins, e.g. `"randomPose"`. */
export interface ResetRule {
  readonly kind: string;
  /** Id of the node that is moved. */
  readonly node: string;
  readonly options?: PartOptions;
}

/** A lesson without code, as plain JSON: what one agent of a scene is taught, and how that is scored. */
export interface LessonPlan {
  readonly version: number;
  readonly name: string;
  /** Id of the node whose controller is taught, and the name of that controller. */
  readonly node: string;
  readonly controller: string;
  readonly rewards: readonly RewardTerm[];
  readonly ends: readonly EndRule[];
  readonly resets: readonly ResetRule[];
  /** Longer episodes are truncated. Default 20 seconds. */
  readonly timeLimitSeconds?: number;
  /** Default 60. */
  readonly stepsPerSecond?: number;
  /** Whether the lesson needs the physics of the scene. Default: whether the scene has a physics engine. */
  readonly physics?: boolean;
}

/** Something that is wrong with a plan, found before a run starts. */
export interface PlanProblem {
  /** Where in the plan, e.g. `"rewards[1].options.target"`. */
  readonly place: string;
  /** What was needed and what came, in plain words, with what to do. */
  readonly words: string;
  /** `"fault"`: the lesson cannot run. `"doubt"`: it may be meant so. */
  readonly severity: "fault" | "doubt";
}

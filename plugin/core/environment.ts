import { choiceCount } from "./action-spec.ts";
import { ConfigurationError } from "./errors.ts";
import { imageSize, observationSize } from "./observation-spec.ts";
import { assertRoleSpec, type RoleSpec } from "./role-spec.ts";

/** Actions of a batch of agents. */
export interface ActionBatch {
  /** [agents, continuous], not clipped. */
  readonly continuous: Float32Array;
  /** The number of the taken alternative, [agents, branches]. */
  readonly discrete: Int32Array;
}

/**
 * All agents of one role: what they see, what they are to do, and how it went.
 *
 * The environment allocates the arrays once and rewrites them at every step; readers copy what they keep. Make one
 * with `createAgentGroup`.
 */
export interface AgentGroup {
  readonly role: RoleSpec;
  readonly agents: number;
  /** What each agent sees now; after the end of an episode, the first sight of the next one, [agents, observation]. */
  readonly observations: Float32Array;
  /** The last sight of an ended episode; valid where `terminated` or `truncated` is 1, [agents, observation]. */
  readonly finalObservations: Float32Array;
  /** The pictures that belong to `observations`, one after the other; empty without pictures, [agents, imageSize]. */
  readonly images: Uint8Array;
  /** The pictures that belong to `finalObservations`, [agents, imageSize]. */
  readonly finalImages: Uint8Array;
  /** Written by the policy before `step`. */
  readonly actions: ActionBatch;
  /** 1 where an alternative may be taken now, else 0; each branch keeps at least one, [agents, choices]. */
  readonly masks: Uint8Array;
  /** What the step just taken was worth, [agents]. */
  readonly rewards: Float32Array;
  /** 1 where the episode ended in a state without a future (caught, fell, solved), [agents]. */
  readonly terminated: Uint8Array;
  /** 1 where the episode was cut off although it could have gone on (time limit, left the area), [agents]. */
  readonly truncated: Uint8Array;
  /** 1 where the ended episode was a success; for score-keeping only, [agents]. */
  readonly succeeded: Uint8Array;
  /** 0 where a slot holds no agent at present: it gets no decision and teaches nothing, [agents]. */
  readonly active: Uint8Array;
  /** What rewards are made of, by name, where the environment tells that; for score-keeping only. Default none. */
  readonly termNames?: readonly string[];
  /** What each of them gave in the ended episode; valid where `terminated` or `truncated` is 1, [agents, terms]. */
  readonly termSums?: Float32Array;
}

/** How an environment's decisions lie in time. */
export interface EnvironmentTiming {
  readonly stepsPerSecond: number;
  readonly decisionsPerSecond: number;
  /** Longer episodes are truncated. */
  readonly timeLimitSeconds: number;
}

/**
 * A world in which many agents act at once.
 *
 * An episode that ends is followed by a new one in the same step: `observations` then hold its first sight, and
 * `finalObservations` the last one of the ended episode.
 */
export interface Environment {
  readonly name: string;
  /** One group per role, by the role's name. */
  readonly groups: Readonly<Record<string, AgentGroup>>;
  /** Where a decision lasts for a known time. Nothing but advice depends on it. */
  readonly timing?: EnvironmentTiming;
  /** Starts a new episode for every agent. The same seed gives the same start. */
  reset(seed: number): void;
  /** Reads every group's actions, moves the world on by one decision, and rewrites every other array. */
  step(): void;
  /**
   * Everything that the next steps depend on, as finite numbers, so that a resumed run goes on in the middle of its episodes.
   * Leave it out where that cannot be had (physics engines): a resumed run then starts fresh episodes.
   */
  saveState?(): number[];
  /** Goes back to the state of an environment made alike; rewrites the observations and masks. */
  restoreState?(state: readonly number[]): void;
  /** Frees what the environment holds. May be called twice. */
  dispose(): void;
}

/**
 * Allocates the arrays of one role.
 *
 * @param agents - How many slots, at least 1.
 * @throws ConfigurationError for a spec that cannot work or no agents.
 */
export function createAgentGroup(role: RoleSpec, agents: number, who = "createAgentGroup"): AgentGroup {
  assertRoleSpec(role, who);
  if (!Number.isInteger(agents) || agents < 1) {
    throw new ConfigurationError(`${who}: needed at least 1 agent, came ${agents}. Give a whole number above 0.`);
  }
  const observation = observationSize(role.observation);
  const pixels = imageSize(role.observation);
  return {
    role,
    agents,
    observations: new Float32Array(agents * observation),
    finalObservations: new Float32Array(agents * observation),
    images: new Uint8Array(agents * pixels),
    finalImages: new Uint8Array(agents * pixels),
    actions: {
      continuous: new Float32Array(agents * role.action.continuous.length),
      discrete: new Int32Array(agents * role.action.discrete.length),
    },
    masks: new Uint8Array(agents * choiceCount(role.action)).fill(1),
    rewards: new Float32Array(agents),
    terminated: new Uint8Array(agents),
    truncated: new Uint8Array(agents),
    succeeded: new Uint8Array(agents),
    active: new Uint8Array(agents).fill(1),
  };
}

import { choiceCount } from "../core/action-spec.ts";
import { imageSize, observationSize } from "../core/observation-spec.ts";
import type { RoleSpec } from "../core/role-spec.ts";

/**
 * What a group of agents lived through in a fixed number of steps; allocated once and filled again and again.
 *
 * Arrays are [steps, agents, …] unless said otherwise.
 */
export interface Rollout {
  readonly steps: number;
  readonly agents: number;
  /** As the environment gave them, [steps, agents, observation]. */
  readonly observations: Float32Array;
  /** [steps, agents, imageSize]. */
  readonly images: Uint8Array;
  /** Not clipped, [steps, agents, continuous]. */
  readonly continuous: Float32Array;
  /** [steps, agents, branches]. */
  readonly discrete: Int32Array;
  /** [steps, agents, choices]. */
  readonly masks: Uint8Array;
  readonly logProbabilities: Float32Array;
  /** The critic's estimate at the time of the decision. */
  readonly values: Float32Array;
  readonly rewards: Float32Array;
  readonly terminated: Uint8Array;
  readonly truncated: Uint8Array;
  /** 0 where the slot held no agent: the row teaches nothing. */
  readonly active: Uint8Array;
  /** The critic's estimate of an episode's last sight; valid where `truncated` is 1. */
  readonly finalValues: Float32Array;
  /** The critic's estimate of what the agents see after the last step, [agents]. */
  readonly lastValues: Float32Array;
  /** Scores of the episodes that ended meanwhile. */
  readonly episodes: EpisodeLog;
}

/** Scores of ended episodes; the first `count` entries are valid. */
export interface EpisodeLog {
  /** [0]: how many episodes ended; never more than the arrays hold, which is one a row. */
  readonly count: Int32Array;
  readonly returns: Float32Array;
  readonly lengths: Int32Array;
  readonly succeeded: Uint8Array;
  /** What rewards are made of, where the environment tells. */
  readonly termNames: readonly string[];
  /** What each of them gave in the episode, [rows, terms]. */
  readonly termSums: Float32Array;
}

/** Makes the memory for typed arrays: plain by default, shared between threads on demand. */
export type AllocateBytes = (byteLength: number) => ArrayBufferLike;

/** What a rollout is made with. */
export interface RolloutOptions {
  /** Default memory of this thread alone. */
  readonly allocate?: AllocateBytes | undefined;
  /** What rewards are made of: `termNames` of the group that is written down. Default none. */
  readonly termNames?: readonly string[] | undefined;
}

/** Allocates a rollout. */
export function createRollout(
  role: RoleSpec,
  steps: number,
  agents: number,
  { allocate = (bytes) => new ArrayBuffer(bytes), termNames = [] }: RolloutOptions = {},
): Rollout {
  const rows = steps * agents;
  const floats = (count: number): Float32Array => new Float32Array(allocate(count * 4));
  const integers = (count: number): Int32Array => new Int32Array(allocate(count * 4));
  const bytes = (count: number): Uint8Array => new Uint8Array(allocate(count));
  return {
    steps,
    agents,
    observations: floats(rows * observationSize(role.observation)),
    images: bytes(rows * imageSize(role.observation)),
    continuous: floats(rows * role.action.continuous.length),
    discrete: integers(rows * role.action.discrete.length),
    masks: bytes(rows * choiceCount(role.action)),
    logProbabilities: floats(rows),
    values: floats(rows),
    rewards: floats(rows),
    terminated: bytes(rows),
    truncated: bytes(rows),
    active: bytes(rows),
    finalValues: floats(rows),
    lastValues: floats(agents),
    episodes: {
      count: integers(1),
      returns: floats(rows),
      lengths: integers(rows),
      succeeded: bytes(rows),
      termNames,
      termSums: floats(rows * termNames.length),
    },
  };
}

/** The memory behind a rollout's arrays, for handing it to another thread. */
export function rolloutBuffers(rollout: Rollout): ArrayBuffer[] {
  const arrays = Object.values({ ...rollout, ...rollout.episodes }).filter((value) => ArrayBuffer.isView(value));
  return arrays.map((array) => array.buffer).filter((buffer) => buffer instanceof ArrayBuffer);
}

import type { ActionBatch } from "./environment.ts";
import type { NetworkSpec } from "./network-spec.ts";
import type { RoleSpec } from "./role-spec.ts";

/** Scales observations without a known range to mean 0 and standard deviation 1. */
export interface NormaliserState {
  /** How many observations it has seen. */
  readonly count: number;
  /** 0 for observations with a known range, [observation]. */
  readonly mean: Float32Array;
  /** 1 for observations with a known range, [observation]. */
  readonly variance: Float32Array;
  /** Scaled values are clipped to [-clip, clip]; observations with a known range never are. */
  readonly clip: number;
  /** 1 for each observation that is scaled, [observation]. */
  readonly scaled: Uint8Array;
}

/** How a policy came to be: travels in its file. */
export interface BirthCertificate {
  /** Name of the lesson or environment. */
  readonly lesson?: string;
  /** Name of the algorithm, e.g. `"ppo"`. */
  readonly algorithm?: string;
  readonly seed?: number;
  /** Decisions it has learned from. */
  readonly decisions?: number;
  /** Command that makes it anew. */
  readonly command?: string;
  /** ISO date of its making. */
  readonly made?: string;
  /** Where it learned, e.g. `"wasm"`. */
  readonly device?: string;
  /** Anything else worth keeping: scores, minutes. */
  readonly notes?: Readonly<Record<string, string | number>>;
}

/** A policy as plain data: what a file holds and what workers send. */
export interface PolicyData {
  readonly role: RoleSpec;
  readonly network: NetworkSpec;
  readonly normaliser: NormaliserState;
  /** Laid out by `layOutNetwork`. */
  readonly parameters: Float32Array;
  readonly birth: BirthCertificate;
}

/** A batch of agents that want a decision. The arrays belong to the caller. An `AgentGroup` can be taken for one. */
export interface DecisionBatch {
  /** How many rows count. */
  readonly agents: number;
  /** [agents, observation]. */
  readonly observations: Float32Array;
  /** The pictures of each agent, one after the other; needed where the role has pictures, [agents, imageSize]. */
  readonly images?: Uint8Array;
  /** [agents, choices]. */
  readonly masks: Uint8Array;
  /** Filled by the policy. */
  readonly actions: ActionBatch;
}

/** What else to write down about a decision. */
export interface DecideOptions {
  /** Take the likeliest action instead of drawing one. Default false. */
  readonly greedy?: boolean;
  /** Filled with the log probability (density) of the whole action, [agents]. */
  readonly logProbabilities?: Float32Array;
  /** Filled with the critic's estimate, [agents]. */
  readonly values?: Float32Array;
}

/** Where a policy stands: what fixes its next decision besides what it is given. The same object always, kept up to date. */
export interface PolicyTrace {
  /** What its stream of random numbers began with. */
  readonly seed: number;
  /** Calls of `decide` since then: with the seed and an agent's row in the batch, they fix what is drawn. */
  readonly calls: number;
  /** Rises by 1 whenever parameters are taken over by `assign`. */
  readonly revision: number;
  /** Whether it computes by relaxed SIMD, which has other last bits. */
  readonly fastMath: boolean;
}

/** A network that turns observations into actions: synchronously, for a whole batch, without allocating. */
export interface Policy {
  readonly role: RoleSpec;
  readonly network: NetworkSpec;
  readonly birth: BirthCertificate;
  /** What is needed to have a decision again; missing where decisions cannot be had again bit for bit. */
  readonly trace?: PolicyTrace;
  /**
   * Fills `batch.actions`. Continuous actions are not clipped.
   *
   * @throws ConfigurationError for a role with pictures whose `images` are missing or too few.
   */
  decide(batch: DecisionBatch, options?: DecideOptions): void;
  /**
   * Restarts the stream of random numbers from which actions are drawn.
   *
   * @param calls - Goes on as if `decide` had been called so often since. Default 0.
   */
  seed(seed: number, calls?: number): void;
  /** Takes over the parameters and the normaliser of another policy of the same shape, between two decisions. */
  assign(data: PolicyData): void;
  /** A copy as plain data. */
  toData(): PolicyData;
  /** Ends its use, so that its memory goes with the object. May be called twice; deciding afterwards throws. */
  dispose(): void;
}

/** A normaliser that changes nothing yet, for a role. */
export function createNormaliser(scaled: Uint8Array, clip = 10): NormaliserState {
  return {
    count: 0,
    mean: new Float32Array(scaled.length),
    variance: new Float32Array(scaled.length).fill(1),
    clip,
    scaled,
  };
}

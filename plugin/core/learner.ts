import type { NetworkSpec } from "./network-spec.ts";
import type { NormaliserState } from "./policy.ts";
import type { RoleSpec } from "./role-spec.ts";

/** Where a learner computes. */
export type Device = "wasm" | "webgpu" | "tfjs";

/** Everything that a PPO update learns from. Rows are decisions; the arrays belong to the caller. */
export interface PpoBatch {
  /** How many rows count. */
  readonly count: number;
  /** As the environment gave them, not normalised, [count, observation]. */
  readonly observations: Float32Array;
  /** The pictures of each row, one after the other; empty without pictures, [count, imageSize]. */
  readonly images: Uint8Array;
  /** Not clipped, [count, continuous]. */
  readonly continuous: Float32Array;
  /** [count, branches]. */
  readonly discrete: Int32Array;
  /** [count, choices]. */
  readonly masks: Uint8Array;
  /** Of the action when it was taken, [count]. */
  readonly logProbabilities: Float32Array;
  /** The critic's estimate when the action was taken, [count]. */
  readonly values: Float32Array;
  /** [count]. */
  readonly advantages: Float32Array;
  /** What the critic should have said, [count]. */
  readonly returns: Float32Array;
}

/** The numbers of one PPO update. Names as in Schulman et al. 2017, https://arxiv.org/abs/1707.06347v2. */
export interface PpoUpdateSettings {
  readonly learningRate: number;
  /** The ratio of probabilities is clipped to [1 − clipRange, 1 + clipRange]. */
  readonly clipRange: number;
  /** How far the critic may move from its old estimate; `Infinity` switches that off. */
  readonly valueClipRange: number;
  readonly entropyCoefficient: number;
  readonly valueCoefficient: number;
  /** The gradient's global norm is scaled down to this; `Infinity` switches that off. */
  readonly maxGradientNorm: number;
  /** The update ends before the first minibatch whose estimated divergence is above this; `Infinity` switches that off. */
  readonly targetKl: number;
  /** Whether advantages get mean 0 and standard deviation 1 within each minibatch. */
  readonly normaliseAdvantages: boolean;
  readonly minibatchSize: number;
  readonly epochs: number;
  /** Order in which each epoch takes the rows, [epochs, count]. The last minibatch of an epoch may be smaller. */
  readonly order: Uint32Array;
}

/** What one update says about itself: means over its minibatches. */
export interface PpoUpdateResult {
  /** The clipped surrogate's loss; its size says little, its sign should be below 0. */
  readonly policyLoss: number;
  /** Half the mean squared error of the critic. */
  readonly valueLoss: number;
  /** How undecided the policy is, in nats, summed over all actions. */
  readonly entropy: number;
  /** Divergence of the new policy from the old, mean of (ratio − 1) − ln ratio; http://joschu.net/blog/kl-approx.html. */
  readonly approximateKl: number;
  /** Share of the rows whose ratio was clipped, in [0, 1]. */
  readonly clipFraction: number;
  /** Before it was scaled down. */
  readonly gradientNorm: number;
  /** How many minibatches were taken. */
  readonly minibatches: number;
  /** Whether the target divergence ended the update early. */
  readonly stoppedEarly: boolean;
  /** The first quantity that was not a finite number, e.g. `"value loss"`, or null. That minibatch changed nothing. */
  readonly firstBad: string | null;
}

/** Everything needed to go on learning elsewhere. */
export interface LearnerState {
  readonly parameters: Float32Array;
  /** Adam's running means of gradients. */
  readonly firstMoments: Float32Array;
  /** Adam's running means of squared gradients. */
  readonly secondMoments: Float32Array;
  /** Adam's step count. */
  readonly steps: number;
}

/** Teaches an actor-critic network by PPO. The WASM, WebGPU and tfjs learners all look like this. */
export interface PpoLearner {
  readonly device: Device;
  /** How it computes there, where that has a name of its own, e.g. `"TensorFlow.js on wasm"`. */
  readonly detail?: string;
  readonly role: RoleSpec;
  readonly network: NetworkSpec;
  /** One whole update: every epoch, every minibatch. */
  update(batch: PpoBatch, settings: PpoUpdateSettings): PpoUpdateResult | Promise<PpoUpdateResult>;
  /** Sets how observations are scaled from now on. */
  setNormaliser(normaliser: NormaliserState): void;
  /** A copy of parameters and moments. */
  readState(): LearnerState | Promise<LearnerState>;
  writeState(state: LearnerState): void;
  /** Frees the memory. May be called twice. */
  dispose(): void;
}

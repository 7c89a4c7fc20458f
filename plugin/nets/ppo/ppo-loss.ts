import * as tf from "@tensorflow/tfjs";
import type { PpoUpdateSettings } from "../../core/learner.ts";
import type { RoleSpec } from "../../core/role-spec.ts";
import type { ActorCriticOutputs } from "./actor-critic.ts";

/** The settings that change the loss. */
export type PpoLossSettings = Pick<
  PpoUpdateSettings,
  "clipRange" | "valueClipRange" | "entropyCoefficient" | "valueCoefficient"
>;

/** The decisions of one minibatch, besides what was observed. */
export interface PpoSamples {
  /** Of the action when it was taken, [rows]. */
  readonly logProbabilities: tf.Tensor1D;
  /** The critic's old estimate, [rows]. */
  readonly values: tf.Tensor1D;
  /** Normalised already where that is wanted, [rows]. */
  readonly advantages: tf.Tensor1D;
  /** [rows]. */
  readonly returns: tf.Tensor1D;
  /** Not clipped, [rows, continuous]; null without. */
  readonly continuous: tf.Tensor2D | null;
  /** For each branch: 1 for the taken alternative, [rows, alternatives]. */
  readonly taken: readonly tf.Tensor2D[];
  /** For each branch: 0 for an allowed alternative, −1e8 for a masked one, [rows, alternatives]. */
  readonly maskOffsets: readonly tf.Tensor2D[];
}

/** PPO's loss, and what is told about it. */
export interface PpoLoss {
  readonly total: tf.Scalar;
  /** Policy loss, value loss, entropy, approximate divergence, clip fraction, [5]. */
  readonly statistics: tf.Tensor;
}

const LOG_TWO_PI = Math.log(2 * Math.PI);

/**
 * PPO's loss, Schulman et al. 2017, https://arxiv.org/abs/1707.06347v2, equations 7 and 9, with the details of CleanRL's
 * ppo.py: half the squared error of the critic, optionally clipped around the old estimate. Differentiable. Call it inside
 * `tf.tidy`.
 *
 * @param logStd - [continuous]; null without continuous actions.
 */
export function ppoLoss(
  role: RoleSpec,
  { heads, values }: ActorCriticOutputs,
  logStd: tf.Tensor | null,
  samples: PpoSamples,
  { clipRange, valueClipRange, entropyCoefficient, valueCoefficient }: PpoLossSettings,
): PpoLoss {
  const { logProbabilities, entropies } = describeActions(role, heads, logStd, samples);

  // Step 1. The clipped surrogate.
  const logRatios = tf.sub(logProbabilities, samples.logProbabilities);
  const ratios = tf.exp(logRatios);
  const bounded = tf.clipByValue(ratios, 1 - clipRange, 1 + clipRange);
  const surrogate = tf.minimum(tf.mul(ratios, samples.advantages), tf.mul(bounded, samples.advantages));
  const policyLoss = tf.neg(tf.mean(surrogate));

  // Step 2. The critic.
  let errors = tf.square(tf.sub(values, samples.returns));
  if (Number.isFinite(valueClipRange)) {
    const moves = tf.clipByValue(tf.sub(values, samples.values), -valueClipRange, valueClipRange);
    errors = tf.maximum(errors, tf.square(tf.sub(tf.add(samples.values, moves), samples.returns)));
  }
  const valueLoss = tf.mul(tf.mean(errors), 0.5);

  // Step 3. Everything together.
  const entropy = tf.mean(entropies);
  const total = tf.add(tf.sub(policyLoss, tf.mul(entropy, entropyCoefficient)), tf.mul(valueLoss, valueCoefficient));
  const moved = tf.sub(ratios, 1);
  const divergence = tf.mean(tf.sub(moved, logRatios)); // http://joschu.net/blog/kl-approx.html
  const clipped = tf.mean(tf.cast(tf.greater(tf.abs(moved), clipRange), "float32"));
  return {
    total: total as tf.Scalar,
    statistics: tf.stack([policyLoss, valueLoss, entropy, divergence, clipped]),
  };
}

/**
 * Log probability of the whole action and undecidedness of the policy, summed over the parts of the action, [rows] each: a diagonal
 * Gaussian whose standard deviation does not depend on the state, and one categorical for each branch.
 */
function describeActions(
  role: RoleSpec,
  heads: tf.Tensor2D,
  logStd: tf.Tensor | null,
  { continuous, taken, maskOffsets }: PpoSamples,
): { readonly logProbabilities: tf.Tensor; readonly entropies: tf.Tensor } {
  const numbers = role.action.continuous.length;
  const rows = heads.shape[0];
  let logProbabilities: tf.Tensor | null = null;
  let entropies: tf.Tensor | null = null;
  if (logStd && continuous) {
    const means = role.action.discrete.length === 0 ? heads : tf.slice(heads, [0, 0], [rows, numbers]);
    const deviations = tf.mul(tf.sub(continuous, means), tf.exp(tf.neg(logStd)));
    const spread = tf.sum(logStd);
    const exponents = tf.mul(tf.sum(tf.square(deviations), 1), -0.5);
    logProbabilities = tf.sub(exponents, tf.add(spread, (numbers * LOG_TWO_PI) / 2));
    entropies = tf.add(spread, (numbers * (1 + LOG_TWO_PI)) / 2);
  }
  let from = numbers;
  role.action.discrete.forEach(({ choices }, branch) => {
    const width = choices.length;
    const raw = width === heads.shape[1] ? heads : tf.slice(heads, [0, from], [rows, width]);
    const logs = tf.logSoftmax(tf.add(raw, maskOffsets[branch]));
    const logProbability = tf.sum(tf.mul(logs, taken[branch]), 1);
    // A masked alternative has probability exactly 0 and a finite logarithm: it adds 0.
    const entropy = tf.neg(tf.sum(tf.mul(tf.exp(logs), logs), 1));
    logProbabilities = logProbabilities ? tf.add(logProbabilities, logProbability) : logProbability;
    entropies = entropies ? tf.add(entropies, entropy) : entropy;
    from += width;
  });
  return { logProbabilities: logProbabilities!, entropies: entropies! };
}

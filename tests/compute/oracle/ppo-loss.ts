import * as tf from "@tensorflow/tfjs";
import type { PpoUpdateSettings } from "../../../plugin/core/learner.ts";
import type { RoleSpec } from "../../../plugin/core/role-spec.ts";
import type { OracleMinibatch } from "./minibatch.ts";
import type { OracleOutputs } from "./oracle-network.ts";

/** The settings that change the loss. */
export type LossSettings = Pick<
  PpoUpdateSettings,
  "clipRange" | "valueClipRange" | "entropyCoefficient" | "valueCoefficient" | "normaliseAdvantages"
>;

/** PPO's loss and what it is made of. */
export interface OracleLosses {
  readonly total: tf.Scalar;
  readonly policyLoss: tf.Scalar;
  readonly valueLoss: tf.Scalar;
  readonly entropy: tf.Scalar;
  /** New probability over old one, [rows]. */
  readonly ratios: tf.Tensor1D;
  /** [rows]. */
  readonly logRatios: tf.Tensor1D;
}

/** Log probability of the whole action and undecidedness of the policy, summed over the parts of the action. */
export interface OracleDistribution {
  /** [rows]. */
  readonly logProbabilities: tf.Tensor1D;
  /** [rows]. */
  readonly entropies: tf.Tensor1D;
}

const LOG_TWO_PI = Math.log(2 * Math.PI);

/**
 * What the actor's outputs mean for the actions that were taken: a diagonal Gaussian whose standard deviation does not
 * depend on the state, and one categorical for each branch.
 *
 * @param actor - Means, then logits, [rows, actor outputs].
 * @param logStd - [continuous].
 */
export function describeActions(
  role: RoleSpec,
  actor: tf.Tensor2D,
  logStd: tf.Tensor1D,
  minibatch: Pick<OracleMinibatch, "continuous" | "taken" | "maskOffsets">,
): OracleDistribution {
  const rows = actor.shape[0];
  const continuous = role.action.continuous.length;
  const logProbabilities: tf.Tensor1D[] = [];
  const entropies: tf.Tensor1D[] = [];
  if (continuous > 0) {
    const means = tf.slice(actor, [0, 0], [rows, continuous]);
    const deviations = tf.div(tf.sub(minibatch.continuous, means), tf.exp(logStd));
    const logDensities = tf.sub(tf.mul(tf.square(deviations), -0.5), tf.add(logStd, 0.5 * LOG_TWO_PI));
    logProbabilities.push(tf.sum(logDensities, 1));
    const entropy = tf.sum(tf.add(logStd, 0.5 + 0.5 * LOG_TWO_PI));
    entropies.push(tf.mul(entropy, tf.ones([rows])));
  }
  let start = 0;
  for (const { choices } of role.action.discrete) {
    const width = choices.length;
    const raw = tf.slice(actor, [0, continuous + start], [rows, width]);
    const logits = tf.add(raw, tf.slice(minibatch.maskOffsets, [0, start], [rows, width]));
    const logs = tf.logSoftmax(logits);
    logProbabilities.push(tf.sum(tf.mul(logs, tf.slice(minibatch.taken, [0, start], [rows, width])), 1));
    // A masked alternative has probability exactly 0 and a finite logarithm: it adds 0.
    entropies.push(tf.neg(tf.sum(tf.mul(tf.exp(logs), logs), 1)));
    start += width;
  }
  return { logProbabilities: sumOf(logProbabilities), entropies: sumOf(entropies) };
}

/**
 * PPO's loss, Schulman et al. 2017, https://arxiv.org/abs/1707.06347v2, equations 7 and 9, with the details of CleanRL's
 * ppo.py: advantages normalised by the sample standard deviation (n − 1, as torch.std), half the squared error of the
 * critic, optionally clipped around the old estimate. Differentiable. Call it inside `tf.tidy`.
 */
export function ppoLosses(
  role: RoleSpec,
  outputs: OracleOutputs,
  logStd: tf.Tensor1D,
  minibatch: OracleMinibatch,
  settings: LossSettings,
): OracleLosses {
  const { clipRange, valueClipRange, entropyCoefficient, valueCoefficient } = settings;
  const { logProbabilities, entropies } = describeActions(role, outputs.actor, logStd, minibatch);

  // Step 1. The clipped surrogate.
  const advantages = settings.normaliseAdvantages ? normalise(minibatch.advantages) : minibatch.advantages;
  const logRatios = tf.sub(logProbabilities, minibatch.logProbabilities);
  const ratios = tf.exp(logRatios);
  const clipped = tf.clipByValue(ratios, 1 - clipRange, 1 + clipRange);
  const surrogate = tf.minimum(tf.mul(ratios, advantages), tf.mul(clipped, advantages));
  const policyLoss = tf.neg(tf.mean(surrogate));

  // Step 2. The critic.
  let errors: tf.Tensor1D = tf.square(tf.sub(outputs.values, minibatch.returns));
  if (Number.isFinite(valueClipRange)) {
    const moves = tf.clipByValue(tf.sub(outputs.values, minibatch.values), -valueClipRange, valueClipRange);
    errors = tf.maximum(errors, tf.square(tf.sub(tf.add(minibatch.values, moves), minibatch.returns)));
  }
  const valueLoss = tf.mul(tf.mean(errors), 0.5);

  // Step 3. Everything together.
  const entropy = tf.mean(entropies);
  const total = tf.add(tf.sub(policyLoss, tf.mul(entropy, entropyCoefficient)), tf.mul(valueLoss, valueCoefficient));
  return {
    total: total as tf.Scalar,
    policyLoss: policyLoss as tf.Scalar,
    valueLoss: valueLoss as tf.Scalar,
    entropy: entropy as tf.Scalar,
    ratios: ratios as tf.Tensor1D,
    logRatios: logRatios as tf.Tensor1D,
  };
}

/** The mean of (ratio − 1) − ln ratio, http://joschu.net/blog/kl-approx.html. */
export function approximateKl({ ratios, logRatios }: OracleLosses): tf.Scalar {
  return tf.mean(tf.sub(tf.sub(ratios, 1), logRatios));
}

/** The share of rows whose ratio is out of [1 − clipRange, 1 + clipRange]. */
export function clipFraction({ ratios }: OracleLosses, clipRange: number): tf.Scalar {
  return tf.mean(tf.cast(tf.greater(tf.abs(tf.sub(ratios, 1)), clipRange), "float32"));
}

function normalise(advantages: tf.Tensor1D): tf.Tensor1D {
  const centred = tf.sub(advantages, tf.mean(advantages));
  const variance = tf.div(tf.sum(tf.square(centred)), advantages.size - 1);
  return tf.div(centred, tf.add(tf.sqrt(variance), 1e-8));
}

function sumOf(parts: tf.Tensor1D[]): tf.Tensor1D {
  return parts.reduce((sum, part) => tf.add(sum, part));
}

import * as tf from "@tensorflow/tfjs";
import { choiceCount } from "../../../plugin/core/action-spec.ts";
import type { PpoBatch } from "../../../plugin/core/learner.ts";
import { observationSize } from "../../../plugin/core/observation-spec.ts";
import type { NormaliserState } from "../../../plugin/core/policy.ts";
import type { RoleSpec } from "../../../plugin/core/role-spec.ts";

/** Some rows of a `PpoBatch` as tensors. Whoever makes it disposes it. */
export interface OracleMinibatch {
  /** Scaled by the normaliser, [rows, observation]. */
  readonly observations: tf.Tensor2D;
  /** [rows, continuous]. */
  readonly continuous: tf.Tensor2D;
  /** 1 for the taken alternative of each branch, [rows, choices]. */
  readonly taken: tf.Tensor2D;
  /** 0 for an allowed alternative, −1e8 for a masked one: is added to the logits, [rows, choices]. */
  readonly maskOffsets: tf.Tensor2D;
  /** [rows]. */
  readonly logProbabilities: tf.Tensor1D;
  /** [rows]. */
  readonly values: tf.Tensor1D;
  /** [rows]. */
  readonly advantages: tf.Tensor1D;
  /** [rows]. */
  readonly returns: tf.Tensor1D;
}

const MASKED = -1e8;

/**
 * Copies rows of a batch into tensors.
 *
 * @param rows - Which rows, in order; a row may occur twice.
 */
export function uploadMinibatch(
  role: RoleSpec,
  batch: PpoBatch,
  rows: ArrayLike<number>,
  normaliser?: NormaliserState,
): OracleMinibatch {
  const count = rows.length;
  const observation = observationSize(role.observation);
  const continuous = role.action.continuous.length;
  const choices = choiceCount(role.action);
  const gather = (from: ArrayLike<number>, width: number): Float32Array => {
    const gathered = new Float32Array(count * width);
    for (let row = 0; row < count; row++) {
      for (let i = 0; i < width; i++) gathered[row * width + i] = from[rows[row] * width + i];
    }
    return gathered;
  };
  const observations = gather(batch.observations, observation);
  if (normaliser) normalise(observations, normaliser);
  const maskOffsets = gather(batch.masks, choices).map((allowed) => (allowed === 1 ? 0 : MASKED));
  return {
    observations: tf.tensor2d(observations, [count, observation]),
    continuous: tf.tensor2d(gather(batch.continuous, continuous), [count, continuous]),
    taken: tf.tensor2d(takenAlternatives(role, batch, rows), [count, choices]),
    maskOffsets: tf.tensor2d(maskOffsets, [count, choices]),
    logProbabilities: tf.tensor1d(gather(batch.logProbabilities, 1)),
    values: tf.tensor1d(gather(batch.values, 1)),
    advantages: tf.tensor1d(gather(batch.advantages, 1)),
    returns: tf.tensor1d(gather(batch.returns, 1)),
  };
}

/** Frees the tensors of a minibatch. */
export function disposeMinibatch(minibatch: OracleMinibatch): void {
  tf.dispose(Object.values(minibatch) as tf.Tensor[]);
}

function takenAlternatives(role: RoleSpec, batch: PpoBatch, rows: ArrayLike<number>): Float32Array {
  const branches = role.action.discrete;
  const width = choiceCount(role.action);
  const taken = new Float32Array(rows.length * width);
  for (let row = 0; row < rows.length; row++) {
    let start = row * width;
    branches.forEach((branch, index) => {
      taken[start + batch.discrete[rows[row] * branches.length + index]] = 1;
      start += branch.choices.length;
    });
  }
  return taken;
}

function normalise(observations: Float32Array, { mean, variance, scaled, clip }: NormaliserState): void {
  for (let i = 0; i < observations.length; i++) {
    const column = i % mean.length;
    if (scaled[column] === 0) continue;
    const value = (observations[i] - mean[column]) / Math.sqrt(variance[column] + 1e-8);
    observations[i] = Math.max(-clip, Math.min(clip, value));
  }
}

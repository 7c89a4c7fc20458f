import type { PpoBatch } from "../../core/learner.ts";
import type { NormaliserState } from "../../core/policy.ts";
import type { NetworkPlan } from "./network-plan.ts";

/** Stands for infinity, which WGSL need not know. */
export const UNLIMITED = 3.4e38;

/** Where the parts of an uploaded rollout begin, in words of 4 bytes. */
export interface RolloutParts {
  readonly observations: number;
  readonly continuous: number;
  readonly discrete: number;
  /** A byte each. */
  readonly masks: number;
  readonly logProbabilities: number;
  readonly values: number;
  readonly advantages: number;
  readonly returns: number;
  /** Mean, factor and limit of every observation. */
  readonly normaliser: number;
  readonly order: number;
  /** Words in all. */
  readonly size: number;
}

/** Lays out a rollout with so many rows and so many entries of the order. */
export function layOutRollout(plan: NetworkPlan, rows: number, orderLength: number): RolloutParts {
  let size = 0;
  const part = (words: number): number => {
    const at = size;
    size += words;
    return at;
  };
  const parts = {
    observations: part(rows * plan.observation),
    continuous: part(rows * plan.continuous),
    discrete: part(rows * plan.branchSizes.length),
    masks: part(Math.ceil((rows * plan.choices) / 4)),
    logProbabilities: part(rows),
    values: part(rows),
    advantages: part(rows),
    returns: part(rows),
    normaliser: part(3 * plan.observation),
    order: part(orderLength),
  };
  return { ...parts, size };
}

/** Copies a rollout, the normaliser and the order into one piece of memory, to be uploaded as a whole. */
export function packRollout(
  into: ArrayBuffer,
  parts: RolloutParts,
  plan: NetworkPlan,
  { batch, order, normaliser }: { batch: PpoBatch; order: Uint32Array; normaliser: NormaliserState | null },
): void {
  const floats = new Float32Array(into);
  const { count } = batch;
  floats.set(batch.observations.subarray(0, count * plan.observation), parts.observations);
  floats.set(batch.continuous.subarray(0, count * plan.continuous), parts.continuous);
  new Int32Array(into).set(batch.discrete.subarray(0, count * plan.branchSizes.length), parts.discrete);
  new Uint8Array(into).set(batch.masks.subarray(0, count * plan.choices), 4 * parts.masks);
  floats.set(batch.logProbabilities.subarray(0, count), parts.logProbabilities);
  floats.set(batch.values.subarray(0, count), parts.values);
  floats.set(batch.advantages.subarray(0, count), parts.advantages);
  floats.set(batch.returns.subarray(0, count), parts.returns);
  for (let i = 0; i < plan.observation; i++) {
    const isScaled = normaliser?.scaled[i] === 1;
    const at = parts.normaliser + 3 * i;
    floats[at] = isScaled ? normaliser.mean[i] : 0;
    floats[at + 1] = isScaled ? 1 / Math.sqrt(normaliser.variance[i] + 1e-8) : 1;
    floats[at + 2] = isScaled ? Math.min(normaliser.clip, UNLIMITED) : UNLIMITED;
  }
  new Uint32Array(into).set(order, parts.order);
}

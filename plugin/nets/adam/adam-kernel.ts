import type * as tf from "@tensorflow/tfjs";

/** By which the backends' kernels are registered. */
export const ADAM_KERNEL = "BabylonNeuralAdam";

/** Numbers of a journal's row: what was watched, the gradient's norm, the verdict. */
export const JOURNAL_WIDTH = 8;
/** How many numbers a step may watch. */
export const MOST_WATCHED = 6;
/** Where the norm before clipping stands in a row. */
export const NORM_COLUMN = 6;
/** Where the verdict stands in a row. */
export const VERDICT_COLUMN = 7;

/** The step was taken. */
export const TAKEN = 0;
/** Something watched was above its ceiling, at this step or before: nothing changed. */
export const ABOVE_CEILING = 1;
/** Something watched or the norm was not a finite number of sensible size, at this step or before: nothing changed. */
export const BAD_NUMBER = 2;

/** A watched number or a gradient norm above this counts as exploded: chosen well above any that a run recovers from. */
export const EXPLODED = 1e12;

/**
 * What the kernel gets besides tensors. The tensors are `first` and `second` (moments of all variables, one after the other,
 * [values]), `journal` [rows, 8], `watched` [up to 6] or none, and `variable0`, `gradient0`, `variable1`, … It renews moments and
 * journal where they lie, and returns each variable's next values as new tensors.
 */
export interface AdamAttributes {
  readonly variables: number;
  /** Where this step is written in the journal; the row before it says whether learning has ended. */
  readonly row: number;
  /** Learning rate over (1 − β₁ᵗ). */
  readonly rate: number;
  /** 1 over √(1 − β₂ᵗ). */
  readonly rootScale: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  readonly maxGradientNorm: number;
  /** One for each watched number; `Infinity` for none. */
  readonly ceilings: readonly number[];
}

/** What TensorFlow.js hands to a kernel. */
export interface AdamCall<Backend> {
  readonly inputs: tf.NamedTensorInfoMap;
  readonly backend: Backend;
  readonly attributes: AdamAttributes;
}

/** The pairs that one step is about. */
export function variablesOf({ inputs, attributes }: AdamCall<unknown>): {
  readonly variable: tf.TensorInfo;
  readonly gradient: tf.TensorInfo;
  readonly count: number;
}[] {
  return Array.from({ length: attributes.variables }, (_, i) => {
    const variable = inputs[`variable${i}`]!;
    return {
      variable,
      gradient: inputs[`gradient${i}`]!,
      count: variable.shape.reduce((size, side) => size * side, 1),
    };
  });
}

/** Whether a step may be taken. */
export function judge(watched: ArrayLike<number>, norm: number, ceilings: readonly number[]): number {
  for (let i = 0; i < watched.length; i++) if (!(Math.abs(watched[i]) < EXPLODED)) return BAD_NUMBER;
  if (!(norm < EXPLODED)) return BAD_NUMBER;
  return ceilings.some((ceiling, i) => watched[i] > ceiling) ? ABOVE_CEILING : TAKEN;
}

/** By how much a gradient of this norm is scaled down; as torch.nn.utils.clip_grad_norm_. */
export function clipScale(norm: number, maxGradientNorm: number): number {
  return Math.min(1, maxGradientNorm / (norm + 1e-6));
}

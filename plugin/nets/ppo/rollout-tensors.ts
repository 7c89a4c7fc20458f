import * as tf from "@tensorflow/tfjs";
import { choiceCount } from "../../core/action-spec.ts";
import type { PpoBatch, PpoUpdateSettings } from "../../core/learner.ts";
import { imageParts, imageSize, observationSize, pictureSize, type ImagePart } from "../../core/observation-spec.ts";
import type { NormaliserState } from "../../core/policy.ts";
import type { RoleSpec } from "../../core/role-spec.ts";
import type { ActorCriticInputs } from "./actor-critic.ts";
import type { PpoSamples } from "./ppo-loss.ts";

/** Added to the logit of an alternative that may not be taken. */
const MASKED = -1e8;
/** Marks rows with a number that is not finite: far above what counts as exploded, even when it is one row of many. */
const UNSOUND = 1e30;
/**
 * Pictures of a rollout up to this lie on the GPU as floats. Larger ones, and all of them on other backends, which gather slower than
 * JavaScript turns bytes into floats, are brought there minibatch by minibatch.
 */
const MOST_PICTURE_BYTES = 96 * 2 ** 20;

/** One minibatch on the backend. Belongs to the caller's `tf.tidy`. */
export interface PpoMinibatch {
  readonly inputs: ActorCriticInputs;
  readonly samples: PpoSamples;
  /** 0, or huge where one of the rows has a number that is not finite. */
  readonly unsound: tf.Scalar;
}

/**
 * The rollout of one update as tensors, from which minibatches are taken where the tensors lie: all numbers of a row in one table,
 * the order of the rows, and on a GPU the pictures. Dispose it.
 */
export class RolloutTensors {
  readonly #role: RoleSpec;
  readonly #batch: PpoBatch;
  readonly #settings: PpoUpdateSettings;
  readonly #parts: readonly ImagePart[];
  /** Observations, old log probability, old value, return, soundness, numbers, taken alternatives, offsets of masked ones. */
  readonly #table: tf.Tensor2D;
  readonly #order: tf.Tensor1D;
  /** In the order of the rows, [epochs * count]. */
  readonly #advantages: tf.Tensor1D;
  /** [count, pixels] each; null where they are brought minibatch by minibatch. */
  readonly #pictures: readonly tf.Tensor2D[] | null;

  constructor(role: RoleSpec, batch: PpoBatch, settings: PpoUpdateSettings, normaliser: NormaliserState) {
    this.#role = role;
    this.#batch = batch;
    this.#settings = settings;
    this.#parts = imageParts(role.observation);
    const { values, width } = tabulate(role, batch, normaliser);
    this.#table = tf.tensor2d(values, [batch.count, width]);
    this.#order = tf.tensor1d(Int32Array.from(settings.order), "int32");
    this.#advantages = tf.tensor1d(orderAdvantages(batch, settings));
    const bytes = batch.count * imageSize(role.observation) * 4;
    const stays = tf.getBackend() === "webgpu" && bytes <= MOST_PICTURE_BYTES;
    this.#pictures = stays ? this.#upload(batch.count, (row) => row) : null;
  }

  /**
   * @param from - Where the minibatch begins in the order of all epochs' rows.
   * @param count - How many rows it has.
   */
  take(from: number, count: number): PpoMinibatch {
    const rows = tf.slice(this.#order, [from], [count]);
    const table = tf.gather(this.#table, rows);
    let at = 0;
    const columns = (width: number): tf.Tensor2D => {
      at += width;
      return tf.slice(table, [0, at - width], [count, width]);
    };
    const column = (): tf.Tensor1D => tf.reshape(columns(1), [count]);
    const observation = observationSize(this.#role.observation);
    const observations = observation > 0 ? columns(observation) : null;
    const fixed = { logProbabilities: column(), values: column(), returns: column() };
    const unsound = tf.max<tf.Scalar>(columns(1));
    const numbers = this.#role.action.continuous.length;
    const continuous = numbers > 0 ? columns(numbers) : null;
    const taken = this.#role.action.discrete.map(({ choices }) => columns(choices.length));
    const maskOffsets = this.#role.action.discrete.map(({ choices }) => columns(choices.length));
    const advantages = tf.slice(this.#advantages, [from], [count]);
    const uploaded =
      this.#pictures?.map((pictures) => tf.gather(pictures, rows)) ??
      this.#upload(count, (row) => this.#settings.order[from + row]);
    const pictures = uploaded.map((flat, i) => {
      const { height, width, channels } = this.#parts[i];
      return tf.reshape<tf.Rank.R4>(flat, [count, height, width, channels]);
    });
    return {
      inputs: { observations, pictures },
      samples: { ...fixed, advantages, continuous, taken, maskOffsets },
      unsound,
    };
  }

  dispose(): void {
    tf.dispose([this.#table, this.#order, this.#advantages, ...(this.#pictures ?? [])]);
  }

  /** Rows of every picture as bytes over 255, [count, pixels] each. */
  #upload(count: number, rowAt: (index: number) => number): tf.Tensor2D[] {
    const stride = imageSize(this.#role.observation);
    let from = 0;
    return this.#parts.map((part) => {
      const size = pictureSize(part);
      const floats = new Float32Array(count * size);
      for (let row = 0; row < count; row++) {
        const source = rowAt(row) * stride + from;
        const target = row * size;
        for (let i = 0; i < size; i++) floats[target + i] = this.#batch.images[source + i] / 255;
      }
      from += size;
      return tf.tensor2d(floats, [count, size]);
    });
  }
}

/** All numbers of all rows, [count, width]. */
function tabulate(
  role: RoleSpec,
  batch: PpoBatch,
  normaliser: NormaliserState,
): { readonly values: Float32Array; readonly width: number } {
  const { count } = batch;
  const observation = observationSize(role.observation);
  const numbers = role.action.continuous.length;
  const branches = role.action.discrete;
  const choices = choiceCount(role.action);
  const width = observation + 4 + numbers + 2 * choices;
  const values = new Float32Array(count * width);
  const { mean, variance, scaled, clip } = normaliser;
  for (let row = 0; row < count; row++) {
    let at = row * width;
    for (let i = 0; i < observation; i++) {
      const raw = batch.observations[row * observation + i];
      const value = (raw - mean[i]) / Math.sqrt(variance[i] + 1e-8);
      values[at++] = scaled[i] === 0 ? raw : Math.max(-clip, Math.min(clip, value));
    }
    values[at++] = batch.logProbabilities[row];
    values[at++] = batch.values[row];
    values[at++] = batch.returns[row];
    const unsoundAt = at++;
    for (let i = 0; i < numbers; i++) values[at++] = batch.continuous[row * numbers + i];
    let isSound = Number.isFinite(batch.advantages[row]);
    for (let i = row * width; i < at; i++) isSound &&= Number.isFinite(values[i]);
    values[unsoundAt] = isSound ? 0 : UNSOUND;
    let first = at;
    branches.forEach((branch, index) => {
      values[first + batch.discrete[row * branches.length + index]] = 1;
      first += branch.choices.length;
    });
    for (let i = 0; i < choices; i++) values[first + i] = batch.masks[row * choices + i] === 0 ? MASKED : 0;
  }
  return { values, width };
}

/** Advantages as the minibatches meet them; with mean 0 and sample standard deviation 1 within each, where that is wanted. */
function orderAdvantages(batch: PpoBatch, settings: PpoUpdateSettings): Float32Array {
  const { epochs, order, minibatchSize, normaliseAdvantages } = settings;
  const ordered = new Float32Array(epochs * batch.count);
  for (let i = 0; i < ordered.length; i++) ordered[i] = batch.advantages[order[i]];
  if (!normaliseAdvantages) return ordered;
  for (let epoch = 0; epoch < epochs; epoch++) {
    const rows = ordered.subarray(epoch * batch.count, (epoch + 1) * batch.count);
    for (let from = 0; from < batch.count; from += minibatchSize) {
      standardise(rows.subarray(from, Math.min(batch.count, from + minibatchSize)));
    }
  }
  return ordered;
}

function standardise(values: Float32Array): void {
  let sum = 0;
  for (const value of values) sum += value;
  const mean = sum / values.length;
  let squares = 0;
  for (const value of values) squares += (value - mean) ** 2;
  const deviation = values.length > 1 ? Math.sqrt(squares / (values.length - 1)) : 0;
  for (let i = 0; i < values.length; i++) values[i] = (values[i] - mean) / (deviation + 1e-8);
}

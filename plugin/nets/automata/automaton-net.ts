import * as tf from "@tensorflow/tfjs";
import type { Random } from "../../core/random.ts";
import { dense, type DenseParameters } from "../layers/dense.ts";
import { differentiable } from "../layers/differentiable.ts";
import { padEdges } from "../layers/pad-edges.ts";
import { Parameters } from "../layers/parameters.ts";
import { areWasmKernelsRegistered } from "../wasm-kernels/register.ts";
import { boundCells } from "./bound-cells.ts";
import { changeSome, type AutomatonRule } from "./change-some.ts";

/** How large an automaton's network is. */
export interface AutomatonShape {
  /** Numbers that each cell holds; the first three are its colour. */
  readonly channels: number;
  /** Width of the one hidden layer. */
  readonly hidden: number;
}

/** What a cell sees of each of its channels: itself, slopes across and down, and how much it differs from its surroundings. */
export const SENSES = 4;

/** In the order of the third index of a cell's perception; each [3, 3], row by row. */
const FILTERS: readonly (readonly number[])[] = [
  [0, 0, 0, 0, 1, 0, 0, 0, 0],
  [-0.25, 0, 0.25, -0.5, 0, 0.5, -0.25, 0, 0.25],
  [-0.25, -0.5, -0.25, 0, 0, 0, 0.25, 0.5, 0.25],
  [0.25, 0.5, 0.25, 0.5, -3, 0.5, 0.25, 0.5, 0.25],
];

/**
 * The rule by which every cell of a living texture changes: a network of one hidden layer that sees the cell and its eight neighbours.
 *
 * Niklasson et al. 2021, https://distill.pub/selforg/2021/textures/: perception by fixed filters, around the borders, and an update
 * that only some cells take at a time. The last layer begins with zeros, so that an untaught automaton stands still.
 */
export class AutomatonNet {
  readonly shape: AutomatonShape;
  readonly parameters: Parameters;
  readonly #hidden: DenseParameters;
  readonly #change: DenseParameters;
  readonly #filters: tf.Tensor4D;

  /** @param random - Draws what is learned from; null leaves 0, for weights that are written at once. */
  constructor(shape: AutomatonShape, random: Random | null) {
    const { channels, hidden } = shape;
    this.shape = shape;
    this.parameters = new Parameters(random);
    this.#hidden = this.parameters.dense("hidden", SENSES * channels, hidden);
    this.#change = this.parameters.dense("change", hidden, channels, 0);
    this.#filters = tf.keep(perceptionFilters(channels));
  }

  /**
   * The weights as one step needs them. Their gradients have length 1 each, whatever the loss: through many steps they else differ by
   * orders of magnitude from one mini-batch to the next.
   */
  rule(): AutomatonRule {
    const unit = ({ weights, biases }: DenseParameters): DenseParameters => ({
      weights: withUnitGradient(weights),
      biases: withUnitGradient(biases),
    });
    return { hidden: unit(this.#hidden), change: unit(this.#change) };
  }

  /**
   * One step. Differentiable.
   *
   * @param states - [batch, height, width, channels].
   * @param mask - 1 for cells that change, else 0, [batch · height · width].
   * @returns [batch, height, width, channels].
   */
  step(states: tf.Tensor4D, mask: Uint8Array, rule: AutomatonRule): tf.Tensor4D {
    return boundCells(
      areWasmKernelsRegistered() ? changeSome(states, cellsOf(mask), rule) : this.#changeAll(states, mask, rule),
    );
  }

  /** By the operations of TensorFlow.js alone: all cells are computed, and half of them kept. */
  #changeAll(states: tf.Tensor4D, mask: Uint8Array, { hidden, change }: AutomatonRule): tf.Tensor4D {
    const { channels } = this.shape;
    const [batch, height, width] = states.shape;
    const seen = tf.depthwiseConv2d(padEdges(states, 1, 1, "wrap"), this.#filters, 1, "valid");
    const senses = tf.transpose(tf.reshape(seen, [-1, channels, SENSES]), [0, 2, 1]); // [cells, senses, channels]
    const rows = tf.reshape<tf.Rank.R2>(senses, [-1, SENSES * channels]);
    const changes = tf.reshape(dense(tf.relu(dense(rows, hidden)), change), states.shape);
    return tf.add(states, tf.mul(changes, tf.tensor4d(Float32Array.from(mask), [batch, height, width, 1])));
  }

  /** May be called twice. */
  dispose(): void {
    this.parameters.dispose();
    if (!this.#filters.isDisposed) this.#filters.dispose();
  }
}

function cellsOf(mask: Uint8Array): Int32Array {
  const cells = new Int32Array(mask.length);
  let count = 0;
  for (let cell = 0; cell < mask.length; cell++) if (mask[cell] === 1) cells[count++] = cell;
  return cells.slice(0, count);
}

function perceptionFilters(channels: number): tf.Tensor4D {
  const values = new Float32Array(9 * channels * SENSES);
  for (let tap = 0; tap < 9; tap++) {
    for (let channel = 0; channel < channels; channel++) {
      for (let sense = 0; sense < SENSES; sense++) {
        values[(tap * channels + channel) * SENSES + sense] = FILTERS[sense][tap];
      }
    }
  }
  return tf.tidy(() => tf.tensor4d(values, [3, 3, channels, SENSES]));
}

function withUnitGradient<T extends tf.Tensor>(tensor: T): T {
  return differentiable([tensor], ([x]) => ({
    value: tf.clone(x) as T,
    gradFunc: (dy) => [tf.div(dy, tf.add(tf.norm(dy), 1e-8))],
  }));
}

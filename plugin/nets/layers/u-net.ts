import * as tf from "@tensorflow/tfjs";
import { convolveAround } from "./convolve-around.ts";
import type { ConvolutionParameters } from "./convolve.ts";
import { dense, type DenseParameters } from "./dense.ts";
import { film } from "./film.ts";
import type { Edges } from "./pad-edges.ts";
import type { Parameters } from "./parameters.ts";
import { createResidualBlock, residualBlock, type ResidualBlock } from "./residual-block.ts";
import { enlargeByConvolution } from "./resample.ts";

/** How large a U-Net is. */
export interface UNetSpec {
  /** Channels of its pictures. */
  readonly inputs: number;
  /** Channels of each level, the finest first; each further level has half the rows and columns. At least 2. */
  readonly widths: readonly number[];
  /** Residual blocks of each level, on the way down and, but for the last level, again on the way up. */
  readonly blocks: readonly number[];
}

/** What the way down leaves behind. */
export interface UNetSkips {
  /** Of each level, the finest first, [batch, height / 2^level, width / 2^level, widths[level]]. */
  readonly levels: readonly tf.Tensor4D[];
}

/** A rectangle of pictures, in pixels. */
export interface UNetPart {
  readonly top: number;
  readonly left: number;
  readonly height: number;
  readonly width: number;
}

/** Rows and columns of the filters that halve a picture: even, so that no pixel counts more than another. */
const DOWN = 4;
/** How many numbers say what the whole picture is like. */
export const CONTEXT = 32;
/** Of the layers by which the whole picture steers; small, so that learning begins without them. */
const STEERING_GAIN = 0.3;

/**
 * A U-Net (Ronneberger et al. 2015, https://arxiv.org/abs/1505.04597v1) that keeps tiling: down by strided convolutions, up by transposed
 * ones, and what was seen on the way down is added on the way up. Residual blocks instead of pairs of convolutions; no
 * normalisation, so that a picture in tiles gives what it gives in one piece.
 *
 * What the whole picture is like (the means of all that is seen on the way down) steers each level on the way up: only so can one
 * and the same shade mean a rise in light from the left and a fall in light from the right.
 */
export class UNet {
  readonly spec: UNetSpec;
  readonly #stem: ConvolutionParameters;
  readonly #down: readonly ConvolutionParameters[];
  readonly #up: readonly ConvolutionParameters[];
  readonly #downBlocks: readonly (readonly ResidualBlock[])[];
  readonly #upBlocks: readonly (readonly ResidualBlock[])[];
  readonly #context: DenseParameters;
  readonly #steering: readonly DenseParameters[];

  /** Makes its parameters. */
  constructor(parameters: Parameters, spec: UNetSpec) {
    this.spec = spec;
    const { inputs, widths, blocks } = spec;
    const makeBlocks = (way: string, level: number): ResidualBlock[] =>
      Array.from({ length: blocks[level] }, (_, i) =>
        createResidualBlock(parameters, `${way} ${level} block ${i}`, widths[level]),
      );
    this.#stem = parameters.convolution("stem", { size: 3, from: inputs, to: widths[0] });
    this.#down = widths
      .slice(1)
      .map((to, level) => parameters.convolution(`down ${level + 1}`, { size: DOWN, from: widths[level], to }));
    this.#downBlocks = widths.map((_, level) => makeBlocks("down", level));
    this.#context = parameters.dense("context", sum(widths), CONTEXT);
    this.#steering = widths.map((channels, level) =>
      parameters.dense(`steering ${level}`, CONTEXT, 2 * channels, STEERING_GAIN),
    );
    this.#up = widths.slice(1).map((from, level) => parameters.enlarging(`up ${level}`, from, widths[level]));
    this.#upBlocks = widths.slice(1).map((_, level) => makeBlocks("up", level));
  }

  /** By how many pixels pictures can be rolled so that the result rolls with them; sides must be multiples of it. */
  get stride(): number {
    return 2 ** (this.spec.widths.length - 1);
  }

  /**
   * The way down. Differentiable by the parameters only. Call it inside `tf.tidy`.
   *
   * @param pictures - [batch, height, width, inputs].
   */
  encode(pictures: tf.Tensor4D, edges: Edges): UNetSkips {
    let x = convolveAround(pictures, this.#stem, { edges, wantsInputGradient: false });
    const levels = this.spec.widths.map((_, level) => {
      if (level > 0) x = convolveAround(x, this.#down[level - 1], { edges, stride: 2 });
      for (const block of this.#downBlocks[level]) x = residualBlock(x, block, { edges });
      return x;
    });
    return { levels };
  }

  /**
   * What pictures are like as a whole: the means of each level, one after the other. Differentiable. Call it inside `tf.tidy`.
   *
   * @param part - Rows and columns of the pictures that count, in pixels and multiples of the stride. Default: all.
   * @returns [batch, sum of all widths].
   */
  means({ levels }: UNetSkips, part?: UNetPart): tf.Tensor2D {
    const means = levels.map((features, level) => {
      if (!part) return tf.mean<tf.Tensor2D>(features, [1, 2]);
      const [top, left, height, width] = [part.top, part.left, part.height, part.width].map(
        (side) => side / 2 ** level,
      );
      const size: [number, number, number, number] = [features.shape[0], height, width, features.shape[3]];
      return tf.mean<tf.Tensor2D>(tf.slice(features, [0, top, left, 0], size), [1, 2]);
    });
    return tf.concat(means, 1);
  }

  /** The numbers by which whole pictures steer, of their means, [batch, 32]. Differentiable. Call it inside `tf.tidy`. */
  context(means: tf.Tensor2D): tf.Tensor2D {
    return tf.relu(dense(means, this.#context));
  }

  /**
   * The way up. Differentiable. Call it inside `tf.tidy`.
   *
   * @param means - What the whole pictures are like, where these are parts of them. Default: the means of these.
   * @returns Of each level, the finest first, [batch, height / 2^level, width / 2^level, widths[level]].
   */
  decode(skips: UNetSkips, edges: Edges, means = this.means(skips)): readonly tf.Tensor4D[] {
    const { levels } = skips;
    const last = levels.length - 1;
    const context = this.context(means);
    let x = film(levels[last], context, this.#steering[last]);
    const results = [x];
    for (let level = last - 1; level >= 0; level--) {
      const merged = tf.add<tf.Tensor4D>(enlargeByConvolution(x, this.#up[level]), levels[level]);
      x = tf.relu(film(merged, context, this.#steering[level]));
      for (const block of this.#upBlocks[level]) x = residualBlock(x, block, { edges });
      results.unshift(x);
    }
    return results;
  }

  /**
   * Multiplications and additions of all convolutions and dense layers, two for each product that is added; biases, sums of
   * pictures and activations count nothing.
   */
  operations(height: number, width: number): number {
    const { inputs, widths, blocks } = this.spec;
    const last = widths.length - 1;
    let products = height * width * 9 * inputs * widths[0] + CONTEXT * 3 * sum(widths);
    widths.forEach((channels, level) => {
      const pixels = (height * width) / 4 ** level;
      if (level > 0) products += pixels * DOWN ** 2 * widths[level - 1] * channels;
      products += pixels * 2 * 9 * channels ** 2 * blocks[level] * (level < last ? 2 : 1);
      if (level < last) products += pixels * widths[level + 1] * channels; // each pixel comes from one
    });
    return 2 * products;
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

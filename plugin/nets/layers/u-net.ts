import * as tf from "@tensorflow/tfjs";
import { convolveAround } from "./convolve-around.ts";
import type { ConvolutionParameters } from "./convolve.ts";
import type { DenseParameters } from "./dense.ts";
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

/** Rows and columns of the filters that halve a picture: even, so that no pixel counts more than another. */
const DOWN = 4;
/** Of the layer that lets the whole picture steer; small, so that learning begins without it. */
const CONTEXT_GAIN = 0.1;

/**
 * A U-Net (Ronneberger et al. 2015, https://arxiv.org/abs/1505.04597v1) that keeps tiling: down by strided convolutions, up by transposed
 * ones, and what was seen on the way down is added on the way up. Residual blocks instead of pairs of convolutions; no
 * normalisation, so that a picture in tiles gives what it gives in one piece.
 *
 * What the whole picture is like (the means of the last level) steers the last level.
 */
export class UNet {
  readonly spec: UNetSpec;
  readonly #stem: ConvolutionParameters;
  readonly #down: readonly ConvolutionParameters[];
  readonly #up: readonly ConvolutionParameters[];
  readonly #downBlocks: readonly (readonly ResidualBlock[])[];
  readonly #upBlocks: readonly (readonly ResidualBlock[])[];
  readonly #context: DenseParameters;

  /** Makes its parameters. */
  constructor(parameters: Parameters, spec: UNetSpec) {
    this.spec = spec;
    const { inputs, widths, blocks } = spec;
    const makeBlocks = (way: string, level: number): ResidualBlock[] =>
      Array.from({ length: blocks[level] }, (_, i) =>
        createResidualBlock(parameters, `${way} ${level} block ${i}`, widths[level]),
      );
    const last = widths.length - 1;
    this.#stem = parameters.convolution("stem", { size: 3, from: inputs, to: widths[0] });
    this.#down = widths
      .slice(1)
      .map((to, level) => parameters.convolution(`down ${level + 1}`, { size: DOWN, from: widths[level], to }));
    this.#downBlocks = widths.map((_, level) => makeBlocks("down", level));
    this.#context = parameters.dense("context", widths[last], 2 * widths[last], CONTEXT_GAIN);
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
      for (const block of this.#downBlocks[level]) x = residualBlock(x, block, edges);
      return x;
    });
    return { levels };
  }

  /**
   * The way up. Differentiable. Call it inside `tf.tidy`.
   *
   * @param context - What the whole picture is like, [batch, last width], where it is more than these. Default: the means of these.
   * @returns Of each level, the finest first, [batch, height / 2^level, width / 2^level, widths[level]].
   */
  decode({ levels }: UNetSkips, edges: Edges, context?: tf.Tensor2D): readonly tf.Tensor4D[] {
    const last = levels.length - 1;
    const condition = context ?? tf.mean<tf.Tensor2D>(levels[last], [1, 2]); // [batch, last width]
    let x = film(levels[last], condition, this.#context);
    const results = [x];
    for (let level = last - 1; level >= 0; level--) {
      x = tf.relu(tf.add(enlargeByConvolution(x, this.#up[level]), levels[level]));
      for (const block of this.#upBlocks[level]) x = residualBlock(x, block, edges);
      results.unshift(x);
    }
    return results;
  }

  /**
   * Multiplications and additions of all convolutions and the dense layer, two for each product that is added; biases, sums of
   * pictures and activations count nothing.
   */
  operations(height: number, width: number): number {
    const { inputs, widths, blocks } = this.spec;
    const last = widths.length - 1;
    let products = height * width * 9 * inputs * widths[0] + 2 * widths[last] ** 2;
    widths.forEach((channels, level) => {
      const pixels = (height * width) / 4 ** level;
      if (level > 0) products += pixels * DOWN ** 2 * widths[level - 1] * channels;
      products += pixels * 2 * 9 * channels ** 2 * blocks[level] * (level < last ? 2 : 1);
      if (level < last) products += pixels * widths[level + 1] * channels; // each pixel comes from one
    });
    return 2 * products;
  }
}

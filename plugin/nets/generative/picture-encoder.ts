import * as tf from "@tensorflow/tfjs";
import { convolveAround } from "../layers/convolve-around.ts";
import type { ConvolutionParameters } from "../layers/convolve.ts";
import { dense, type DenseParameters } from "../layers/dense.ts";
import type { Parameters } from "../layers/parameters.ts";
import { coarseSide, type CodeShape } from "./code-shape.ts";

/** Near 0, so that untaught codes say little and vary as the normal distribution does. */
const CODE_GAIN = 0.1;

/** What an encoder says of pictures: a normal distribution of codes for each, in independent numbers. */
export interface CodeDistribution {
  /** [batch, code]. */
  readonly means: tf.Tensor2D;
  /** Natural logarithms, [batch, code]. */
  readonly logVariances: tf.Tensor2D;
}

/** Tells codes from pictures: convolutions of 4 × 4 with stride 2, the decoder's levels from fine to coarse, and a dense layer. */
export class PictureEncoder {
  readonly #shape: CodeShape;
  readonly #coarser: readonly ConvolutionParameters[];
  readonly #code: DenseParameters;

  constructor(parameters: Parameters, shape: CodeShape) {
    const { code, widths, channels } = shape;
    this.#shape = shape;
    const upwards = [channels, ...widths.slice(0, -1).reverse()];
    this.#coarser = upwards
      .slice(1)
      .map((to, i) => parameters.convolution(`encoder ${i + 1}`, { size: 4, from: upwards[i], to }));
    const inputs = coarseSide(shape) ** 2 * widths[0];
    this.#code = parameters.dense("encoder code", inputs, 2 * code, CODE_GAIN);
  }

  /**
   * Differentiable by the parameters. Call it inside `tf.tidy`.
   *
   * @param pictures - [batch, side, side, channels], in [0, 1].
   */
  encode(pictures: tf.Tensor4D): CodeDistribution {
    const { code } = this.#shape;
    let h = tf.sub<tf.Tensor4D>(tf.mul(pictures, 2), 1);
    this.#coarser.forEach((layer, i) => {
      h = convolveAround(h, layer, { edges: "mirror", stride: 2, wantsInputGradient: i > 0 });
    });
    const rows = tf.reshape<tf.Rank.R2>(h, [pictures.shape[0], -1]); // [batch, coarse · coarse · widths[0]]
    const both = dense(rows, this.#code); // [batch, 2 · code]
    const [means, logVariances] = tf.split(both, [code, code], 1);
    return { means: means as tf.Tensor2D, logVariances: logVariances as tf.Tensor2D };
  }
}

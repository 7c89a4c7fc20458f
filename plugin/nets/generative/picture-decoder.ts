import * as tf from "@tensorflow/tfjs";
import { convolveAround } from "../layers/convolve-around.ts";
import type { ConvolutionParameters } from "../layers/convolve.ts";
import { dense, type DenseParameters } from "../layers/dense.ts";
import type { Parameters } from "../layers/parameters.ts";
import { enlargeByRepeating } from "../layers/resample.ts";
import { coarseSide, type CodeShape } from "./code-shape.ts";

/** How far the last layer is from giving an even picture at first. */
const PICTURE_GAIN = 0.3;

/**
 * Makes a picture of a code: a dense layer paints a coarse picture of many channels, which is enlarged and convolved until it is as fine
 * as it shall be.
 *
 * As the generator of Radford et al. 2016, https://arxiv.org/abs/1511.06434v2, but enlarged by repeating instead of transposed
 * convolutions, which leave checkerboards (Odena et al. 2016, https://doi.org/10.23915/distill.00003), and without normalisation.
 */
export class PictureDecoder {
  readonly #shape: CodeShape;
  readonly #first: DenseParameters;
  readonly #finer: readonly ConvolutionParameters[];
  readonly #picture: ConvolutionParameters;

  constructor(parameters: Parameters, shape: CodeShape) {
    const { code, widths, channels } = shape;
    this.#shape = shape;
    this.#first = parameters.dense("decoder code", code, coarseSide(shape) ** 2 * widths[0]);
    this.#finer = widths
      .slice(1)
      .map((to, i) => parameters.convolution(`decoder ${i + 1}`, { size: 3, from: widths[i], to }));
    const from = widths[widths.length - 1];
    this.#picture = parameters.convolution("decoder picture", { size: 3, from, to: channels, gain: PICTURE_GAIN });
  }

  /**
   * Differentiable. Call it inside `tf.tidy`.
   *
   * @param codes - [batch, code].
   * @returns [batch, side, side, channels], in [0, 1].
   */
  decode(codes: tf.Tensor2D): tf.Tensor4D {
    const coarse = coarseSide(this.#shape);
    const edges = "mirror";
    const first = tf.relu(dense(codes, this.#first)); // [batch, coarse · coarse · widths[0]]
    let h = tf.reshape<tf.Rank.R4>(first, [-1, coarse, coarse, this.#shape.widths[0]]);
    for (const layer of this.#finer) h = convolveAround(enlargeByRepeating(h), layer, { edges });
    return tf.sigmoid(convolveAround(h, this.#picture, { edges, activation: "linear" }));
  }
}

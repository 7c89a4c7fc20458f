import * as tf from "@tensorflow/tfjs";
import { convolveAround } from "../layers/convolve-around.ts";
import type { ConvolutionParameters } from "../layers/convolve.ts";
import { dense, type DenseParameters } from "../layers/dense.ts";
import { COLOUR_CODE } from "./colour-code.ts";
import type { Parameters } from "../layers/parameters.ts";

/** Filters of each level, finest first; each further level has half the rows and columns. */
const WIDTHS = [12, 20, 28, 40] as const;
const COLOURS = 3;
const HIDDEN = 48;
/** Keeps the root's slope finite where nothing varies. */
const LEAST_VARIANCE = 1e-4;
/** So that logarithms of variances have about the mean 0 and the deviation 1. */
const LOG_SHIFT = 2.5;
const LOG_GAIN = 0.5;
/** So that codes begin with a deviation of about 1. */
const CODE_GAIN = 0.7;

/**
 * Tells what a texture is like in a few numbers, wherever its parts lie: by means and deviations of what convolutions see at four
 * scales. Pictures that differ by a roll of a multiple of 8 pixels have the same code.
 */
export class TextureEncoder {
  readonly #convolutions: readonly ConvolutionParameters[];
  readonly #hidden: DenseParameters;
  readonly #code: DenseParameters;

  /** Makes its parameters. */
  constructor(parameters: Parameters, code: number) {
    this.#convolutions = WIDTHS.map((to, level) =>
      parameters.convolution(`see ${level}`, { size: 3, from: level === 0 ? COLOURS : WIDTHS[level - 1], to }),
    );
    const statistics = COLOUR_CODE + 2 * WIDTHS.reduce((sum, width) => sum + width, 0);
    this.#hidden = parameters.dense("statistics", statistics, HIDDEN);
    this.#code = parameters.dense("code", HIDDEN, code, CODE_GAIN);
  }

  /**
   * Differentiable by the parameters. Call it inside `tf.tidy`.
   *
   * @param pictures - sRGB in [0, 1], [batch, height, width, 3]; sides are multiples of 8.
   * @param colours - What `colourCode` tells of them, [batch, 9].
   * @returns [batch, code].
   */
  encode(pictures: tf.Tensor4D, colours: tf.Tensor2D): tf.Tensor2D {
    let x = evened(pictures);
    const statistics = [colours];
    for (const [level, convolution] of this.#convolutions.entries()) {
      x = convolveAround(x, convolution, { stride: level === 0 ? 1 : 2, wantsInputGradient: level > 0 });
      statistics.push(...statisticsOf(x));
    }
    return dense(tf.relu(dense(tf.concat(statistics, 1), this.#hidden)), this.#code);
  }
}

/** Every picture with the mean 0 and one deviation for all colours: what is left is forms, and which colour is where. */
function evened(pictures: tf.Tensor4D): tf.Tensor4D {
  const centred = tf.sub<tf.Tensor4D>(pictures, tf.mean(pictures, [1, 2], true));
  const power = tf.mean(tf.square(centred), [1, 2, 3], true);
  return tf.div(centred, tf.sqrt(tf.add(power, LEAST_VARIANCE)));
}

/**
 * What can be told of features wherever they lie, both [batch, channels]: means in deviations, and the logarithms of deviations. Textures
 * differ by factors, which mere deviations hardly show.
 */
function statisticsOf(features: tf.Tensor4D): tf.Tensor2D[] {
  const means = tf.mean<tf.Tensor4D>(features, [1, 2], true); // [batch, 1, 1, channels]
  const power = tf.mean<tf.Tensor2D>(tf.square(tf.sub(features, means)), [1, 2]);
  const variances = tf.add<tf.Tensor2D>(power, LEAST_VARIANCE);
  const flat = tf.reshape<tf.Rank.R2>(means, [features.shape[0], features.shape[3]]);
  return [tf.div(flat, tf.sqrt(variances)), tf.mul(tf.add(tf.log(variances), LOG_SHIFT), LOG_GAIN)];
}

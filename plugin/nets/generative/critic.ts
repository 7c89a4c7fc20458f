import * as tf from "@tensorflow/tfjs";
import type { Random } from "../../core/random.ts";
import { convolveAround } from "../layers/convolve-around.ts";
import type { ConvolutionParameters } from "../layers/convolve.ts";
import { dense, type DenseParameters } from "../layers/dense.ts";
import { leaky } from "../layers/leaky.ts";
import { Parameters } from "../layers/parameters.ts";
import { assertCodeShape, coarseSide, type CodeShape } from "./code-shape.ts";

/** Keeps a square root's slope finite where all pictures of a batch are alike. */
const EPSILON = 1e-6;

/**
 * Tells real pictures from made ones: convolutions of 4 × 4 with stride 2 and leaky rectifiers, as the discriminator of Radford et al.
 * 2016, https://arxiv.org/abs/1511.06434v2, without normalisation. It also sees how much the batch varies, so that a generator which
 * always makes the same picture is found out (Karras et al. 2018, https://arxiv.org/abs/1710.10196v3, section 3).
 */
export class Critic {
  readonly parameters: Parameters;
  readonly #coarser: readonly ConvolutionParameters[];
  readonly #score: DenseParameters;

  /** @param random - Draws what is learned from. @throws ConfigurationError for a shape that cannot be. */
  constructor(shape: CodeShape, random: Random) {
    assertCodeShape(shape);
    const { widths, channels } = shape;
    this.parameters = new Parameters(random);
    const upwards = [channels, ...widths.slice(0, -1).reverse()];
    this.#coarser = upwards
      .slice(1)
      .map((to, i) => this.parameters.convolution(`critic ${i + 1}`, { size: 4, from: upwards[i], to }));
    // One more input: how much the batch varies.
    this.#score = this.parameters.dense("critic score", coarseSide(shape) ** 2 * widths[0] + 1, 1);
  }

  /**
   * Differentiable once, by the parameters and, unless that is not asked for, by the pictures. Call it inside `tf.tidy`.
   *
   * @param pictures - [batch, side, side, channels], in [0, 1].
   * @param wantsInputGradient - False saves time where no generator learns. Default true.
   * @returns Above 0 for what it takes for real, [batch, 1].
   */
  score(pictures: tf.Tensor4D, { wantsInputGradient = true } = {}): tf.Tensor2D {
    const [batch] = pictures.shape;
    let h = tf.sub<tf.Tensor4D>(tf.mul(pictures, 2), 1);
    this.#coarser.forEach((layer, i) => {
      const options = { stride: 2, wantsInputGradient: wantsInputGradient || i > 0 };
      h = leaky(convolveAround(h, layer, { edges: "mirror", activation: "linear", ...options }));
    });
    const rows = tf.reshape<tf.Rank.R2>(h, [batch, -1]);
    const varied = tf.tile(tf.reshape<tf.Rank.R2>(variation(rows), [1, 1]), [batch, 1]);
    return dense(tf.concat2d([rows, varied], 1), this.#score);
  }

  /** May be called twice. */
  dispose(): void {
    this.parameters.dispose();
  }
}

/** The mean deviation of all numbers over the batch. */
function variation(rows: tf.Tensor2D): tf.Scalar {
  const centred = tf.sub(rows, tf.mean(rows, 0, true));
  return tf.mean(tf.sqrt(tf.add(tf.mean(tf.square(centred), 0), EPSILON)));
}

import * as tf from "@tensorflow/tfjs";
import type { Random } from "../../core/random.ts";
import { convolve, type ConvolutionParameters } from "../layers/convolve.ts";
import { dense, type DenseParameters } from "../layers/dense.ts";
import { leaky } from "../layers/leaky.ts";
import { Parameters } from "../layers/parameters.ts";
import { CODE } from "./imaginer-net.ts";
import { TAUGHT } from "./taught-stack.ts";

/** Filters of each level; each further one has half the rows and columns. */
const WIDTHS = [24, 48] as const;
const TOP = 48;

/**
 * Tells patches of real stacks from those of made ones, knowing the code that they were made from: convolutions of 4 × 4 with stride 2 and
 * leaky rectifiers, one score for each patch of 18 × 18 pixels (Isola et al. 2017, https://arxiv.org/abs/1611.07004v3, section 3.2.2). The
 * code is asked by its product with what was seen (Miyato and Koyama 2018, https://arxiv.org/abs/1802.05637v1).
 *
 * It looks nowhere beyond the borders: parts that are cut out of a real picture do not tile, and that must not tell them.
 */
export class StackCritic {
  readonly parameters: Parameters;
  readonly #coarser: readonly ConvolutionParameters[];
  readonly #top: ConvolutionParameters;
  readonly #score: DenseParameters;
  readonly #wanted: DenseParameters;

  /** @param random - Draws what it begins with. */
  constructor(random: Random) {
    this.parameters = new Parameters(random);
    this.#coarser = WIDTHS.map((to, level) => {
      const from = level === 0 ? TAUGHT : WIDTHS[level - 1];
      return this.parameters.convolution(`critic ${level}`, { size: 4, from, to });
    });
    this.#top = this.parameters.convolution("critic top", { size: 1, from: WIDTHS.at(-1)!, to: TOP });
    this.#score = this.parameters.dense("critic score", TOP, 1, 0.5);
    this.#wanted = this.parameters.dense("critic wanted", CODE, TOP, 0.1);
  }

  /**
   * Differentiable once, by the parameters and, unless that is not asked for, by the stacks. Call it inside `tf.tidy`.
   *
   * @param stacks - [batch, side, side, 8], see `TAUGHT`.
   * @param codes - [batch, code].
   * @param wantsInputGradient - False saves time where nobody learns to draw. Default true.
   * @returns Above 0 for what it takes for real, [batch · patches, 1].
   */
  score(stacks: tf.Tensor4D, codes: tf.Tensor2D, { wantsInputGradient = true } = {}): tf.Tensor2D {
    let h = tf.sub<tf.Tensor4D>(tf.mul(stacks, 2), 1);
    for (const [level, layer] of [...this.#coarser, this.#top].entries()) {
      const stride = level < WIDTHS.length ? 2 : 1;
      const options = { stride, wantsInputGradient: wantsInputGradient || level > 0 };
      h = leaky(convolve(h, layer, { activation: "linear", ...options }));
    }
    const [batch, height, width] = h.shape;
    const rows = tf.reshape<tf.Rank.R3>(h, [batch, height * width, TOP]);
    const wanted = tf.reshape<tf.Rank.R3>(dense(codes, this.#wanted), [batch, TOP, 1]);
    const asWanted = tf.reshape<tf.Rank.R2>(tf.matMul(rows, wanted), [-1, 1]);
    return tf.add(dense(tf.reshape<tf.Rank.R2>(rows, [-1, TOP]), this.#score), asWanted);
  }

  /** May be called twice. */
  dispose(): void {
    this.parameters.dispose();
  }
}

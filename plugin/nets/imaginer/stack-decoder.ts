import * as tf from "@tensorflow/tfjs";
import { convolveAround } from "../layers/convolve-around.ts";
import type { ConvolutionParameters } from "../layers/convolve.ts";
import type { DenseParameters } from "../layers/dense.ts";
import { film } from "../layers/film.ts";
import { normalised } from "../layers/normalise.ts";
import type { Parameters } from "../layers/parameters.ts";
import { enlargeByRepeating } from "../layers/resample.ts";
import { inputChannels, LEVELS, type SpatialInputs } from "./spatial-inputs.ts";

/** Channels of a stack: red, green and blue in sRGB, height, roughness, metallic. */
export const STACK = 6;

const WIDTHS = [40, 36, 32, 24, 16] as const;
const STEERING_GAIN = 0.5;
/** How far a level's second convolution is from changing nothing. */
const SECOND_GAIN = 0.5;
const HEAD_GAIN = 0.3;
/** Before anything is learned, all maps are of a middle grey. */
const MIDDLE = 0.5;

interface Level {
  readonly first: ConvolutionParameters;
  readonly firstSteering: DenseParameters;
  readonly second: ConvolutionParameters;
  readonly secondSteering: DenseParameters;
}

/**
 * Draws a whole material from a code: from 1/16 of its size to its size, each level with chance, waves and, where there is one, a
 * layout of its own; the code steers every layer.
 *
 * All convolutions go on around the borders, so whatever comes out tiles. Inputs that are rolled by a multiple of 16 pixels give
 * maps that are rolled by as much.
 */
export class StackDecoder {
  readonly #levels: readonly Level[];
  readonly #head: ConvolutionParameters;

  /** Makes its parameters. */
  constructor(parameters: Parameters, code: number) {
    this.#levels = WIDTHS.map((to, level) => {
      const from = inputChannels(level) + (level === 0 ? 0 : WIDTHS[level - 1]);
      const steering = (name: string): DenseParameters =>
        parameters.dense(`draw ${level} ${name} steering`, code, 2 * to, STEERING_GAIN);
      return {
        first: parameters.convolution(`draw ${level} first`, { size: 3, from, to }),
        firstSteering: steering("first"),
        second: parameters.convolution(`draw ${level} second`, { size: 3, from: to, to, gain: SECOND_GAIN }),
        secondSteering: steering("second"),
      };
    });
    this.#head = parameters.convolution("draw maps", { size: 3, from: WIDTHS[LEVELS - 1], to: STACK, gain: HEAD_GAIN });
  }

  /**
   * Differentiable. Call it inside `tf.tidy`.
   *
   * @param codes - [batch, code].
   * @returns [batch, height, width, 6]; may leave [0, 1] a little.
   */
  decode(codes: tf.Tensor2D, { levels }: SpatialInputs): tf.Tensor4D {
    let x: tf.Tensor4D | null = null;
    for (const [level, layers] of this.#levels.entries()) {
      const given: tf.Tensor4D = x ? tf.concat([enlargeByRepeating(x), levels[level]], 3) : levels[level];
      const seen = convolveAround(given, layers.first, { activation: "linear" });
      const drawn = tf.relu<tf.Tensor4D>(film(normalised(seen), codes, layers.firstSteering));
      const change = convolveAround(drawn, layers.second, { activation: "linear" });
      x = tf.relu(tf.add(drawn, film(normalised(change), codes, layers.secondSteering)));
    }
    return tf.add(convolveAround(x!, this.#head, { activation: "linear" }), MIDDLE);
  }
}

/** Multiplications and additions of the convolutions for one stack; two for each product. */
export function decoderOperations(height: number, width: number): number {
  let products = height * width * 9 * WIDTHS[LEVELS - 1] * STACK;
  WIDTHS.forEach((to, level) => {
    const from = inputChannels(level) + (level === 0 ? 0 : WIDTHS[level - 1]);
    products += ((height * width) / 4 ** (LEVELS - 1 - level)) * 9 * (from + to) * to;
  });
  return 2 * products;
}

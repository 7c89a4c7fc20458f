import * as tf from "@tensorflow/tfjs";
import { convolveAround } from "../layers/convolve-around.ts";
import type { ConvolutionParameters } from "../layers/convolve.ts";
import { dense, type DenseParameters } from "../layers/dense.ts";
import { modulated } from "../layers/modulated.ts";
import { normalised } from "../layers/normalise.ts";
import type { Parameters } from "../layers/parameters.ts";
import { enlargeByRepeating } from "../layers/resample.ts";
import { COLOUR_CODE } from "./colour-code.ts";
import { PLAN } from "./pieces/layout-plan.ts";
import { inputChannels, LEVELS, type SpatialInputs } from "./spatial-inputs.ts";

/** Channels of a stack: red, green and blue in sRGB, height, roughness, metallic. */
export const STACK = 6;

const WIDTHS = [40, 36, 32, 24, 16] as const;
const COLOURS = 3;
const STEERING_GAIN = 0.5;
const RANGE_GAIN = 0.03;
/** Neurons between a code and what it tells of ranges and pieces. */
const RANGE_WIDTH = 48;
/** Before anything is learned, heights, roughness and metallic are of a middle grey and vary so much. */
const MIDDLE = 0.5;
const DEVIATION = 0.15;
/** Half of what comes in is lost at a rectifier. */
const RECTIFIED = Math.SQRT2;

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
 * The layers only say where there is more and where less of each map: how much is what the code tells. Colours come from the part of the
 * code that tells them, so that nothing of them has to be learned. All convolutions go on around the borders, so whatever comes out
 * tiles. Inputs that are rolled by a multiple of 16 pixels give maps that are rolled by as much.
 */
export class StackDecoder {
  readonly #levels: readonly Level[];
  readonly #head: ConvolutionParameters;
  readonly #rangeTraits: DenseParameters;
  readonly #ranges: DenseParameters;
  readonly #plans: DenseParameters;

  /** Makes its parameters. @param code - Numbers of a code; the last of them tell the colours. */
  constructor(parameters: Parameters, code: number) {
    this.#levels = WIDTHS.map((to, level) => {
      const from = channelsInto(level);
      const layer = (name: string, channels: number): [ConvolutionParameters, DenseParameters] => [
        parameters.convolution(`draw ${level} ${name}`, { size: 3, from: channels, to }),
        parameters.dense(`draw ${level} ${name} steering`, code, channels, STEERING_GAIN),
      ];
      const [first, firstSteering] = layer("first", from);
      const [second, secondSteering] = layer("second", to);
      return { first, firstSteering, second, secondSteering };
    });
    this.#head = parameters.convolution("draw maps", { size: 3, from: WIDTHS[LEVELS - 1], to: STACK });
    this.#rangeTraits = parameters.dense("draw range traits", code, RANGE_WIDTH);
    this.#ranges = parameters.dense("draw ranges", RANGE_WIDTH, 2 * (STACK - COLOURS), RANGE_GAIN);
    this.#plans = parameters.dense("plan", RANGE_WIDTH, PLAN, RANGE_GAIN);
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
      x = drawLevel(x, levels[level], codes, layers);
    }
    return this.#inRange(normalised(convolveAround(x!, this.#head, { activation: "linear" })), codes);
  }

  /**
   * Where the maps that are no colours lie, as a code tells it: the means of height, roughness and metallic, and how much each varies.
   * What is below 0 stands for 0, so that a code can tell exactly that something is not there at all. Differentiable.
   *
   * @param codes - [batch, code].
   * @returns [batch, 6].
   */
  ranges(codes: tf.Tensor2D): tf.Tensor2D {
    const others = STACK - COLOURS;
    const usual = Array.from({ length: 2 * others }, (_, i) => (i < others ? MIDDLE : DEVIATION));
    return tf.add(dense(this.#traits(codes), this.#ranges), tf.tensor1d(usual));
  }

  /**
   * How pieces lie, as a code tells it, see `readPlan`. Differentiable.
   *
   * @param codes - [batch, code].
   * @returns [batch, plan].
   */
  plans(codes: tf.Tensor2D): tf.Tensor2D {
    return dense(this.#traits(codes), this.#plans);
  }

  #traits(codes: tf.Tensor2D): tf.Tensor2D {
    return tf.relu(dense(codes, this.#rangeTraits));
  }

  /** Gives maps of mean 0 and variance 1 the means and deviations that a code tells. */
  #inRange(maps: tf.Tensor4D, codes: tf.Tensor2D): tf.Tensor4D {
    const [batch, height, width] = maps.shape;
    const others = STACK - COLOURS;
    const told = tf.relu(this.ranges(codes)); // [batch, 6]
    const means = tf.slice(told, [0, 0], [-1, others]);
    const deviations = tf.slice(told, [0, others], [-1, others]);
    const first = codes.shape[1] - COLOUR_CODE;
    const colourMeans = tf.slice(codes, [0, first], [-1, COLOURS]);
    const triangle = tf.slice(codes, [0, first + COLOURS], [-1, COLOUR_CODE - COLOURS]);
    const spread = tf.reshape(tf.matMul(tf.concat([triangle, deviations], 1), placing()), [batch, STACK, STACK]);
    const pixels = tf.reshape<tf.Rank.R3>(maps, [batch, height * width, STACK]);
    const centre = tf.reshape(tf.concat([colourMeans, means], 1), [batch, 1, STACK]);
    return tf.reshape(tf.add(tf.matMul(pixels, spread), centre), [batch, height, width, STACK]);
  }
}

/**
 * Draws a level over the one before, which is null for the first. Tidied step by step: all that is made on the way would not fit into WASM's memory
 * for sides above 1024 pixels.
 */
function drawLevel(coarser: tf.Tensor4D | null, inputs: tf.Tensor4D, codes: tf.Tensor2D, layers: Level): tf.Tensor4D {
  return tf.tidy(() => {
    const given = coarser ? tf.tidy(() => tf.concat([enlargeByRepeating(coarser), inputs], 3)) : inputs;
    const drawn = tf.tidy(() => rectified(modulated(given, codes, layers.firstSteering, layers.first)));
    const more = tf.tidy(() => rectified(modulated(drawn, codes, layers.secondSteering, layers.second)));
    return tf.mul(tf.add<tf.Tensor4D>(drawn, more), Math.SQRT1_2);
  });
}

function channelsInto(level: number): number {
  return inputChannels(level) + (level === 0 ? 0 : WIDTHS[level - 1]);
}

const rectified = (x: tf.Tensor4D): tf.Tensor4D => tf.mul(tf.relu(x), RECTIFIED);

/** Puts 6 numbers of a lower triangle, transposed, and 3 of a diagonal where they belong in a matrix of 6 × 6: [9, 36]. */
function placing(): tf.Tensor2D {
  const places = [
    [0, 0],
    [0, 1],
    [1, 1],
    [0, 2],
    [1, 2],
    [2, 2],
    [3, 3],
    [4, 4],
    [5, 5],
  ];
  const values = new Float32Array(places.length * STACK * STACK);
  places.forEach(([row, column], i) => (values[i * STACK * STACK + row * STACK + column] = 1));
  return tf.tensor2d(values, [places.length, STACK * STACK]);
}

/** Multiplications and additions of the convolutions for one stack; two for each product. */
export function decoderOperations(height: number, width: number): number {
  let products = height * width * 9 * WIDTHS[LEVELS - 1] * STACK;
  WIDTHS.forEach((to, level) => {
    const from = channelsInto(level);
    products += ((height * width) / 4 ** (LEVELS - 1 - level)) * 9 * (from + to) * to;
  });
  return 2 * products;
}

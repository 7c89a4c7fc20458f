import * as tf from "@tensorflow/tfjs";
import type { Random } from "../../core/random.ts";
import { convolveAround } from "../layers/convolve-around.ts";
import type { ConvolutionParameters } from "../layers/convolve.ts";
import type { Edges } from "../layers/pad-edges.ts";
import { Parameters } from "../layers/parameters.ts";
import { enlargeByConvolution } from "../layers/resample.ts";
import { createResidualBlock, residualBlock, type ResidualBlock } from "../layers/residual-block.ts";

/** How large an autoencoder is. */
export interface AutoencoderSpec {
  /** Numbers of a cell, which stand for 8 × 8 pixels. */
  readonly code: number;
  /** Channels at a half, a quarter and an eighth of the size. */
  readonly widths: readonly [number, number, number];
  /** Residual blocks of each of these levels, on the way to the code. */
  readonly down: readonly [number, number, number];
  /** And from there. */
  readonly up: readonly [number, number, number];
}

/** The shipped size: a 16th of a picture's numbers. */
export const AUTOENCODER: AutoencoderSpec = { code: 12, widths: [32, 64, 72], down: [0, 1, 1], up: [1, 1, 2] };

/** Pixels on each side of a cell. */
export const CELL = 8;
const COLOURS = 3;
/** Of the last layers both ways, so that at first only the linear code counts. */
const LAST_GAIN = 0.001;
/** Channels at full size. */
const FINEST = 16;

/** The linear code that a network begins with, e.g. the principal components of pictures' cells. */
export interface LinearCode {
  /** Mean colour, [3]. */
  readonly mean: ArrayLike<number>;
  /** Orthonormal, [code, 8 · 8 · 3]. */
  readonly components: Float32Array;
  /** How much cells vary along each, [code]. */
  readonly variances: ArrayLike<number>;
}

/**
 * A convolutional autoencoder whose code is a small picture of many channels: each of its cells stands for 8 × 8 pixels, and sees some forty
 * more on each side.
 *
 * Both ways a linear code of each cell goes straight through and is never taught; the convolutions learn only what it can't do. So learning
 * begins where principal components end. Beside the colours it is told which pixels are known, and so learns to fill holes.
 */
export class AutoencoderNet {
  readonly spec: AutoencoderSpec;
  readonly parameters: Parameters;
  readonly #linear: { readonly code: ConvolutionParameters; readonly picture: ConvolutionParameters };
  readonly #linearCount: number;
  readonly #down: readonly ConvolutionParameters[];
  readonly #downBlocks: readonly (readonly ResidualBlock[])[];
  readonly #code: ConvolutionParameters;
  readonly #first: ConvolutionParameters;
  readonly #upBlocks: readonly (readonly ResidualBlock[])[];
  readonly #up: readonly ConvolutionParameters[];
  readonly #picture: ConvolutionParameters;

  /** @param random - Draws what it begins with; null for one whose weights are written at once. */
  constructor(random: Random | null, spec = AUTOENCODER) {
    this.spec = spec;
    const parameters = new Parameters(random);
    this.parameters = parameters;
    const { code, widths } = spec;
    const coarsest = widths[2];
    this.#linear = {
      code: parameters.convolution("linear code", { size: CELL, from: COLOURS, to: code }),
      picture: parameters.enlarging("linear picture", code, COLOURS, CELL),
    };
    this.#linearCount = parameters.variables.length;
    const blocks = (way: "down" | "up", level: number): ResidualBlock[] =>
      Array.from({ length: spec[way][level] }, (_, i) =>
        createResidualBlock(parameters, `${way} ${level} block ${i}`, widths[level]),
      );
    const shapes = [COLOURS + 1, ...widths];
    this.#down = widths.map((to, level) =>
      parameters.convolution(`down ${level}`, { size: 4, from: shapes[level], to }),
    );
    this.#downBlocks = widths.map((_, level) => blocks("down", level));
    this.#code = parameters.convolution("code", { size: 3, from: coarsest, to: code, gain: LAST_GAIN });
    this.#first = parameters.convolution("first", { size: 3, from: code, to: coarsest });
    this.#upBlocks = widths.map((_, level) => blocks("up", level));
    const finer = [FINEST, ...widths];
    this.#up = widths.map((from, level) => parameters.enlarging(`up ${level}`, from, finer[level]));
    this.#picture = parameters.convolution("picture", { size: 3, from: FINEST, to: COLOURS, gain: LAST_GAIN });
  }

  /** What is learned: all but the linear code. */
  get learned(): readonly tf.Variable[] {
    return this.parameters.variables.slice(this.#linearCount);
  }

  /** Makes it begin with a linear code; each of its numbers then varies by 1. */
  beginWith({ mean, components, variances }: LinearCode): void {
    const { code } = this.spec;
    const size = CELL * CELL * COLOURS;
    const [down, up] = [new Float32Array(size * code), new Float32Array(size * code)];
    const biases = new Float32Array(code);
    for (let c = 0; c < code; c++) {
      const deviation = Math.sqrt(variances[c]);
      for (let i = 0; i < size; i++) {
        const component = components[c * size + i];
        down[i * code + c] = component / deviation; // [8, 8, 3, code]
        up[i * code + c] = component * deviation;
        biases[c] -= (component * mean[i % COLOURS]) / deviation;
      }
    }
    const { code: encoder, picture } = this.#linear;
    const put = (variable: tf.Tensor, values: Float32Array): void => {
      tf.tidy(() => (variable as tf.Variable).assign(tf.tensor(values, variable.shape)));
    };
    put(encoder.weights, down);
    put(encoder.biases, biases);
    put(picture.weights, up);
    put(picture.biases, Float32Array.from(mean));
  }

  /**
   * Tells codes from pictures. Differentiable by what is learned. Call it inside `tf.tidy`.
   *
   * @param pictures - sRGB, [batch, height, width, 3], each in [0, 1]; sides are multiples of 8. Holes are filled smoothly.
   * @param known - 1 where a pixel is known, 0 in holes, [batch, height, width, 1].
   * @returns [batch, height / 8, width / 8, code].
   */
  encode(pictures: tf.Tensor4D, known: tf.Tensor4D, edges: Edges): tf.Tensor4D {
    let x = tf.concat([tf.sub<tf.Tensor4D>(tf.mul(pictures, 2), 1), known], 3); // [batch, height, width, 4]
    this.#down.forEach((layer, level) => {
      x = convolveAround(x, layer, { edges, stride: 2, wantsInputGradient: level > 0 });
      for (const block of this.#downBlocks[level]) x = residualBlock(x, block, { edges });
    });
    const linear = convolveAround(pictures, this.#linear.code, {
      edges,
      stride: CELL,
      activation: "linear",
      wantsInputGradient: false,
    });
    return tf.add(linear, convolveAround(x, this.#code, { edges, activation: "linear" }));
  }

  /**
   * Makes pictures of codes. Differentiable. Call it inside `tf.tidy`.
   *
   * @param learns - False where only the codes change: gradients are cheaper then. Default true.
   * @returns [batch, 8 · rows, 8 · columns, 3]; may leave [0, 1] a little.
   */
  decode(codes: tf.Tensor4D, edges: Edges, learns = true): tf.Tensor4D {
    const around = { edges, learns };
    let x = convolveAround(codes, this.#first, around);
    for (let level = this.#up.length - 1; level >= 0; level--) {
      for (const block of this.#upBlocks[level]) x = residualBlock(x, block, around);
      x = tf.relu(enlargeByConvolution(x, this.#up[level]));
    }
    const change = convolveAround(x, this.#picture, { ...around, activation: "linear" });
    return tf.add(enlargeByConvolution(codes, this.#linear.picture), change);
  }

  /** How much a change of each number of a code by 1 changes a cell's pixels, as a length, [code]. */
  async reach(): Promise<Float32Array> {
    const squares = tf.tidy(() => this.squaredReach());
    try {
      return (await squares.data<"float32">()).map(Math.sqrt);
    } finally {
      squares.dispose();
    }
  }

  /** The squares of `reach`, as a tensor. Call it inside `tf.tidy`. */
  squaredReach(): tf.Tensor1D {
    return tf.sum<tf.Tensor1D>(tf.square(this.#linear.picture.weights), [0, 1, 2]); // [code]
  }

  /** Frees the parameters. May be called twice. */
  dispose(): void {
    this.parameters.dispose();
  }
}

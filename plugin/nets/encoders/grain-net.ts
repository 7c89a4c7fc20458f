import * as tf from "@tensorflow/tfjs";
import type { Random } from "../../core/random.ts";
import { convolve, type ConvolutionParameters } from "../layers/convolve.ts";
import { Parameters } from "../layers/parameters.ts";
import { enlargeByConvolution } from "../layers/resample.ts";
import { createResidualBlock, type ResidualBlock } from "../layers/residual-block.ts";

/** How large such a network is. */
export interface GrainSpec {
  /** Channels at a half, a quarter and an eighth of the frame's rows and columns. */
  readonly widths: readonly [half: number, quarter: number, eighth: number];
  /** Residual blocks at an eighth, at least 1. */
  readonly blocks: number;
}

/** The shipped size: 17 thousand operations a pixel. */
export const GRAIN: GrainSpec = { widths: [24, 48, 64], blocks: 2 };

/** Rows, and columns, of the pixels that become one place. */
export const GRAIN_CELL = 2;
/** Colours of the pixels of one place: row by row, red, green and blue of each. */
export const GRAIN_COLOURS = 3 * GRAIN_CELL ** 2;
/** Greys of which the network is told how noisy they are. */
export const GRAIN_GREYS = 3;
/** What the network sees of one place. */
export const GRAIN_INPUTS = GRAIN_COLOURS + GRAIN_GREYS;
/** Sides of frames, in pixels, must be multiples of it; rolls by multiples of it roll what comes out. */
export const GRAIN_STRIDE = 8;
/** At first nearly nothing is taken for noise. */
const HEAD_GAIN = 0.05;

/**
 * Tells the noise in a frame: a small U-Net with skip connections (Ronneberger et al. 2015, https://arxiv.org/abs/1505.04597v1) that works at half
 * size, where four pixels are one place with twelve channels, and is told how strong the noise is, as FFDNet (Zhang et al. 2018,
 * https://arxiv.org/abs/1710.04026v2). No classic filter comes before it, and beyond the frame's borders lie zeros: 15 layers are 15 kernels, so
 * that it is quick enough for each frame.
 */
export class GrainNet {
  readonly spec: GrainSpec;
  readonly parameters: Parameters;
  readonly #stem: ConvolutionParameters;
  readonly #down: readonly ConvolutionParameters[];
  readonly #deep: readonly ResidualBlock[];
  readonly #up: readonly ConvolutionParameters[];
  readonly #middle: ResidualBlock;
  readonly #fine: ConvolutionParameters;
  readonly #head: ConvolutionParameters;

  /** @param random - Draws what it begins with; null for one whose weights are written at once. */
  constructor(random: Random | null, spec = GRAIN) {
    const parameters = new Parameters(random);
    const [half, quarter, eighth] = spec.widths;
    this.spec = spec;
    this.parameters = parameters;
    this.#stem = parameters.convolution("stem", { size: 3, from: GRAIN_INPUTS, to: half });
    this.#down = [
      parameters.convolution("down 1", { size: 2, from: half, to: quarter }),
      parameters.convolution("down 2", { size: 2, from: quarter, to: eighth }),
    ];
    this.#deep = Array.from({ length: spec.blocks }, (_, i) =>
      createResidualBlock(parameters, `deep block ${i}`, eighth),
    );
    this.#up = [parameters.enlarging("up 2", eighth, quarter), parameters.enlarging("up 1", quarter, half)];
    this.#middle = createResidualBlock(parameters, "middle block", quarter);
    this.#fine = parameters.convolution("fine", { size: 3, from: half, to: half });
    this.#head = parameters.convolution("head", { size: 3, from: half, to: GRAIN_COLOURS, gain: HEAD_GAIN });
  }

  /**
   * The noise of frames, to be taken away from them. Differentiable by the parameters. Call it inside `tf.tidy`.
   *
   * @param frames - [batch, height / 2, width / 2, 15]: twice the sRGB values less 1, then 10 times the deviations of the greys.
   * @returns In sRGB, [batch, height / 2, width / 2, 12].
   */
  noiseOf(frames: tf.Tensor4D): tf.Tensor4D {
    const half = convolve(frames, this.#stem, { padding: "zeros", wantsInputGradient: false }); // [batch, h/2, w/2, 24]
    const quarter = convolve(half, this.#down[0], { stride: 2 }); // [batch, h/4, w/4, 48]
    let x = convolve(quarter, this.#down[1], { stride: 2 }); // [batch, h/8, w/8, 64]
    for (const block of this.#deep) x = changed(x, block);
    x = tf.relu(tf.add(enlargeByConvolution(x, this.#up[0]), quarter)); // [batch, h/4, w/4, 48]
    x = changed(x, this.#middle);
    x = tf.relu(tf.add(enlargeByConvolution(x, this.#up[1]), half)); // [batch, h/2, w/2, 24]
    x = convolve(x, this.#fine, { padding: "zeros" });
    return convolve(x, this.#head, { padding: "zeros", activation: "linear" }); // [batch, h/2, w/2, 12]
  }

  /** Multiplications and additions for a frame: two for each product that is added; sums of layers and activations count nothing. */
  operations(height: number, width: number): number {
    const [half, quarter, eighth] = this.spec.widths;
    const ofHalf = 9 * half * (GRAIN_INPUTS + half + GRAIN_COLOURS) + quarter * half;
    const ofQuarter = 4 * half * quarter + 2 * 9 * quarter ** 2 + quarter * eighth;
    const ofEighth = 4 * quarter * eighth + this.spec.blocks * 2 * 9 * eighth ** 2;
    return (2 * height * width * (ofHalf + ofQuarter / 4 + ofEighth / 16)) / GRAIN_CELL ** 2;
  }

  /** Frees the parameters. May be called twice. */
  dispose(): void {
    this.parameters.dispose();
  }
}

/** A picture plus what two convolutions make of it. */
function changed(pictures: tf.Tensor4D, { first, second }: ResidualBlock): tf.Tensor4D {
  const inner = convolve(pictures, first, { padding: "zeros" });
  return tf.add(pictures, convolve(inner, second, { padding: "zeros", activation: "linear" }));
}

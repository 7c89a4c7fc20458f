import * as tf from "@tensorflow/tfjs";
import type { Random } from "../../core/random.ts";
import { convolveAround } from "../layers/convolve-around.ts";
import type { ConvolutionParameters } from "../layers/convolve.ts";
import type { Edges } from "../layers/pad-edges.ts";
import { Parameters } from "../layers/parameters.ts";
import { UNet, type UNetPart, type UNetSkips, type UNetSpec } from "../layers/u-net.ts";

/** How large a denoiser is: channels and residual blocks of each level, from half the size down. */
export type DenoiserSpec = Pick<UNetSpec, "widths" | "blocks">;

/** The shipped size. */
export const DENOISER: DenoiserSpec = { widths: [40, 56, 72], blocks: [2, 1, 1] };

const COLOURS = 3;
/** Rows and columns that become channels. */
const CELL = 2;
/** The picture and what a classic filter makes of it, and the noise. */
const INPUTS = CELL * CELL * 2 * COLOURS + 1;
/** Brings deviations of noise to the range of the other inputs. */
const NOISE_GAIN = 5;
/** At first, what the classic filter makes is left as it is; 0.1 would add more noise than the filter has taken out. */
const HEAD_GAIN = 0.01;

/** What a denoiser looks at. */
export interface NoisyPictures {
  /** sRGB with noise, [batch, height, width, 3], around [0, 1]. */
  readonly noisy: tf.Tensor4D;
  /** The same after non-local means, see `pilotedMeans`. */
  readonly base: tf.Tensor4D;
  /** Standard deviation of the noise, [batch, 1, 1, 1]. */
  readonly deviations: tf.Tensor4D;
}

/**
 * A denoising autoencoder (Vincent et al. 2008, https://doi.org/10.1145/1390156.1390294) in the shape of a U-Net, whose skip connections let detail
 * through. It is told how strong the noise is, as FFDNet is (Zhang et al. 2018, https://arxiv.org/abs/1710.04026v2), and what non-local means make
 * of the picture: it learns to change that, so learning begins where the classic filter ends. As in FFDNet, four pixels become channels of one:
 * all layers work at half size, where they have channels enough to keep what single pixels are like.
 */
export class DenoiserNet {
  readonly spec: DenoiserSpec;
  readonly parameters: Parameters;
  readonly #net: UNet;
  readonly #head: ConvolutionParameters;

  /** @param random - Draws what it begins with; null for one whose weights are written at once. */
  constructor(random: Random | null, spec = DENOISER) {
    this.spec = spec;
    this.parameters = new Parameters(random);
    this.#net = new UNet(this.parameters, { inputs: INPUTS, ...spec });
    this.#head = this.parameters.convolution("head", {
      size: 3,
      from: spec.widths[0],
      to: CELL * CELL * COLOURS,
      gain: HEAD_GAIN,
    });
  }

  /** Sides of pictures must be multiples of it, and rolls by multiples of it roll what comes out. */
  get stride(): number {
    return CELL * this.#net.stride;
  }

  /** What the way down makes of pictures. Call it inside `tf.tidy`. */
  encode({ noisy, base, deviations }: NoisyPictures, edges: Edges): UNetSkips {
    const [batch, height, width] = noisy.shape;
    const everywhere = tf.tile(tf.mul(deviations, NOISE_GAIN), [1, height / CELL, width / CELL, 1]);
    const told = tf.reshape<tf.Rank.R4>(everywhere, [batch, height / CELL, width / CELL, 1]);
    const cells = [noisy, base].map((pictures) => toCells(tf.sub<tf.Tensor4D>(tf.mul(pictures, 2), 1)));
    return this.#net.encode(tf.concat([...cells, told], 3), edges); // from [batch, height / 2, width / 2, 25]
  }

  /**
   * See `UNet.means`.
   *
   * @param part - Rows and columns of the pictures that count, in pixels and multiples of the stride. Default: all.
   */
  means(skips: UNetSkips, part?: UNetPart): tf.Tensor2D {
    if (!part) return this.#net.means(skips);
    const [top, left, height, width] = [part.top, part.left, part.height, part.width].map((side) => side / CELL);
    return this.#net.means(skips, { top, left, height, width });
  }

  /**
   * Pictures without their noise. Differentiable by the parameters. Call it inside `tf.tidy`.
   *
   * @param means - See `UNet.decode`.
   * @returns [batch, height, width, 3]; may leave [0, 1] a little.
   */
  decode({ base }: NoisyPictures, skips: UNetSkips, edges: Edges, means?: tf.Tensor2D): tf.Tensor4D {
    const [finest] = this.#net.decode(skips, edges, means);
    return tf.add(base, fromCells(convolveAround(finest, this.#head, { edges, activation: "linear" })));
  }

  /** Multiplications and additions for one picture, counted as by `UNet.operations`; the classic filter counts nothing. */
  operations(height: number, width: number): number {
    return this.#net.operations(height / CELL, width / CELL) + 2 * height * width * 9 * this.spec.widths[0] * COLOURS;
  }

  /** Frees the parameters. May be called twice. */
  dispose(): void {
    this.parameters.dispose();
  }
}

/** Four pixels become channels of one. @param pictures - [batch, height, width, c]. @returns [batch, height / 2, width / 2, 4 · c]. */
function toCells(pictures: tf.Tensor4D): tf.Tensor4D {
  const [batch, height, width, channels] = pictures.shape;
  const split = tf.reshape(pictures, [batch, height / CELL, CELL, width / CELL, CELL, channels]);
  return tf.reshape(tf.transpose(split, [0, 1, 3, 2, 4, 5]), [batch, height / CELL, width / CELL, -1]);
}

/** And back again. Differentiable. @param cells - [batch, rows, columns, 12]. @returns [batch, 2 · rows, 2 · columns, 3]. */
function fromCells(cells: tf.Tensor4D): tf.Tensor4D {
  const [batch, rows, columns] = cells.shape;
  const split = tf.reshape(cells, [batch, rows, columns, CELL, CELL, COLOURS]);
  return tf.reshape(tf.transpose(split, [0, 1, 3, 2, 4, 5]), [batch, CELL * rows, CELL * columns, COLOURS]);
}

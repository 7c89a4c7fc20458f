import * as tf from "@tensorflow/tfjs";
import type { Random } from "../../core/random.ts";
import { convolveAround } from "../layers/convolve-around.ts";
import type { ConvolutionParameters } from "../layers/convolve.ts";
import type { Edges } from "../layers/pad-edges.ts";
import { Parameters } from "../layers/parameters.ts";
import { UNet, type UNetPart, type UNetSkips, type UNetSpec } from "../layers/u-net.ts";

/** How large a denoiser is: channels and residual blocks of each level, the finest first. */
export type DenoiserSpec = Pick<UNetSpec, "widths" | "blocks">;

/** The shipped size. No blocks at full size: they cost most, and `base` has looked at single pixels already. */
export const DENOISER: DenoiserSpec = { widths: [16, 32, 48, 64], blocks: [0, 1, 1, 1] };

const COLOURS = 3;
/** The picture, what a classic filter makes of it, and the noise. */
const INPUTS = 2 * COLOURS + 1;
/** Brings deviations of noise to the range of the other inputs. */
const NOISE_GAIN = 5;
/** At first, what the classic filter makes is left as it is; 0.1 would add more noise than the filter has taken out. */
const HEAD_GAIN = 0.003;

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
 * of the picture: it learns to change that, so learning begins where the classic filter ends.
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
    this.#head = this.parameters.convolution("head", { size: 3, from: spec.widths[0], to: COLOURS, gain: HEAD_GAIN });
  }

  /** Sides of pictures must be multiples of it, and rolls by multiples of it roll what comes out. */
  get stride(): number {
    return this.#net.stride;
  }

  /** What the way down makes of pictures. Call it inside `tf.tidy`. */
  encode({ noisy, base, deviations }: NoisyPictures, edges: Edges): UNetSkips {
    const [batch, height, width] = noisy.shape;
    const everywhere = tf.tile(tf.mul(deviations, NOISE_GAIN), [1, height, width, 1]); // [batch, height, width, 1]
    const centred = [noisy, base].map((pictures) => tf.sub<tf.Tensor4D>(tf.mul(pictures, 2), 1));
    const inputs = tf.concat([...centred, tf.reshape<tf.Rank.R4>(everywhere, [batch, height, width, 1])], 3); // [.., 7]
    return this.#net.encode(inputs, edges);
  }

  /** See `UNet.means`. */
  means(skips: UNetSkips, part?: UNetPart): tf.Tensor2D {
    return this.#net.means(skips, part);
  }

  /**
   * Pictures without their noise. Differentiable by the parameters. Call it inside `tf.tidy`.
   *
   * @param means - See `UNet.decode`.
   * @returns [batch, height, width, 3]; may leave [0, 1] a little.
   */
  decode({ base }: NoisyPictures, skips: UNetSkips, edges: Edges, means?: tf.Tensor2D): tf.Tensor4D {
    const [finest] = this.#net.decode(skips, edges, means);
    return tf.add(base, convolveAround(finest, this.#head, { edges, activation: "linear" }));
  }

  /** Multiplications and additions for one picture, counted as by `UNet.operations`; the classic filter counts nothing. */
  operations(height: number, width: number): number {
    return this.#net.operations(height, width) + 2 * height * width * 9 * this.spec.widths[0] * COLOURS;
  }

  /** Frees the parameters. May be called twice. */
  dispose(): void {
    this.parameters.dispose();
  }
}

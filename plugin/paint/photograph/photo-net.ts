import * as tf from "@tensorflow/tfjs";
import type { Random } from "../../core/random.ts";
import { convolveAround } from "../../nets/layers/convolve-around.ts";
import type { ConvolutionParameters } from "../../nets/layers/convolve.ts";
import type { Edges } from "../../nets/layers/pad-edges.ts";
import { Parameters } from "../../nets/layers/parameters.ts";
import { createResidualBlock, residualBlock, type ResidualBlock } from "../../nets/layers/residual-block.ts";
import { enlargeSmoothly } from "../../nets/layers/resample.ts";
import { LightNet } from "./light-net.ts";
import { UNet, type UNetPart, type UNetSkips, type UNetSpec } from "../../nets/layers/u-net.ts";

/** What the network says of pictures, all [batch, height, width, …]. */
export interface PhotoMaps {
  /** How high, in pixels, with an arbitrary zero, [.., 1]: a rise of 1 over 1 pixel is a slope of 45°. */
  readonly heights: tf.Tensor4D;
  /** In [0, 1], [.., 1]. */
  readonly roughness: tf.Tensor4D;
  /** Colour without light and shadow, sRGB, [.., 3]; may leave [0, 1] a little. */
  readonly albedo: tf.Tensor4D;
}

/** How large a network is that tells maps from photographs. */
export interface PhotoNetSpec extends UNetSpec {
  /** Residual blocks of single pixels and their neighbours, after all levels have come together. */
  readonly finish: number;
  /** Channels of each convolution of the part that finds the light, see `LightNet`; none where it finds none. */
  readonly light: readonly number[];
}

/**
 * The shipped size: as large as keeps well below its bar of time, so that 512 × 512 pixels take about a second. Besides the colours it is
 * told brightness times the light, and the light itself.
 */
export const PHOTO_NET: PhotoNetSpec = {
  inputs: 7,
  widths: [16, 24, 48, 64, 80],
  blocks: [0, 1, 1, 1, 2],
  finish: 1,
  light: [16, 32, 48, 64, 64],
};
/** Inputs of networks from before the light was told: colours alone. */
export const COLOURS = 3;

/** Roughness, and the change of three colours, besides the height. */
const OUTPUTS = 5;
const HEAD_GAIN = 0.1;
const LUMINANCE = [0.2126, 0.7152, 0.0722];

/**
 * The network that tells maps from a photograph: a U-Net, and at each of its levels a head that adds heights of its size, the coarse
 * ones carried up, so that large shapes need not be drawn pixel by pixel.
 */
export class PhotoNet {
  readonly spec: PhotoNetSpec;
  readonly parameters: Parameters;
  /** The part that tells from where the light comes; null for a network that does not. */
  readonly light: LightNet | null;
  readonly #net: UNet;
  readonly #heads: readonly ConvolutionParameters[];
  readonly #finish: ConvolutionParameters;
  readonly #finishBlocks: readonly ResidualBlock[];
  readonly #maps: ConvolutionParameters;
  readonly #mapCount: number;

  /** @param random - Draws what it begins with; null for one whose weights are written at once. */
  constructor(random: Random | null, spec = PHOTO_NET) {
    this.parameters = new Parameters(random);
    this.#net = new UNet(this.parameters, spec);
    this.#heads = spec.widths
      .slice(1)
      .map((from, level) =>
        this.parameters.convolution(`heights ${level + 1}`, { size: 3, from, to: 1, gain: HEAD_GAIN }),
      );
    const [finest] = spec.widths;
    this.#finish = this.parameters.convolution("finish", { size: 3, from: finest, to: finest });
    this.#finishBlocks = Array.from({ length: spec.finish }, (_, i) =>
      createResidualBlock(this.parameters, `finish block ${i}`, finest),
    );
    this.#maps = this.parameters.convolution("maps", { size: 3, from: finest, to: OUTPUTS, gain: HEAD_GAIN });
    this.#mapCount = this.parameters.variables.length;
    this.light = spec.light.length > 0 ? new LightNet(this.parameters, spec.light) : null;
    this.spec = spec;
  }

  /** What is learned from maps, and what from the light. */
  get variables(): { readonly maps: readonly tf.Variable[]; readonly light: readonly tf.Variable[] } {
    const { variables } = this.parameters;
    return { maps: variables.slice(0, this.#mapCount), light: variables.slice(this.#mapCount) };
  }

  /** Whether it wants to be told from where the light comes. */
  get takesLight(): boolean {
    return this.spec.inputs > COLOURS;
  }

  /** Sides of pictures must be multiples of it, and rolls by multiples of it roll the maps. */
  get stride(): number {
    return this.#net.stride;
  }

  /**
   * What the way down makes of pictures. Call it inside `tf.tidy`.
   *
   * @param pictures - sRGB, [batch, height, width, 3], each in [0, 1]. For a network that is told the light, mirrored so that it comes
   * from the upper right.
   * @param light - From where it comes, right and up, [batch, 2], see `lightVector`; for a network that takes none, left out.
   */
  encode(pictures: tf.Tensor4D, edges: Edges, light?: tf.Tensor2D): UNetSkips {
    return this.#net.encode(light ? withLight(pictures, light) : tf.sub<tf.Tensor4D>(tf.mul(pictures, 2), 1), edges);
  }

  /** See `UNet.means`. */
  means(skips: UNetSkips, part?: UNetPart): tf.Tensor2D {
    return this.#net.means(skips, part);
  }

  /**
   * Maps of pictures. Differentiable by the parameters. Call it inside `tf.tidy`.
   *
   * @param means - See `UNet.decode`.
   */
  decode(pictures: tf.Tensor4D, skips: UNetSkips, edges: Edges, means?: tf.Tensor2D): PhotoMaps {
    const levels = this.#net.decode(skips, edges, means);
    const linear = { edges, activation: "linear" } as const;
    // Step 1. Large shapes first. A level has twice the pixels of the one below, so heights in pixels double.
    let carried: tf.Tensor4D | null = null;
    for (let level = levels.length - 1; level >= 1; level--) {
      const own = convolveAround(levels[level], this.#heads[level - 1], linear); // [batch, .., .., 1]
      const sum: tf.Tensor4D = carried ? tf.add(carried, own) : own;
      carried = tf.mul(enlargeSmoothly(sum, edges), 2);
    }
    // Step 2. Details, roughness and colour.
    let finest = convolveAround(levels[0], this.#finish, { edges });
    for (const block of this.#finishBlocks) finest = residualBlock(finest, block, { edges });
    const maps = convolveAround(finest, this.#maps, linear); // [batch, height, width, 5]
    const detail = channels(maps, 0, 1);
    return {
      heights: carried ? tf.add(carried, detail) : detail,
      roughness: tf.sigmoid(channels(maps, 1, 1)),
      albedo: tf.add(pictures, channels(maps, 2, 3)),
    };
  }

  /** Multiplications and additions for the maps of one picture, counted as by `UNet.operations`. */
  operations(height: number, width: number): number {
    const { widths, finish } = this.spec;
    let products = height * width * 9 * ((1 + 2 * finish) * widths[0] ** 2 + widths[0] * OUTPUTS);
    widths.forEach((channels, level) => {
      if (level === 0) return;
      const [high, wide] = [height / 2 ** level, width / 2 ** level];
      products += high * wide * 9 * channels;
      products += (high + 2) * (wide + 2) * 16; // 4 × 4 weights of the interpolation
    });
    return this.#net.operations(height, width) + 2 * products;
  }

  /** Frees the parameters. May be called twice. */
  dispose(): void {
    this.parameters.dispose();
  }
}

/**
 * What the network sees of pictures in a light: colours about 0, brightness times the light (a filter over that is a slope along the light,
 * whatever the light), and the light everywhere. Not differentiable.
 *
 * @param pictures - sRGB, [batch, height, width, 3].
 * @param light - [batch, 2].
 * @returns [batch, height, width, 7].
 */
function withLight(pictures: tf.Tensor4D, light: tf.Tensor2D): tf.Tensor4D {
  const [batch, height, width] = pictures.shape;
  // One product: to put pictures together by channels takes tfjs-wasm 4.22.0 ten times as long.
  const own = tf.tile(tf.eye(COLOURS).expandDims<tf.Tensor3D>(0), [batch, 1, 1]); // [batch, 3, 3]
  const vector = tf.reshape(light, [batch, 1, 2]);
  const lit = tf.mul(tf.tensor3d(LUMINANCE, [1, COLOURS, 1]), vector); // [batch, 3, 2]
  const factors = tf.mul(tf.concat([own, lit, tf.zerosLike(lit)], 2), 2); // [batch, 3, 7]
  const level = tf.concat([tf.fill([batch, 1, COLOURS], -1), tf.neg(vector), vector], 2); // [batch, 1, 7]
  const seen = tf.add(tf.matMul(tf.reshape(pictures, [batch, height * width, COLOURS]), factors), level);
  return tf.reshape(seen, [batch, height, width, -1]);
}

/** Some channels of maps, [batch, height, width, count], by a product: tfjs-wasm 4.22.0 takes three times as long to cut them out. */
function channels(maps: tf.Tensor4D, first: number, count: number): tf.Tensor4D {
  const [batch, height, width, all] = maps.shape;
  const chosen = Float32Array.from({ length: all * count }, (_, i) =>
    Math.floor(i / count) === first + (i % count) ? 1 : 0,
  );
  const taken = tf.matMul(tf.reshape(maps, [-1, all]), tf.tensor2d(chosen, [all, count]));
  return tf.reshape(taken, [batch, height, width, count]);
}

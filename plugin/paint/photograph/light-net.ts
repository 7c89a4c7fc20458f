import * as tf from "@tensorflow/tfjs";
import { convolveAround } from "../../nets/layers/convolve-around.ts";
import type { ConvolutionParameters } from "../../nets/layers/convolve.ts";
import { dense, type DenseParameters } from "../../nets/layers/dense.ts";
import { padEdges, type Edges } from "../../nets/layers/pad-edges.ts";
import type { Parameters } from "../../nets/layers/parameters.ts";
import { shrinkByMean } from "../../nets/layers/resample.ts";
import { mirrored } from "../../nets/layers/take-lines.ts";

/** Brightness, and how much red and blue there is for it. */
const INPUTS = 3;
/** Channels of two layers that look at single pixels and their neighbours, and that no others build on. */
const FINE = 8;
/** Differences of means are small against 1; so much makes them as large as a light leans. */
const STRENGTH = 4;
/** Of brightness: its mean over a picture becomes 0 and its spread 1. Of the others, in spreads of brightness. */
const MOST = 4;
/** Brightness, red against it and blue against it, of the logarithms of red, green and blue, [from, to]. */
const TO_TONES = [0.2126, 1 - 0.2126, -0.2126, 0.7152, -0.7152, -0.7152, 0.0722, -0.0722, 1 - 0.0722];
/** Of the darkest pixels: the logarithm of less light is noise. */
const DARK = 0.01;
/** Spreads that are smaller, of logarithms of light, are not stretched further. */
const LEAST_SPREAD = 0.02;
/** Looks at a picture, each at it and at it upside down: together all eight ways in which it can be laid down and mirrored. */
const LOOKS = 4;

/**
 * Tells from where the light of photographs comes: from shapes that are bright on one side, and from the shadows behind them.
 *
 * Convolutions look for such shapes, two in single pixels and the others each halving the picture, in the picture as it lies and in it turned by half a turn. The means over
 * all places of what they find, by itself and times how brightness rises there, differ between the two by what says from where the light
 * comes; the means themselves say how sure that is.
 * A picture is looked at so in all ways in which it can be laid down and mirrored, and what was seen is turned back, so the light turns with
 * the picture. What it does not know it says softly: it learns to be little wrong on average.
 */
export class LightNet {
  readonly #widths: readonly number[];
  readonly #fine: readonly ConvolutionParameters[];
  readonly #layers: readonly ConvolutionParameters[];
  readonly #lean: DenseParameters;
  readonly #sureness: DenseParameters;

  /** Makes its parameters. @param widths - Channels of each convolution, at least one. */
  constructor(parameters: Parameters, widths: readonly number[]) {
    this.#widths = widths;
    this.#layers = widths.map((to, i) =>
      parameters.convolution(`light layer ${i}`, { size: 3, from: i > 0 ? widths[i - 1] : INPUTS, to }),
    );
    this.#fine = [
      parameters.convolution("light fine 0", { size: 3, from: INPUTS, to: FINE }),
      parameters.convolution("light fine 1", { size: 1, from: FINE, to: FINE }),
    ];
    const means = 3 * widths.reduce((sum, width) => sum + width, FINE);
    this.#lean = parameters.dense("light lean", means, 2, 0.3);
    this.#sureness = parameters.dense("light sureness", means, 1, 0.1);
  }

  /** Sides of pictures must be multiples of it. */
  get stride(): number {
    return 2 ** this.#widths.length;
  }

  /**
   * What is seen of the light by one look at pictures as they lie. Differentiable by the parameters. Call it inside `tf.tidy`.
   *
   * @param tones - See `tonesOf`, [batch, height, width, 3], sides multiples of `stride`.
   * @returns Right and up, of any length, [batch, 2].
   */
  look(tones: tf.Tensor4D, edges: Edges): tf.Tensor2D {
    const both = tf.concat([tones, mirrored(tones, "both")]); // [2 · batch, height, width, 3]
    let [maps, coarse] = [both, both];
    const seen: tf.Tensor2D[] = [];
    this.#layers.forEach((layer, i) => {
      maps = convolveAround(maps, layer, { stride: 2, edges, wantsInputGradient: i > 0 });
      coarse = shrinkByMean(coarse);
      seen.push(tf.mean(maps, [1, 2]), moments(maps, slopes(coarse, edges)));
    });
    const near = convolveAround(both, this.#fine[0], { edges, wantsInputGradient: false });
    const fine = convolveAround(near, this.#fine[1]);
    seen.push(tf.mean(fine, [1, 2]), moments(fine, slopes(both, edges)));
    const [one, other] = tf.split<tf.Tensor2D>(tf.concat(seen, 1), 2, 0); // [batch, 3 · sum of channels]
    const lean = tf.sub(dense(one, this.#lean), dense(other, this.#lean)); // biases cancel
    const sureness = tf.softplus(dense(tf.add(one, other), this.#sureness)); // [batch, 1]
    return tf.mul(lean, tf.mul(sureness, STRENGTH));
  }

  /**
   * The light of pictures, by a look at each of the eight ways to lay them down. Not differentiable. Call it inside `tf.tidy`.
   *
   * @param pictures - sRGB, [batch, height, width, 3], sides multiples of `stride`.
   * @returns How far light leans to the right and upwards, [batch, 2], of a length below 1.
   */
  guess(pictures: tf.Tensor4D, edges: Edges): tf.Tensor2D {
    const tones = tonesOf(pictures);
    const transposed = tf.transpose(tones, [0, 2, 1, 3]);
    const ways = [this.#mirrored(tones, edges), swapped(this.#mirrored(transposed, edges))];
    return leanOf(tf.div(tf.addN(ways), LOOKS));
  }

  /** Multiplications and additions for one guess, two for each product that is added, without the dense layers. */
  operations(height: number, width: number): number {
    const widths = this.#widths;
    const products = widths.reduce(
      (sum, to, i) => {
        const from = i > 0 ? widths[i - 1] : INPUTS;
        return sum + ((height * width) / 4 ** (i + 1)) * 9 * from * to;
      },
      height * width * FINE * (9 * INPUTS + FINE),
    );
    return 2 * 2 * LOOKS * products;
  }

  /** The sum of looks at tones and at them mirrored, turned back, [batch, 2]. */
  #mirrored(tones: tf.Tensor4D, edges: Edges): tf.Tensor2D {
    const plain = this.look(tones, edges);
    return tf.add(plain, tf.mul(this.look(mirrored(tones, "across"), edges), [[-1, 1]]));
  }
}

/** Filters for the slopes of brightness, the first of three tones: to the right, and upwards, [3, 3, 3, 2]. */
const SLOPES = Float32Array.from({ length: 3 * 3 * INPUTS * 2 }, (_, i) => {
  const [way, tone, column, row] = [i % 2, (i >> 1) % INPUTS, Math.floor(i / 6) % 3, Math.floor(i / 18)];
  if (tone > 0) return 0;
  if (way === 0) return row === 1 ? column - 1 : 0;
  return column === 1 ? 1 - row : 0;
});

/**
 * How steeply brightness rises to the right and upwards, in steepnesses of the picture's own, [batch, height · width, 2]. Not
 * differentiable.
 */
function slopes(tones: tf.Tensor4D, edges: Edges): tf.Tensor3D {
  const [batch, height, width] = tones.shape;
  const rises = tf.conv2d(padEdges(tones, 1, 1, edges), tf.tensor4d(SLOPES, [3, 3, INPUTS, 2]), 1, "valid");
  const rows = tf.reshape<tf.Rank.R3>(rises, [batch, height * width, 2]);
  const steepness = tf.sqrt(tf.mul(tf.mean(tf.square(rows), [1, 2], true), 2));
  return tf.div(rows, tf.maximum(steepness, LEAST_SPREAD));
}

/** Means over all places of channels times slopes, [batch, 2 · channels]. Differentiable by the maps. */
function moments(maps: tf.Tensor4D, slopes: tf.Tensor3D): tf.Tensor2D {
  const [batch, height, width, channels] = maps.shape;
  const places = tf.reshape<tf.Rank.R3>(maps, [batch, height * width, channels]);
  const products = tf.matMul(slopes, places, true, false); // [batch, 2, channels]
  return tf.reshape(tf.div(products, height * width), [batch, 2 * channels]);
}

/** How far light leans by what was seen of it, [batch, 2]: of a length below 1. Differentiable. */
export function leanOf(seen: tf.Tensor2D): tf.Tensor2D {
  return tf.div(seen, tf.sqrt(tf.add(tf.sum(tf.square(seen), 1, true), 1)));
}

/** To the right becomes downwards: what a transposed picture shows upwards, lies to the left in the picture itself. */
function swapped(lean: tf.Tensor2D): tf.Tensor2D {
  return tf.neg(tf.reverse(lean, 1));
}

/**
 * Brightness, and red and blue against it, as logarithms in spreads of the picture's own brightness. Not differentiable. Call it inside
 * `tf.tidy`.
 *
 * @param pictures - sRGB, [batch, height, width, 3].
 * @returns [batch, height, width, 3].
 */
export function tonesOf(pictures: tf.Tensor4D): tf.Tensor4D {
  // A square is nearly what sRGB means, in a fifth of the time.
  return evened(tf.log(tf.add(tf.square(pictures), DARK)));
}

/** The logarithm that tones are made of. @param value - sRGB, in [0, 1]. */
export function logarithmOf(value: number): number {
  return Math.log(value * value + DARK);
}

/** Tones of logarithms, both [batch, height, width, 3]; see `tonesOf`. */
export function evened(logarithms: tf.Tensor4D): tf.Tensor4D {
  const [batch, height, width] = logarithms.shape;
  const rows = tf.matMul(tf.reshape(logarithms, [-1, INPUTS]), tf.tensor2d(TO_TONES, [3, INPUTS]));
  const raw = tf.reshape<tf.Rank.R4>(rows, logarithms.shape);
  const mean = (map: tf.Tensor4D): tf.Tensor4D => tf.avgPool(map, [height, width], 1, "valid"); // [batch, 1, 1, 3]
  const centred = tf.sub<tf.Tensor4D>(raw, mean(raw));
  const spread = tf.sqrt(tf.slice(mean(tf.square(centred)), [0, 0, 0, 0], [batch, 1, 1, 1]));
  return tf.clipByValue(tf.div<tf.Tensor4D>(centred, tf.maximum(spread, LEAST_SPREAD)), -MOST, MOST);
}

import * as tf from "@tensorflow/tfjs";
import { convolveAround } from "../../nets/layers/convolve-around.ts";
import type { ConvolutionParameters } from "../../nets/layers/convolve.ts";
import type { Edges } from "../../nets/layers/pad-edges.ts";
import type { Parameters } from "../../nets/layers/parameters.ts";
import { shrinkByMean } from "../../nets/layers/resample.ts";
import { TRAITS, gradientsOf } from "./light-traits.ts";
import { linearLight } from "./linear-light.ts";

/** At how many sizes a picture is looked at, each half of the one before. */
const SIZES = 4;
/** Sides of pictures must be multiples of it. */
export const LIGHT_STRIDE = 2 ** (SIZES - 1);
/** What a gradient counts by itself, and what along the picture's own grain. */
const WEIGHTS = 2;
/** Of the darkest pixels: the logarithm of less light is noise. */
const DARK = 0.01;

/**
 * Tells from where the light of photographs comes. Slopes that face it are bright and shadows fall behind what is high, so gradients of
 * brightness are distributed lopsidedly. Each gradient is weighed by what its place is like (bright or dark, a crest or a hollow, with a
 * change of colour or without), and the light leans by a sum of the means of what was weighed.
 *
 * What places are like does not change when a picture is turned by a quarter or mirrored, so the light turns with the picture. What it does
 * not know it says softly: it learns to be little wrong on average.
 */
export class LightNet {
  readonly #widths: readonly number[];
  /** Of each size, one layer after the other. */
  readonly #layers: readonly (readonly ConvolutionParameters[])[];

  /** Makes its parameters. @param widths - Channels of each layer by which gradients are weighed. */
  constructor(parameters: Parameters, widths: readonly number[]) {
    this.#widths = [TRAITS, ...widths, WEIGHTS];
    this.#layers = Array.from({ length: SIZES }, (_, size) =>
      this.#widths.slice(1).map((to, i) =>
        parameters.convolution(`light ${size} layer ${i}`, {
          size: 1,
          from: this.#widths[i],
          to,
          gain: i === widths.length ? 0.3 : 1,
        }),
      ),
    );
  }

  /**
   * Differentiable by the parameters. Call it inside `tf.tidy`.
   *
   * @param pictures - sRGB, [batch, height, width, 3], sides multiples of `LIGHT_STRIDE`.
   * @returns How far light leans to the right and upwards, [batch, 2], of a length below 1.
   */
  guess(pictures: tf.Tensor4D, edges: Edges): tf.Tensor2D {
    let light = tf.log<tf.Tensor4D>(tf.add(linearLight(pictures), DARK));
    const plain: tf.Tensor[] = [];
    const grained: tf.Tensor[] = [];
    const grains: tf.Tensor[] = [];
    const mean = (map: tf.Tensor): tf.Tensor => tf.mean(map, [1, 2]);
    this.#layers.forEach((layers, size) => {
      if (size > 0) light = shrinkByMean(light);
      const { traits, right, up } = gradientsOf(light, edges);
      let weights = traits;
      layers.forEach((layer, i) => {
        const activation = i === layers.length - 1 ? "linear" : "relu";
        weights = convolveAround(weights, layer, { activation, wantsInputGradient: i > 0 });
      });
      const [own, byGrain] = tf.split(weights, WEIGHTS, 3); // [batch, height, width, 1]
      plain.push(tf.concat([mean(tf.mul(own, right)), mean(tf.mul(own, up))], 1)); // [batch, 2]
      grained.push(tf.concat([mean(tf.mul(byGrain, right)), mean(tf.mul(byGrain, up))], 1));
      const even = mean(tf.sub(tf.square(right), tf.square(up)));
      grains.push(tf.concat([even, mean(tf.mul(tf.mul(right, up), 2))], 1));
    });
    // The grain is a symmetric matrix without trace: what lies along it gets longer, and what lies across shorter.
    const [even, slant] = tf.split(tf.add(grains[0], grains[1]), 2, 1); // [batch, 1]
    const [right, up] = tf.split(tf.addN(grained), 2, 1);
    const turned = tf.concat(
      [tf.add(tf.mul(even, right), tf.mul(slant, up)), tf.sub(tf.mul(slant, right), tf.mul(even, up))],
      1,
    );
    const lean = tf.add<tf.Tensor2D>(tf.addN(plain), turned);
    return tf.div(lean, tf.sqrt(tf.add(tf.sum(tf.square(lean), 1, true), 1)));
  }

  /** Multiplications and additions of all weighing for one picture, two for each product that is added. */
  operations(height: number, width: number): number {
    const weighing = this.#widths.slice(1).reduce((sum, to, i) => sum + this.#widths[i] * to, 0);
    let pixels = 0;
    for (let size = 0; size < SIZES; size++) pixels += (height * width) / 4 ** size;
    return 2 * pixels * weighing;
  }
}

import * as tf from "@tensorflow/tfjs";
import type { Random } from "../../core/random.ts";
import { LaplacianPyramid } from "./laplacian-pyramid.ts";
import { PATCH, projectPatches } from "./project-patches.ts";
import { RankPlaces } from "./rank-places.ts";
import { areRanksOnGpu, placeOnGpu, sortOnGpu } from "./ranks-on-gpu.ts";

/** No level is smaller. */
const LEAST_SIDE = 16;
/** Channels that vary less are taken to vary so much; chosen so that the faint noise of an even map does not drown all others. */
const LEAST_DEVIATION = 0.06;

/** How much a `StackLikeness` looks at. */
export interface StackLikenessOptions {
  readonly channels: number;
  /** Directions of each distance. Default 32. */
  readonly directions?: number;
  /** Patches along each side of a level, at most; of larger levels every second one is taken, or fewer. Default 64. */
  readonly places?: number;
}

/**
 * How alike the patches of several maps together are to those of other maps of the same thing: what moves together in one must move
 * together in the other. Each picture of a batch is held against its own counterpart.
 *
 * The squared sliced Wasserstein distance of 7 × 7 patches over all channels, of the levels of a Laplacian pyramid, normalised by the
 * counterpart's deviations; the directions are drawn anew each time.
 */
export class StackLikeness {
  readonly #pyramid: LaplacianPyramid;
  readonly #channels: number;
  readonly #directions: number;
  readonly #places: number;
  readonly #ranks = new Map<number, RankPlaces>();

  constructor({ channels, directions = 32, places = 64 }: StackLikenessOptions) {
    this.#pyramid = new LaplacianPyramid(channels);
    this.#channels = channels;
    this.#directions = directions;
    this.#places = places;
  }

  /**
   * Differentiable by what was made. On webgpu nothing is read back, elsewhere the projections are read in between. Call it inside `tf.tidy`.
   *
   * @param made - [batch, side, side, channels]; the side is 16, 32, 64 … pixels.
   * @param real - [batch, other side, other side, channels]; the side as often doubled or more.
   */
  distance(made: tf.Tensor4D, real: tf.Tensor4D, random: Random): tf.Scalar {
    const side = made.shape[1];
    const count = Math.floor(Math.log2(side / LEAST_SIDE)) + 1;
    const levels = this.#pyramid.takeApart(made, count);
    const realLevels = this.#pyramid.takeApart(real, count);
    const distances = levels.map((level, i) => {
      const filters = drawDirections(this.#channels, this.#directions, random);
      const places = Math.min(this.#places, side >> i);
      const { variance } = tf.moments(realLevels[i], [1, 2], true); // [batch, 1, 1, channels]
      const deviations = tf.maximum(tf.sqrt(variance), LEAST_DEVIATION);
      const look = (pictures: tf.Tensor4D): tf.Tensor4D => {
        const offset = [0, 1].map(() => random.integer(pictures.shape[1] / places));
        return projectPatches(tf.div(pictures, deviations), filters, places, offset);
      };
      const seen = look(level); // [batch, places, places, directions]
      const goals = this.#match(seen, look(realLevels[i]), places ** 2);
      return tf.mean(tf.squaredDifference(seen, goals));
    });
    return tf.div(tf.addN(distances), count);
  }

  dispose(): void {
    this.#pyramid.dispose();
  }

  /** The real values, each at the place of the made one of its rank. */
  #match(made: tf.Tensor4D, real: tf.Tensor4D, rows: number): tf.Tensor4D {
    if (areRanksOnGpu()) return placeOnGpu(made, sortOnGpu(real));
    const values = made.dataSync<"float32">();
    const realValues = real.dataSync<"float32">();
    const goals = new Float32Array(values.length);
    const size = rows * this.#directions;
    const ranks = this.#ranks.get(rows) ?? new RankPlaces(rows);
    this.#ranks.set(rows, ranks);
    const sorted = new Float32Array(size);
    for (let from = 0; from < values.length; from += size) {
      ranks.sort(realValues.subarray(from, from + size), this.#directions, sorted);
      ranks.place(values.subarray(from, from + size), this.#directions, sorted, goals.subarray(from, from + size));
    }
    return tf.tensor4d(goals, made.shape);
  }
}

/**
 * Each direction is a mix of the channels, seen through a pattern of chance; of every fourth the pattern is a single pixel, which
 * tells best what moves together.
 */
function drawDirections(channels: number, directions: number, random: Random): tf.Tensor4D {
  const values = new Float32Array(PATCH * PATCH * channels * directions);
  for (let direction = 0; direction < directions; direction++) {
    const isPoint = direction % 4 === 0;
    const pattern = unit(PATCH * PATCH, (i) => (isPoint ? Number(i === (PATCH * PATCH - 1) / 2) : random.normal()));
    const mix = unit(channels, () => random.normal());
    pattern.forEach((weight, place) => {
      mix.forEach((share, channel) => (values[(place * channels + channel) * directions + direction] = weight * share));
    });
  }
  return tf.tensor4d(values, [PATCH, PATCH, channels, directions]);
}

/** A vector of length 1. */
function unit(length: number, draw: (index: number) => number): Float64Array {
  const values = Float64Array.from({ length }, (_, i) => draw(i));
  const size = Math.hypot(...values);
  return values.map((value) => value / size);
}

import * as tf from "@tensorflow/tfjs";
import { ConfigurationError } from "../../core/errors.ts";
import type { Random } from "../../core/random.ts";
import { LaplacianPyramid } from "./laplacian-pyramid.ts";
import { PATCH, projectPatches } from "./project-patches.ts";
import { RankPlaces } from "./rank-places.ts";
import { areRanksOnGpu, placeOnGpu } from "./ranks-on-gpu.ts";

/** A picture as plain numbers: [height, width, 3], sRGB in [0, 1]; or as many channels as somebody says. */
export interface ColourPicture {
  readonly height: number;
  readonly width: number;
  readonly pixels: Float32Array;
}

/** Pictures of one size, one after the other. */
export interface ColourPictures extends ColourPicture {
  /** How many there are: `pixels` is [count, height, width, 3] then. Default 1. */
  readonly count?: number;
}

/** Looks that take turns; more of them see more, and cost more when they are first used. */
const LOOKS = 32;
/** No level is smaller. */
const LEAST_SIDE = 16;

/** How a `TextureLikeness` looks. */
export interface TextureLikenessOptions {
  /** Of the pictures. Default 3. */
  readonly channels?: number;
  /** Of one look. Default 16. */
  readonly directions?: number;
  /** Channels that vary less are taken to vary so much. Default a step of 8 bits. */
  readonly leastDeviation?: number;
  /** Patches along each side of a level, at most, a power of 2: of larger levels every second one is taken, or fewer. Default all. */
  readonly places?: number;
}

/**
 * How alike the patches of pictures are to those of one picture, or of several taken together, at every scale: something that a texture
 * network can learn by. Of several, each picture to come shall have patches from all of them; comparing takes as long as with one.
 *
 * The squared sliced Wasserstein distance of 7 × 7 patches of the levels of a Laplacian pyramid, normalised by the target's own
 * deviations: what `patchSwd` measures, with a gradient. Directions change from look to look.
 */
export class TextureLikeness {
  readonly #side: number;
  readonly #pyramid: LaplacianPyramid;
  readonly #targets: readonly tf.Tensor4D[];
  readonly #deviations: readonly tf.Tensor1D[];
  readonly #ranks: readonly RankPlaces[];
  readonly #looks: (Look | undefined)[] = [];
  readonly #random: Random;
  readonly #channels: number;
  readonly #directions: number;
  readonly #mostPlaces: number;

  /**
   * @param target - What pictures shall be like; both sides at least `side`, multiples of 32. Of several, only as many patches of each are
   * looked at as of a picture to come.
   * @param side - Of the pictures to come, in pixels; a multiple of 32.
   */
  constructor(
    target: ColourPictures,
    side: number,
    random: Random,
    { channels = 3, directions = 16, leastDeviation = 1 / 255, places = Infinity }: TextureLikenessOptions = {},
  ) {
    const { height, width, pixels, count = 1 } = target;
    this.#channels = channels;
    this.#directions = directions;
    this.#mostPlaces = places;
    this.#side = side;
    this.#random = random;
    this.#pyramid = new LaplacianPyramid(channels);
    const levels = Math.floor(Math.log2(side / LEAST_SIDE)) + 1;
    const made = tf.tidy(() => {
      const pyramid = this.#pyramid.takeApart(tf.tensor4d(pixels.slice(), [count, height, width, channels]), levels);
      const deviations = pyramid.map((level) => {
        const { variance } = tf.moments(level, [0, 1, 2]);
        return tf.keep(tf.maximum<tf.Tensor1D>(tf.sqrt(variance), leastDeviation));
      });
      const targets = pyramid.map((level, i) => tf.keep(tf.div<tf.Tensor4D>(level, deviations[i])));
      return { targets, deviations };
    });
    this.#targets = made.targets;
    this.#deviations = made.deviations;
    this.#ranks = this.#targets.map((_, level) => new RankPlaces(this.#places(level) ** 2));
  }

  /** How many different looks there are. */
  get looks(): number {
    return LOOKS;
  }

  /** Makes a look ready, once: later calls do nothing. Await it outside of `tf.tidy`. @param look - From 0. */
  async prepare(look: number): Promise<void> {
    this.#looks[look] ??= await this.#makeLook(look);
  }

  /**
   * How unlike pictures are. Differentiable. On webgpu nothing is read back, elsewhere the projections are read in between.
   *
   * @param pictures - [batch, side, side, channels].
   * @param look - Which directions, a prepared one; each picture is compared by itself.
   * @throws ConfigurationError for a look that was not prepared.
   */
  distance(pictures: tf.Tensor4D, look: number): tf.Scalar {
    const known = this.#looks[look];
    if (!known) {
      throw new ConfigurationError(
        `TextureLikeness: needed a look that is prepared, came ${look}, which is not. Await prepare(${look}) first.`,
      );
    }
    const { filters, sorted } = known;
    const levels = this.#pyramid.takeApart(pictures, this.#targets.length);
    const distances = levels.map((level, i) => {
      const offset = offsetOf(look, this.#stride(i));
      const seen = projectPatches(tf.div(level, this.#deviations[i]), filters, this.#places(i), offset);
      return tf.mean(tf.squaredDifference(seen, this.#goals(seen, i, sorted[i])));
    });
    return tf.div(tf.addN(distances), levels.length);
  }

  /** May be called twice. */
  dispose(): void {
    tf.dispose([...this.#targets, ...this.#deviations]);
    for (const look of this.#looks) if (look) tf.dispose([look.filters, ...look.sorted]);
    this.#pyramid.dispose();
    this.#looks.length = 0;
  }

  /** What each number of a level shall be: the target's of its rank. @param seen - [batch, places, places, directions]. */
  #goals(seen: tf.Tensor4D, level: number, sorted: tf.Tensor3D): tf.Tensor4D {
    if (areRanksOnGpu()) return placeOnGpu(seen, sorted);
    const values = seen.dataSync<"float32">();
    const list = sorted.dataSync<"float32">();
    const goals = new Float32Array(values.length);
    const size = values.length / seen.shape[0];
    for (let from = 0; from < values.length; from += size) {
      const part = (array: Float32Array): Float32Array => array.subarray(from, from + size);
      this.#ranks[level].place(part(values), this.#directions, list, part(goals));
    }
    return tf.tensor4d(goals, seen.shape);
  }

  /** Patches along each side of a level. */
  #places(level: number): number {
    return Math.min(this.#mostPlaces, this.#side >> level);
  }

  /** Pixels from one patch of a level to the next. */
  #stride(level: number): number {
    return (this.#side >> level) / this.#places(level);
  }

  /** Draws directions and sorts what the target shows along them, in as many numbers as a picture to come has. */
  async #makeLook(look: number): Promise<Look> {
    const filters = drawDirections(this.#channels, this.#directions, this.#random.fork(look));
    const projected = this.#targets.map((target, level) => {
      const [pictures, height] = target.shape;
      // All patches of fifty pictures would take seconds a look to sort, and more memory than a phone has to spare.
      const stride = pictures === 1 ? 1 : this.#stride(level);
      return tf.tidy(() => projectPatches(target, filters, height / stride, offsetOf(look, stride)));
    });
    const sorted: tf.Tensor3D[] = [];
    for (const [level, all] of projected.entries()) {
      const seen = await all.data<"float32">();
      const count = this.#places(level) ** 2;
      sorted.push(tf.tensor3d(quantiles(seen, this.#directions, count), [1, this.#directions, count]));
      all.dispose();
    }
    return { filters, sorted };
  }
}

interface Look {
  /** [7, 7, channels, directions]. */
  readonly filters: tf.Tensor4D;
  /** Of each level, ascending, [1, directions, places · places]. */
  readonly sorted: readonly tf.Tensor3D[];
}

/** Where the first patch lies, down and across: another place at each look. @param stride - Pixels from one to the next. */
const offsetOf = (look: number, stride: number): readonly number[] => [
  look % stride,
  Math.floor(look / stride) % stride,
];

function drawDirections(channels: number, directions: number, random: Random): tf.Tensor4D {
  const size = PATCH * PATCH * channels;
  const values = new Float32Array(size * directions);
  for (let direction = 0; direction < directions; direction++) {
    let square = 0;
    for (let i = 0; i < size; i++) {
      const value = random.normal();
      values[i * directions + direction] = value;
      square += value * value;
    }
    const scale = 1 / Math.sqrt(square);
    for (let i = 0; i < size; i++) values[i * directions + direction] *= scale;
  }
  return tf.tensor4d(values, [PATCH, PATCH, channels, directions]);
}

/** Each column sorted, in `count` evenly spaced steps; [columns, count]. */
function quantiles(values: Float32Array, columns: number, count: number): Float32Array {
  const rows = values.length / columns;
  const column = new Float32Array(rows);
  const result = new Float32Array(columns * count);
  for (let c = 0; c < columns; c++) {
    for (let row = 0; row < rows; row++) column[row] = values[row * columns + c];
    column.sort();
    for (let i = 0; i < count; i++) {
      const place = Math.min(rows - 1, Math.max(0, ((i + 0.5) * rows) / count - 0.5));
      const below = Math.floor(place);
      const above = Math.min(rows - 1, below + 1);
      result[c * count + i] = column[below] + (place - below) * (column[above] - column[below]);
    }
  }
  return result;
}

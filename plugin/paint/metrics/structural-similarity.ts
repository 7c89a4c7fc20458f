import { ConfigurationError } from "../../core/errors.ts";
import type { Picture } from "../picture.ts";
import { assertLeastSide, assertSameSize } from "./same-size.ts";

const WINDOW = 11;
const SIGMA = 1.5;
const K1 = 0.01;
const K2 = 0.03;
/** The weights of the scales, finest first: Wang, Simoncelli and Bovik 2003, section 3.2. */
const SCALE_WEIGHTS = [0.0448, 0.2856, 0.3001, 0.2363, 0.1333];
/** Below this side the coarsest of five scales is smaller than the window. */
const SIDE_OF_FIVE_SCALES = WINDOW * 16;
const SIDE_OF_THREE_SCALES = WINDOW * 4;

/** How `ssim` and `msSsim` measure. */
export interface SimilarityOptions {
  /** The distance from the darkest to the brightest possible value. Default 1. */
  readonly range?: number;
}

/** How `msSsim` measures. */
export interface MultiScaleOptions extends SimilarityOptions {
  /** How many scales, 1 to 5. Default 5, and 3 for pictures with a side below 176 pixels. */
  readonly scales?: number;
}

/**
 * How alike two pictures look, from −1 to 1 (equal): the mean structural similarity over pixels and channels.
 *
 * Wang et al. 2004, https://doi.org/10.1109/TIP.2003.819861, with their 11×11 Gaussian window (σ = 1.5), K₁ = 0.01 and
 * K₂ = 0.03, only where the whole window fits. Allocates a few planes of the picture's size.
 *
 * @throws ConfigurationError if the sizes differ, or a side is shorter than 11 pixels.
 */
export function ssim(a: Picture, b: Picture, { range = 1 }: SimilarityOptions = {}): number {
  assertSameSize("ssim", [a, b]);
  assertLeastSide("ssim", a, WINDOW);
  let sum = 0;
  for (let channel = 0; channel < a.channels; channel++)
    sum += similarity(plane(a, channel), plane(b, channel), range)[0];
  return sum / a.channels;
}

/**
 * How alike two pictures look at several scales at once, from 0 to 1 (equal), averaged over channels.
 *
 * Wang, Simoncelli and Bovik 2003, https://doi.org/10.1109/ACSSC.2003.1292216: the product of contrast-and-structure at
 * every scale and luminance at the coarsest, each to the power of its weight; between scales, means of 2×2 pixels. With
 * fewer than five scales the weights of the finest ones are scaled to sum 1. A negative factor counts as 0.
 *
 * @throws ConfigurationError if the sizes differ, `scales` is not 1 to 5, or a side is shorter than 11 · 2^(scales − 1)
 * pixels.
 */
export function msSsim(a: Picture, b: Picture, { range = 1, scales }: MultiScaleOptions = {}): number {
  assertSameSize("msSsim", [a, b]);
  const count = scales ?? (Math.min(a.height, a.width) < SIDE_OF_FIVE_SCALES ? 3 : 5);
  if (!Number.isInteger(count) || count < 1 || count > SCALE_WEIGHTS.length) {
    throw new ConfigurationError(
      `msSsim: scales must be 1, 2, 3, 4 or 5, got ${count}. Leave it out for the usual number.`,
    );
  }
  assertLeastSide("msSsim", a, scales === undefined ? SIDE_OF_THREE_SCALES : WINDOW << (count - 1));
  const weights = SCALE_WEIGHTS.slice(0, count);
  const whole = weights.reduce((sum, weight) => sum + weight);
  let sum = 0;
  for (let channel = 0; channel < a.channels; channel++) {
    let planeA = plane(a, channel);
    let planeB = plane(b, channel);
    let product = 1;
    for (let scale = 0; scale < count; scale++) {
      const [full, structure] = similarity(planeA, planeB, range);
      const factor = Math.max(0, scale === count - 1 ? full : structure);
      product *= Math.pow(factor, weights[scale] / whole);
      planeA = halved(planeA);
      planeB = halved(planeB);
    }
    sum += product;
  }
  return sum / a.channels;
}

interface Plane {
  readonly height: number;
  readonly width: number;
  readonly values: Float32Array;
}

function plane({ height, width, channels, pixels }: Picture, channel: number): Plane {
  const values = new Float32Array(height * width);
  for (let i = 0; i < values.length; i++) values[i] = pixels[i * channels + channel];
  return { height, width, values };
}

/** Means of 2×2 pixels; an odd last line is its own neighbour. */
function halved({ height, width, values }: Plane): Plane {
  const newHeight = Math.ceil(height / 2);
  const newWidth = Math.ceil(width / 2);
  const result = new Float32Array(newHeight * newWidth);
  for (let y = 0; y < newHeight; y++) {
    const row = 2 * y * width;
    const below = 2 * y + 1 < height ? row + width : row;
    for (let x = 0; x < newWidth; x++) {
      const left = 2 * x;
      const right = left + 1 < width ? left + 1 : left;
      result[y * newWidth + x] =
        (values[row + left] + values[row + right] + values[below + left] + values[below + right]) / 4;
    }
  }
  return { height: newHeight, width: newWidth, values: result };
}

/** The means of the whole similarity and of its contrast-and-structure part. */
function similarity(a: Plane, b: Plane, range: number): [whole: number, structure: number] {
  const count = a.values.length;
  const squares = new Float64Array(count);
  const products = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    squares[i] = a.values[i] * a.values[i] + b.values[i] * b.values[i];
    products[i] = a.values[i] * b.values[i];
  }
  const meanA = windowed(a, a.values);
  const meanB = windowed(b, b.values);
  const meanSquares = windowed(a, squares);
  const meanProducts = windowed(a, products);
  const c1 = (K1 * range) ** 2;
  const c2 = (K2 * range) ** 2;
  let whole = 0;
  let structure = 0;
  for (let i = 0; i < meanA.length; i++) {
    const product = meanA[i] * meanB[i];
    const square = meanA[i] * meanA[i] + meanB[i] * meanB[i];
    const part = (2 * (meanProducts[i] - product) + c2) / (meanSquares[i] - square + c2);
    structure += part;
    whole += (part * (2 * product + c1)) / (square + c1);
  }
  return [whole / meanA.length, structure / meanA.length];
}

const gaussian = ((): Float64Array => {
  const weights = Float64Array.from({ length: WINDOW }, (_, i) =>
    Math.exp(-((i - (WINDOW - 1) / 2) ** 2) / (2 * SIGMA ** 2)),
  );
  const sum = weights.reduce((total, weight) => total + weight);
  return weights.map((weight) => weight / sum);
})();

/**
 * Gaussian means where the whole window fits, `[height − 10, width − 10]`; in double precision, since variances are
 * differences.
 */
function windowed({ height, width }: Plane, values: Float32Array | Float64Array): Float64Array {
  const newHeight = height - WINDOW + 1;
  const newWidth = width - WINDOW + 1;
  const across = new Float64Array(height * newWidth);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < newWidth; x++) {
      let sum = 0;
      for (let k = 0; k < WINDOW; k++) sum += gaussian[k] * values[y * width + x + k];
      across[y * newWidth + x] = sum;
    }
  }
  const result = new Float64Array(newHeight * newWidth);
  for (let y = 0; y < newHeight; y++) {
    for (let k = 0; k < WINDOW; k++) {
      const weight = gaussian[k];
      const row = (y + k) * newWidth;
      for (let x = 0; x < newWidth; x++) result[y * newWidth + x] += weight * across[row + x];
    }
  }
  return result;
}

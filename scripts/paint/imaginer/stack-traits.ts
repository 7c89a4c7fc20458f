import { laplacianPyramid } from "../../../plugin/paint/metrics/laplacian-pyramid.ts";
import { picture, type Picture } from "../../../plugin/paint/picture.ts";

const STACK = 6;
/** Of values in order. */
const QUANTILES = [0.02, 0.1, 0.25, 0.5, 0.75, 0.9, 0.98];
/** Brightness, red against green, green against blue, height, roughness, metallic: each a mix of a stack's channels. */
const VIEWS: readonly (readonly number[])[] = [
  [0.3, 0.5, 0.2, 0, 0, 0],
  [1, -1, 0, 0, 0, 0],
  [0, 1, -1, 0, 0, 0],
  [0, 0, 0, 1, 0, 0],
  [0, 0, 0, 0, 1, 0],
  [0, 0, 0, 0, 0, 1],
];

/**
 * Numbers by which one can tell kinds of material and what has happened to them, wherever parts lie: of each view quantiles, and of each
 * scale how much it varies, how unevenly up and down, how far some of it stands out, and how much each two views vary together.
 *
 * Which statistics tell textures apart: Portilla and Simoncelli 2000, https://doi.org/10.1023/A:1026553619983, section 2.
 *
 * @param stack - sRGB, height, roughness and metallic, 6 channels; tiles.
 */
export function stackTraits(stack: Picture): Float32Array {
  const views = VIEWS.map((mix) => viewOf(stack, mix));
  const traits: number[] = [];
  for (const view of views) {
    const sorted = view.pixels.slice().sort();
    for (const quantile of QUANTILES) traits.push(sorted[Math.round(quantile * (sorted.length - 1))]);
  }
  const pyramids = views.map((view) => laplacianPyramid(view, "wrap"));
  for (let level = 0; level < pyramids[0].length; level++) {
    const scaled = pyramids.map((levels) => centred(levels[level].pixels));
    for (const { deviation, values } of scaled) traits.push(Math.log(deviation), moment(values, 3), moment(values, 4));
    for (const [at, one] of scaled.entries()) {
      for (const other of scaled.slice(at + 1)) traits.push(product(one.values, other.values));
    }
  }
  return Float32Array.from(traits);
}

function viewOf({ height, width, pixels }: Picture, mix: readonly number[]): Picture {
  const view = picture(height, width, 1);
  for (let i = 0; i < view.pixels.length; i++) {
    for (let c = 0; c < STACK; c++) view.pixels[i] += mix[c] * pixels[STACK * i + c];
  }
  return view;
}

/** Where nothing varies, nothing of what is left counts. */
const LEAST_DEVIATION = 1e-3;

interface Centred {
  /** Of the mean 0 and about the deviation 1. */
  readonly values: Float32Array;
  readonly deviation: number;
}

function centred(pixels: Float32Array): Centred {
  const mean = pixels.reduce((sum, value) => sum + value / pixels.length, 0);
  const variance = pixels.reduce((sum, value) => sum + (value - mean) ** 2 / pixels.length, 0);
  const deviation = Math.sqrt(variance + LEAST_DEVIATION ** 2);
  return { values: pixels.map((value) => (value - mean) / deviation), deviation };
}

/** The mean of a power, bent so that a few pixels do not count for all. */
function moment(values: Float32Array, power: number): number {
  return Math.cbrt(values.reduce((sum, value) => sum + value ** power / values.length, 0));
}

function product(one: Float32Array, other: Float32Array): number {
  return one.reduce((sum, value, i) => sum + (value * other[i]) / one.length, 0);
}

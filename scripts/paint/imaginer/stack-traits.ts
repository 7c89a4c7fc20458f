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
 * Numbers by which one can tell kinds of material and what has happened to them, wherever parts lie: of each view quantiles and how much
 * each scale varies, and how much each two views vary together.
 *
 * @param stack - sRGB, height, roughness and metallic, 6 channels; tiles.
 */
export function stackTraits(stack: Picture): Float32Array {
  const views = VIEWS.map((mix) => viewOf(stack, mix));
  const traits: number[] = [];
  for (const view of views) {
    const sorted = view.pixels.slice().sort();
    for (const quantile of QUANTILES) traits.push(sorted[Math.round(quantile * (sorted.length - 1))]);
    for (const level of laplacianPyramid(view, "wrap")) traits.push(deviation(level.pixels));
  }
  for (const [at, one] of views.entries()) {
    for (const other of views.slice(at + 1)) traits.push(covariance(one.pixels, other.pixels));
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

function deviation(values: Float32Array): number {
  return Math.sqrt(Math.max(0, covariance(values, values)));
}

function covariance(one: Float32Array, other: Float32Array): number {
  let [sum, otherSum, products] = [0, 0, 0];
  for (let i = 0; i < one.length; i++) {
    sum += one[i];
    otherSum += other[i];
    products += one[i] * other[i];
  }
  return products / one.length - (sum / one.length) * (otherSum / one.length);
}

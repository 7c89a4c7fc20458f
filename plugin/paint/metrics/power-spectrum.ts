import type { Picture } from "../picture.ts";
import { transformPlane } from "./fourier.ts";

/** What lies beyond a picture's edges: itself again, or nothing that is known. */
export type Edges = "wrap" | "cut";

/**
 * The power of every frequency of one channel, averaged over pictures of one size; white noise of variance v has v
 * everywhere.
 *
 * The mean is taken away first. With edges that are cut, a Hann window fades them out, since the jump between opposite
 * edges would else show as power along the axes; its loss is made up for.
 *
 * @returns `[height, width]`, frequency zero first.
 */
export function powerSpectrum(pictures: readonly Picture[], channel: number, edges: Edges): Float64Array {
  const { height, width, channels } = pictures[0];
  const power = new Float64Array(height * width);
  const rowWindow = windowOf(height, edges);
  const columnWindow = windowOf(width, edges);
  const real = new Float64Array(height * width);
  const imaginary = new Float64Array(height * width);
  for (const { pixels } of pictures) {
    let sum = 0;
    for (let i = 0; i < real.length; i++) sum += pixels[i * channels + channel];
    const mean = sum / real.length;
    for (let y = 0, i = 0; y < height; y++) {
      for (let x = 0; x < width; x++, i++) {
        real[i] = (pixels[i * channels + channel] - mean) * rowWindow[y] * columnWindow[x];
      }
    }
    imaginary.fill(0);
    transformPlane(real, imaginary, height, width);
    const scale = 1 / (real.length * pictures.length);
    for (let i = 0; i < power.length; i++) power[i] += (real[i] * real[i] + imaginary[i] * imaginary[i]) * scale;
  }
  return power;
}

/** Weights of one axis with mean square 1. */
function windowOf(length: number, edges: Edges): Float64Array {
  if (edges === "wrap") return new Float64Array(length).fill(1);
  const scale = Math.sqrt(8 / 3);
  return Float64Array.from({ length }, (_, i) => scale * Math.sin((Math.PI * (i + 0.5)) / length) ** 2);
}

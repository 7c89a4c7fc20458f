import { picture, type Picture } from "../picture.ts";
import type { Edges } from "./power-spectrum.ts";

/** The binomial weights of Burt and Adelson 1983, with a = 0.375. */
const KERNEL = [1 / 16, 4 / 16, 6 / 16, 4 / 16, 1 / 16] as const;

/**
 * Takes a picture apart by scale: each level holds what the next coarser one cannot show, and the last one what is
 * left.
 *
 * Burt and Adelson 1983, https://doi.org/10.1109/TCOM.1983.1095851. Expanding and adding up all levels gives the
 * picture back.
 *
 * @param leastSide - No level is smaller than this, unless the picture is. Default 16, as in Karras et al. 2018.
 * @returns Finest first; sides are halved and rounded up. With edges that wrap, sides should be even all the way down.
 */
export function laplacianPyramid(source: Picture, edges: Edges, leastSide = 16): Picture[] {
  const levels: Picture[] = [];
  let current = source;
  while (Math.min(current.height, current.width) >= 2 * leastSide) {
    const coarser = reduced(current, edges);
    const detail = expanded(coarser, current.height, current.width, edges);
    for (let i = 0; i < detail.pixels.length; i++) detail.pixels[i] = current.pixels[i] - detail.pixels[i];
    levels.push(detail);
    current = coarser;
  }
  levels.push(current);
  return levels;
}

/** The picture at half its size, without the frequencies that do not fit there. */
export function reduced(source: Picture, edges: Edges): Picture {
  const { height, width, channels, pixels } = source;
  const newHeight = Math.ceil(height / 2);
  const newWidth = Math.ceil(width / 2);
  const across = picture(height, newWidth, channels);
  const columns = neighbours(width, newWidth, edges);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < newWidth; x++) {
      for (let k = 0; k < 5; k++) {
        const from = (y * width + columns[x * 5 + k]) * channels;
        const to = (y * newWidth + x) * channels;
        for (let c = 0; c < channels; c++) across.pixels[to + c] += KERNEL[k] * pixels[from + c];
      }
    }
  }
  const result = picture(newHeight, newWidth, channels);
  const rows = neighbours(height, newHeight, edges);
  const row = newWidth * channels;
  for (let y = 0; y < newHeight; y++) {
    for (let k = 0; k < 5; k++) {
      const from = rows[y * 5 + k] * row;
      for (let i = 0; i < row; i++) result.pixels[y * row + i] += KERNEL[k] * across.pixels[from + i];
    }
  }
  return result;
}

/** The picture at about twice its size, smooth between its pixels. */
export function expanded(source: Picture, height: number, width: number, edges: Edges): Picture {
  const { channels, pixels } = source;
  const columns = parents(width, source.width, edges);
  const across = picture(source.height, width, channels);
  for (let y = 0; y < source.height; y++) {
    for (let x = 0; x < width; x++) {
      const to = (y * width + x) * channels;
      for (let k = 0; k < 3; k++) {
        const weight = parentWeight(x, k);
        const from = (y * source.width + columns[x * 3 + k]) * channels;
        for (let c = 0; c < channels; c++) across.pixels[to + c] += weight * pixels[from + c];
      }
    }
  }
  const rows = parents(height, source.height, edges);
  const result = picture(height, width, channels);
  const row = width * channels;
  for (let y = 0; y < height; y++) {
    for (let k = 0; k < 3; k++) {
      const weight = parentWeight(y, k);
      const from = rows[y * 3 + k] * row;
      for (let i = 0; i < row; i++) result.pixels[y * row + i] += weight * across.pixels[from + i];
    }
  }
  return result;
}

/** The five lines around every second line. */
function neighbours(length: number, newLength: number, edges: Edges): Int32Array {
  return Int32Array.from({ length: newLength * 5 }, (_, i) =>
    inside(2 * Math.floor(i / 5) + (i % 5) - 2, length, edges),
  );
}

/** The three coarse lines around every fine line; of the third, odd lines take nothing. */
function parents(length: number, coarse: number, edges: Edges): Int32Array {
  return Int32Array.from({ length: length * 3 }, (_, i) => {
    const line = Math.floor(i / 3);
    const first = line % 2 === 0 ? line / 2 - 1 : (line - 1) / 2;
    return inside(first + (i % 3), coarse, edges);
  });
}

function parentWeight(line: number, k: number): number {
  if (line % 2 === 0) return k === 1 ? 0.75 : 0.125;
  return k === 2 ? 0 : 0.5;
}

/** The line that stands for one beyond the edge: from the other side, or mirrored at the outermost line. */
function inside(line: number, length: number, edges: Edges): number {
  if (length === 1) return 0;
  if (edges === "wrap") return ((line % length) + length) % length;
  const period = 2 * length - 2;
  const folded = ((line % period) + period) % period;
  return folded < length ? folded : period - folded;
}

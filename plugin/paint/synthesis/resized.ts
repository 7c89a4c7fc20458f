import { picture, type Picture } from "../picture.ts";
import type { Edges } from "../metrics/power-spectrum.ts";

/**
 * The picture at another size.
 *
 * Smaller: Catmull and Rom's cubic, stretched, so that nothing aliases. Larger: the cubic B-spline, which is soft, but
 * equally soft everywhere; a sharp kernel is sharper at some places than at others, and synthesis would keep that as a
 * grid. `"sharp"` takes Catmull and Rom's all the same, for pictures that hardly grow.
 *
 * @returns A new picture, even if the size is the same.
 */
export function resized(
  source: Picture,
  height: number,
  width: number,
  edges: Edges,
  larger: "soft" | "sharp" = "soft",
): Picture {
  const { channels } = source;
  const rows = taps(source.height, height, edges, larger);
  const tall = new Float32Array(height * source.width * channels);
  const row = source.width * channels;
  for (let y = 0; y < height; y++) {
    for (const { line, weight } of rows[y]) {
      for (let i = 0; i < row; i++) tall[y * row + i] += weight * source.pixels[line * row + i];
    }
  }
  const columns = taps(source.width, width, edges, larger);
  const result = picture(height, width, channels);
  for (let x = 0; x < width; x++) {
    for (const { line, weight } of columns[x]) {
      for (let y = 0; y < height; y++) {
        const to = (y * width + x) * channels;
        const from = (y * source.width + line) * channels;
        for (let c = 0; c < channels; c++) result.pixels[to + c] += weight * tall[from + c];
      }
    }
  }
  return result;
}

interface Tap {
  readonly line: number;
  readonly weight: number;
}

/** From which old lines each new one is made. */
function taps(length: number, newLength: number, edges: Edges, larger: "soft" | "sharp"): Tap[][] {
  if (newLength === length) return Array.from({ length }, (_, line) => [{ line, weight: 1 }]);
  const ratio = length / newLength;
  const stretch = Math.max(1, ratio);
  const kernel = ratio > 1 || larger === "sharp" ? catmullRom : bSpline;
  return Array.from({ length: newLength }, (_, i) => {
    const centre = (i + 0.5) * ratio - 0.5;
    const found: Tap[] = [];
    let sum = 0;
    for (let line = Math.ceil(centre - 2 * stretch); line <= centre + 2 * stretch; line++) {
      const weight = kernel(Math.abs(line - centre) / stretch);
      sum += weight;
      found.push({ line: inside(line, length, edges), weight });
    }
    return found.map(({ line, weight }) => ({ line, weight: weight / sum }));
  });
}

function inside(line: number, length: number, edges: Edges): number {
  if (edges === "wrap") return ((line % length) + length) % length;
  return Math.min(length - 1, Math.max(0, line));
}

function catmullRom(distance: number): number {
  if (distance >= 2) return 0;
  if (distance >= 1) return ((-0.5 * distance + 2.5) * distance - 4) * distance + 2;
  return (1.5 * distance - 2.5) * distance * distance + 1;
}

function bSpline(distance: number): number {
  if (distance >= 2) return 0;
  if (distance >= 1) return (2 - distance) ** 3 / 6;
  return (4 - 6 * distance * distance + 3 * distance ** 3) / 6;
}

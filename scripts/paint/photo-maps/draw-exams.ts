import type { SurfaceMaps } from "../../../plugin/paint/maps/surface-maps.ts";
import { encodePng } from "../../../plugin/paint/png.ts";
import { renderPreview } from "../preview.ts";
import type { Exam } from "./score-maps.ts";

/** Pixels on each side of a picture. */
const SIDE = 160;
const COLUMNS = 5;

/** A row for each exam: photograph, true height, estimated height, true surface lit, estimated surface lit. A PNG. */
export function drawExams(rows: readonly { readonly exam: Exam; readonly maps: SurfaceMaps }[]): Uint8Array {
  const width = COLUMNS * SIDE;
  const pixels = new Uint8Array(width * rows.length * SIDE * 3);
  rows.forEach(({ exam: { photo, truth }, maps }, row) => {
    const columns = [
      Uint8Array.from(photo.pixels, (value) => Math.round(255 * value)),
      grey(truth.heights),
      grey(maps.heights),
      renderPreview(truth).pixels,
      renderPreview({ ...truth, ...maps }).pixels,
    ];
    columns.forEach((picture, column) => {
      for (let line = 0; line < SIDE; line++) {
        const from = picture.subarray(line * truth.width * 3, (line * truth.width + SIDE) * 3);
        pixels.set(from, ((row * SIDE + line) * width + column * SIDE) * 3);
      }
    });
  });
  return encodePng({ width, height: rows.length * SIDE, channels: 3, pixels });
}

/** Heights with their own darkest and lightest, [height, width, 3]. */
function grey(heights: Float32Array): Uint8Array {
  const sorted = heights.slice().sort();
  const low = sorted[Math.floor(0.01 * sorted.length)];
  const high = sorted[Math.floor(0.99 * sorted.length)];
  const bytes = new Uint8Array(3 * heights.length);
  heights.forEach((height, i) =>
    bytes.fill(255 * Math.min(1, Math.max(0, (height - low) / (high - low))), 3 * i, 3 * i + 3),
  );
  return bytes;
}

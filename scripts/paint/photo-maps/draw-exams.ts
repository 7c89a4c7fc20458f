import type { SurfaceMaps } from "../../../plugin/paint/maps/surface-maps.ts";
import { cropped, picture, type Picture } from "../../../plugin/paint/picture.ts";
import { blankSheet, encodeJpeg, place } from "../draw-sheet.ts";
import { renderPreview } from "../preview.ts";
import type { Exam } from "./score-maps.ts";

/** Pixels on each side of a picture. */
const SIDE = 160;
const COLUMNS = 5;

/** A row for each exam: photograph, true height, estimated height, true surface lit, estimated surface lit. A JPEG. */
export function drawExams(rows: readonly { readonly exam: Exam; readonly maps: SurfaceMaps }[]): Uint8Array {
  const sheet = blankSheet(COLUMNS * SIDE, rows.length * SIDE);
  rows.forEach(({ exam: { photo, truth }, maps }, row) => {
    const lit = (surface: SurfaceMaps): Picture => {
      const { width, height, pixels } = renderPreview(surface);
      return picture(
        height,
        width,
        3,
        Float32Array.from(pixels, (byte) => byte / 255),
      );
    };
    const heights = [truth, maps].map((surface) => picture(truth.height, truth.width, 1, stretched(surface.heights)));
    [photo, ...heights, lit(truth), lit({ ...truth, ...maps })].forEach((shown, column) =>
      place(sheet, cropped(shown, 0, 0, SIDE, SIDE), { top: row * SIDE, left: column * SIDE }),
    );
  });
  return encodeJpeg(sheet);
}

/** Heights with their own darkest and lightest as 0 and 1. */
function stretched(heights: Float32Array): Float32Array {
  const sorted = heights.slice().sort();
  const low = sorted[Math.floor(0.01 * sorted.length)];
  const high = sorted[Math.floor(0.99 * sorted.length)];
  return heights.map((height) => Math.min(1, Math.max(0, (height - low) / (high - low))));
}

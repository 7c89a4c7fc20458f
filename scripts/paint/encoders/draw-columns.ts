import { encodePng } from "../../../plugin/paint/png.ts";
import { cropped, type Picture } from "../../../plugin/paint/picture.ts";
import { blankSheet, place } from "../draw-sheet.ts";

/** Pixels on each side of what is shown of a picture, and between two. */
const SIDE = 128;
const GAP = 4;

/** A PNG file of pictures in rows; of each the middle 128 × 128 pixels are shown. */
export function drawColumns(rows: readonly (readonly Picture[])[]): Uint8Array {
  const pitch = SIDE + GAP;
  const sheet = blankSheet(Math.max(...rows.map(({ length }) => length)) * pitch - GAP, rows.length * pitch - GAP);
  rows.forEach((row, down) => {
    row.forEach((source, across) => {
      const [top, left] = [(source.height - SIDE) >> 1, (source.width - SIDE) >> 1];
      place(sheet, cropped(source, top, left, SIDE, SIDE), { top: down * pitch, left: across * pitch });
    });
  });
  const { width, height, pixels } = sheet;
  const opaque = Uint8Array.from({ length: width * height * 3 }, (_, i) => pixels[4 * Math.floor(i / 3) + (i % 3)]);
  return encodePng({ width, height, channels: 3, pixels: opaque });
}

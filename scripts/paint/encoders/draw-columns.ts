import { cropped, type Picture } from "../../../plugin/paint/picture.ts";
import { blankSheet, encodeJpeg, place } from "../draw-sheet.ts";

/** Pixels on each side of what is shown of a picture, and between two. */
const SIDE = 128;
const GAP = 4;

/** Grain shall look as it is. */
const QUALITY = 90;

/** A JPEG file of pictures in rows; of each the middle 128 × 128 pixels are shown. */
export function drawColumns(rows: readonly (readonly Picture[])[]): Uint8Array {
  const pitch = SIDE + GAP;
  const sheet = blankSheet(Math.max(...rows.map(({ length }) => length)) * pitch - GAP, rows.length * pitch - GAP);
  rows.forEach((row, down) => {
    row.forEach((source, across) => {
      const [top, left] = [(source.height - SIDE) >> 1, (source.width - SIDE) >> 1];
      place(sheet, cropped(source, top, left, SIDE, SIDE), { top: down * pitch, left: across * pitch });
    });
  });
  return encodeJpeg(sheet, QUALITY);
}

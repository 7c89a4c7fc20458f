import { encodePng } from "../../../plugin/paint/png.ts";
import { onGround, SPRITE_SIDE, type Sprite } from "../../../plugin/paint/sprites/sprite.ts";
import { blankSheet, place } from "../draw-sheet.ts";

/** Pixels of the sheet for one of a sprite. */
const ZOOM = 2;
/** Of a sprite and the space around it. */
const PITCH = (SPRITE_SIDE + 2) * ZOOM;
/** What shines through, and lies between. */
const GROUND = 0.62;

/** A PNG file of sprites in rows from left to right; rows may differ in length, and null leaves a place empty. */
export function drawRows(rows: readonly (readonly (Sprite | null)[])[]): Uint8Array {
  const columns = Math.max(...rows.map(({ length }) => length));
  const sheet = blankSheet(columns * PITCH, rows.length * PITCH);
  rows.forEach((row, down) => {
    row.forEach((sprite, right) => {
      if (sprite) place(sheet, onGround(sprite, GROUND), { top: down * PITCH, left: right * PITCH, zoom: ZOOM });
    });
  });
  const { width, height, pixels } = sheet;
  return encodePng({ width, height, channels: 4, pixels });
}

import type { PaintPreview, Picture } from "../../paint.ts";
import { picturePixels } from "./picture-pixels.ts";

/** Pixels on each side: sharp at 48 on screens of double density. */
const SIDE = 96;

const faces = new WeakMap<Picture, PaintPreview>();

/** A picture's middle, small; made once for each picture. Null where there is none. */
export function pictureFace(picture: Picture | undefined): PaintPreview | null {
  if (!picture) return null;
  let face = faces.get(picture);
  if (!face) {
    face = { width: SIDE, height: SIDE, pixels: picturePixels(picture, SIDE, SIDE) };
    faces.set(picture, face);
  }
  return face;
}

import { srgbBytes } from "../../../plugin/paint/maps/srgb.ts";
import { proceduralMaterial } from "../../../plugin/paint/materials/procedural-material.ts";
import { picture, type Picture } from "../../../plugin/paint/picture.ts";

/** Pixels on each side of the pictures that species learn from and are measured against. */
export const PICTURE_SIDE = 128;

/** The colours of a class of material with its default attributes, as a picture: sRGB, and tiling. */
export function materialPicture(material: string, seed: number, side = PICTURE_SIDE): Picture {
  const { albedo } = proceduralMaterial(material, { seed, size: side });
  return picture(
    side,
    side,
    3,
    Float32Array.from(srgbBytes(albedo), (byte) => byte / 255),
  );
}

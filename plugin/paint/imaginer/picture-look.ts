import { scaledPicture } from "../generators/fit-picture.ts";
import type { Picture } from "../picture.ts";
import type { Imaginer } from "./imaginer.ts";
import type { TextureCode } from "./texture-code.ts";

/** Longer pictures are made smaller before their code is taken: codes are learned at 128 pixels a tile. */
const LONGEST = 256;
/** An imaginer looks at no less. */
const LEAST = 16;

/** The code of a picture of any size. @param source - sRGB, [height, width, 3]. */
export function lookAtPicture(imaginer: Imaginer, source: Picture): Promise<TextureCode> {
  const shrink = Math.min(1, LONGEST / Math.max(source.width, source.height));
  const side = (pixels: number): number => Math.max(LEAST, Math.round(pixels * shrink));
  return imaginer.encode(scaledPicture(source, { width: side(source.width), height: side(source.height) }));
}

import { breathe } from "../../core/breathe.ts";
import { UnsupportedError } from "../../core/errors.ts";
import { sha256 } from "../../core/sha-256.ts";
import type { Picture } from "../picture.ts";

/** Numbers that are rounded in one go; less than 1 ms, so that a page's frame survives it. */
const SLICE = 1 << 16;

/**
 * SHA-256 of a picture's size and pixels as 64 hex digits: two pictures have the same hash if they look the same to 16 bits a
 * channel. Rests while it counts, so it can be called on a page.
 *
 * @param picture - Values in [0, 1].
 * @throws UnsupportedError where there is no `crypto.subtle`: on pages that come neither by https nor from localhost.
 */
export async function pictureHash(picture: Picture): Promise<string> {
  const { height, width, channels, pixels } = picture;
  // Every engine that this runs on is little-endian: WebAssembly's memory is, too.
  const bytes = new ArrayBuffer(12 + 2 * pixels.length);
  new Uint32Array(bytes, 0, 3).set([height, width, channels]);
  const words = new Uint16Array(bytes, 12);
  for (let start = 0; start < pixels.length; start += SLICE) {
    if (start > 0) await breathe();
    const end = Math.min(pixels.length, start + SLICE);
    for (let i = start; i < end; i++) words[i] = pixels[i] * 65535 + 0.5; // rounds; quick even before it is compiled
  }
  const hash = await sha256(bytes);
  if (hash !== null) return hash;
  throw new UnsupportedError(
    "pictureHash: needed the browser's cryptography, came a page without it. Serve the page by https or from localhost.",
  );
}

/**
 * The picture in steps of 1 / 65535, which is what its hash tells and what files keep: so that the picture that comes back from
 * a file is the one that was painted from. Pictures of 8 or 16 bits stay as they are. A new picture.
 */
export function storablePicture(picture: Picture): Picture {
  return { ...picture, pixels: picture.pixels.map((value) => Math.round(value * 65535) / 65535) };
}

import { breathe } from "../../core/breathe.ts";
import { ConfigurationError } from "../../core/errors.ts";
import { picture, type Picture } from "../picture.ts";
import { encodePng, type PngPicture } from "../png.ts";

/** Numbers that are rounded in one go; less than 1 ms. */
const PORTION = 1 << 16;

/**
 * A picture as PNG that gives the same numbers back: 8 bits where they suffice, else 16.
 *
 * @param source - 1 to 4 channels, in [0, 1].
 * @throws ConfigurationError for more channels.
 */
export function encodePicture({ width, height, channels, pixels }: Picture): Uint8Array<ArrayBuffer> {
  if (channels > 4) {
    throw new ConfigurationError(
      `encodePicture: needed at most 4 channels, came ${channels}. Save them as several pictures.`,
    );
  }
  return encodePng({ width, height, channels, pixels: wholePixels(pixels) });
}

/** Bytes where all values are multiples of 1 / 255, else words. */
export function wholePixels(values: Float32Array): Uint8Array<ArrayBuffer> | Uint16Array<ArrayBuffer> {
  const bytes = new Uint8Array(values.length);
  let isByte = true;
  for (let i = 0; i < values.length && isByte; i++) {
    const byte = (values[i] * 255 + 0.5) | 0;
    bytes[i] = byte;
    isByte = ((values[i] * 65535 + 0.5) | 0) === byte * 257;
  }
  if (isByte) return bytes;
  return Uint16Array.from(values, (value) => Math.round(value * 65535));
}

/** The same in portions, so that a page's frames survive it. */
export async function wholePixelsInPortions(
  values: Float32Array,
): Promise<Uint8Array<ArrayBuffer> | Uint16Array<ArrayBuffer>> {
  const portions: (Uint8Array | Uint16Array)[] = [];
  for (let start = 0; start < values.length; start += PORTION) {
    if (start > 0) await breathe();
    portions.push(wholePixels(values.subarray(start, start + PORTION)));
  }
  const areBytes = portions.every((portion) => portion instanceof Uint8Array);
  const whole = areBytes ? new Uint8Array(values.length) : new Uint16Array(values.length);
  for (const [index, portion] of portions.entries()) {
    const isByte = portion instanceof Uint8Array;
    whole.set(isByte && !areBytes ? Uint16Array.from(portion, (byte) => byte * 257) : portion, index * PORTION);
  }
  return whole;
}

/** What `wholePixels` was made from, to a 16-bit step. A new array. */
export function unitPixels(pixels: Uint8Array | Uint16Array): Float32Array<ArrayBuffer> {
  const most = pixels instanceof Uint16Array ? 65535 : 255;
  return Float32Array.from(pixels, (value) => value / most);
}

/** The picture in a PNG. */
export function pictureOfPng({ width, height, channels, pixels }: PngPicture): Picture {
  return picture(height, width, channels, unitPixels(pixels));
}

import { clamp01, power2point4, root2point4 } from "../noise/curves.ts";

/**
 * Linear light of an sRGB value, both in [0, 1].
 *
 * IEC 61966-2-1:1999. The same number in every JavaScript engine.
 */
export function linearFromSrgb(value: number): number {
  const v = clamp01(value);
  return v <= 0.04045 ? v / 12.92 : power2point4((v + 0.055) / 1.055);
}

/** The sRGB value of linear light, both in [0, 1]: undoes `linearFromSrgb`. */
export function srgbFromLinear(value: number): number {
  const v = clamp01(value);
  return v <= 0.0031308 ? v * 12.92 : 1.055 * root2point4(v) - 0.055;
}

/** A colour in linear light: red, green, blue, each in [0, 1]. */
export type Rgb = readonly [red: number, green: number, blue: number];

/** The linear colour of an sRGB hex number such as `0xa0522d`. */
export function rgbFromHex(hex: number): Rgb {
  return [BYTE_TO_LINEAR[(hex >>> 16) & 255], BYTE_TO_LINEAR[(hex >>> 8) & 255], BYTE_TO_LINEAR[hex & 255]];
}

const BYTE_TO_LINEAR = Float32Array.from({ length: 256 }, (_, byte) => linearFromSrgb(byte / 255));

/** Where the sRGB byte grows by one, in linear light: 255 thresholds. */
const BYTE_LIMITS = Float64Array.from({ length: 255 }, (_, byte) => linearFromSrgb((byte + 0.5) / 255));

/** Where to begin looking in `BYTE_LIMITS`, by linear value × 4095. */
const FIRST_BYTES = Uint8Array.from({ length: 4096 }, (_, step) => searchByte(step / 4095));

function searchByte(value: number): number {
  let low = 0;
  let high = 255;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (BYTE_LIMITS[middle] <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Linear floats as sRGB bytes, for files and 8-bit textures. Same length and order; returns a new array. */
export function srgbBytes(linear: Float32Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(linear.length);
  for (let i = 0; i < linear.length; i++) {
    const value = clamp01(linear[i]);
    let byte = FIRST_BYTES[(value * 4095) | 0];
    while (byte < 255 && BYTE_LIMITS[byte] <= value) byte++;
    bytes[i] = byte;
  }
  return bytes;
}

/** sRGB bytes as linear floats. Same length and order; returns a new array. */
export function linearFromSrgbBytes(bytes: Uint8Array | Uint8ClampedArray): Float32Array<ArrayBuffer> {
  const linear = new Float32Array(bytes.length);
  for (let i = 0; i < bytes.length; i++) linear[i] = BYTE_TO_LINEAR[bytes[i]];
  return linear;
}

import { encode } from "jpeg-js";
import { encodePng } from "../../../plugin/paint/png.ts";

const latin = (text: string): number[] => Array.from(text, (letter) => letter.charCodeAt(0));
const long = (value: number): number[] => [value & 255, (value >>> 8) & 255, (value >>> 16) & 255, value >>> 24];
const bigLong = (value: number): number[] => long(value).reverse();
const word = (value: number): number[] => [value & 255, value >>> 8];

/** A PNG with one colour; `transparent` makes its left half so. */
export function png(width: number, height: number, transparent = false): Uint8Array<ArrayBuffer> {
  const channels = transparent ? 4 : 3;
  const pixels = new Uint8Array(width * height * channels).fill(204);
  for (let i = 0; transparent && i < width * height; i++) pixels[4 * i + 3] = i % width < width / 2 ? 0 : 255;
  return encodePng({ width, height, channels, pixels });
}

/** The head of a PNG of any size and no pixels. */
export function pngHead(width: number, height: number): Uint8Array<ArrayBuffer> {
  const file = png(1, 1);
  file.set([...bigLong(width), ...bigLong(height)], 16);
  return file;
}

/** A PNG that says, before its pixels, how many frames it has. */
export function animatedPng(frames: number): Uint8Array<ArrayBuffer> {
  const file = png(20, 18);
  const chunk = [...bigLong(8), ...latin("acTL"), ...bigLong(frames), ...bigLong(0), ...bigLong(0)];
  return Uint8Array.from([...file.subarray(0, 33), ...chunk, ...file.subarray(33)]);
}

/** A JPEG; `orientation` as Exif counts it, written after another segment as cameras do. */
export function jpeg(
  width: number,
  height: number,
  orientation = 0,
  little = true,
  grey: (column: number) => number = () => 128,
): Uint8Array<ArrayBuffer> {
  const data = Uint8Array.from({ length: width * height * 4 }, (_, i) => grey(Math.floor(i / 4) % width));
  const file = Uint8Array.from(encode({ width, height, data }, 80).data);
  if (orientation === 0) return file;
  const number = (value: number): number[] => (little ? word(value) : word(value).reverse());
  const offset = little ? long(8) : bigLong(8);
  const count = little ? long(1) : bigLong(1);
  const entry = [...number(0x0112), ...number(3), ...count, ...number(orientation), 0, 0];
  const tiff = [...latin(little ? "II" : "MM"), ...number(42), ...offset, ...number(1), ...entry, 0, 0, 0, 0];
  const exif = [...latin("Exif\0\0"), ...tiff];
  const segment = [0xff, 0xe1, 0, exif.length + 2, ...exif];
  return Uint8Array.from([...file.subarray(0, 2), ...segment, ...file.subarray(2)]);
}

/** A GIF with a palette of two colours and so many frames of one pixel. */
export function gif(width: number, height: number, frames: number): Uint8Array<ArrayBuffer> {
  const frame = [0x21, 0xf9, 4, 0, 0, 0, 0, 0, 0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0];
  const all = Array.from({ length: frames }, () => frame).flat();
  const palette = [0, 0, 0, 255, 255, 255];
  return Uint8Array.from([...latin("GIF89a"), ...word(width), ...word(height), 0x80, 0, 0, ...palette, ...all, 0x3b]);
}

function webp(kind: string, content: readonly number[]): Uint8Array<ArrayBuffer> {
  const chunk = [...latin(kind), ...long(content.length), ...content];
  return Uint8Array.from([
    ...latin("RIFF"),
    ...long(chunk.length + 4),
    ...latin("WEBP"),
    ...chunk,
    ...Array<number>(16).fill(0),
  ]);
}

/** Heads of the three kinds of WebP. */
export const webps = {
  lossy: (width: number, height: number) => webp("VP8 ", [0, 0, 0, 0x9d, 1, 0x2a, ...word(width), ...word(height)]),
  lossless: (width: number, height: number) => webp("VP8L", [0x2f, ...long((width - 1) | ((height - 1) << 14))]),
  extended: (width: number, height: number, animated: boolean) =>
    webp("VP8X", [animated ? 2 : 0, 0, 0, 0, ...long(width - 1).slice(0, 3), ...long(height - 1).slice(0, 3)]),
};

/** The head of a BMP, stored from the top if `height` is negative. */
export function bmp(width: number, height: number): Uint8Array<ArrayBuffer> {
  return Uint8Array.from([
    ...latin("BM"),
    ...Array<number>(12).fill(0),
    ...long(40),
    ...long(width),
    ...long(height >>> 0),
    0,
    0,
  ]);
}

/** The head of an AVIF with a thumbnail beside the picture. */
export function avif(width: number, height: number): Uint8Array<ArrayBuffer> {
  const size = (w: number, h: number): number[] => [
    ...bigLong(20),
    ...latin("ispe"),
    0,
    0,
    0,
    0,
    ...bigLong(w),
    ...bigLong(h),
  ];
  return Uint8Array.from([
    ...bigLong(24),
    ...latin("ftypavif"),
    ...Array<number>(12).fill(0),
    ...size(8, 8),
    ...size(width, height),
  ]);
}

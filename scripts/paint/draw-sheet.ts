import jpeg from "jpeg-js";
import type { Picture } from "../../plugin/paint/picture.ts";

/** A picture that others are put on: sRGB bytes with alpha, white at first. */
export interface Sheet {
  readonly width: number;
  readonly height: number;
  /** [height, width, 4]. */
  readonly pixels: Uint8Array;
}

export function blankSheet(width: number, height: number): Sheet {
  return { width, height, pixels: new Uint8Array(width * height * 4).fill(255) };
}

/** How a picture is put on a sheet. */
export interface Placing {
  readonly top: number;
  readonly left: number;
  /** How often it is repeated, each way. Default 1. */
  readonly tiles?: number;
  /** How many pixels of the sheet each of its pixels takes, each way. Default 1. */
  readonly zoom?: number;
}

/** Puts a picture with values in [0, 1], grey or coloured, on the sheet. What lies outside is cut off. */
export function place(sheet: Sheet, source: Picture, { top, left, tiles = 1, zoom = 1 }: Placing): void {
  const { height, width, channels, pixels } = source;
  for (let y = 0; y < height * tiles * zoom; y++) {
    for (let x = 0; x < width * tiles * zoom; x++) {
      if (top + y >= sheet.height || left + x >= sheet.width) continue;
      const from = ((Math.floor(y / zoom) % height) * width + (Math.floor(x / zoom) % width)) * channels;
      const to = ((top + y) * sheet.width + left + x) * 4;
      for (let c = 0; c < 3; c++) {
        const value = pixels[from + (channels < 3 ? 0 : c)];
        sheet.pixels[to + c] = Math.round(255 * Math.min(1, Math.max(0, value)));
      }
    }
  }
}

/** Three by five dots a digit, row by row from the top, the left dot highest. */
const DIGITS = [0o75557, 0o26227, 0o71747, 0o71317, 0o55711, 0o74717, 0o74757, 0o71122, 0o75757, 0o75717] as const;
const DOT = 2;

/** Writes a whole number in black on white. */
export function writeNumber(sheet: Sheet, value: number, { top, left }: Placing): void {
  const digits = Array.from(String(value), Number);
  const width = (digits.length * 4 + 1) * DOT;
  for (let y = 0; y < 7 * DOT; y++) {
    for (let x = 0; x < width; x++) {
      const row = Math.floor(y / DOT) - 1;
      const column = Math.floor(x / DOT) - 1;
      const glyph = DIGITS[digits[Math.min(digits.length - 1, Math.max(0, column >> 2))]];
      const isInside = row >= 0 && row < 5 && column >= 0 && (column & 3) < 3;
      const isDot = isInside && ((glyph >> (3 * (4 - row) + 2 - (column & 3))) & 1) === 1;
      const to = ((top + y) * sheet.width + left + x) * 4;
      sheet.pixels.fill(isDot ? 0 : 255, to, to + 3);
    }
  }
}

/** @param quality - 1 to 100. Default 82, at which grain and edges still look as they are. */
export function encodeJpeg(sheet: Sheet, quality = 82): Uint8Array {
  return jpeg.encode({ width: sheet.width, height: sheet.height, data: sheet.pixels }, quality).data;
}

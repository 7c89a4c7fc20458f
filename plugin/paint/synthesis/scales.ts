import { picture, type Picture } from "../picture.ts";
import { resized } from "./resized.ts";
import type { PuzzleSource } from "./puzzle.ts";

/** Below this side nothing can be recognised. */
const LEAST_SIDE = 48;

/** The shares of the whole size at which a synthesis is done, coarse to fine, each twice the one before. */
export function scalesOf(shortest: number): number[] {
  const scales = [1];
  while (shortest * scales[0] * 0.5 >= LEAST_SIDE) scales.unshift(scales[0] / 2);
  return scales;
}

/** A side at a scale. */
export function scaled(side: number, scale: number): number {
  return Math.max(1, Math.round(side * scale));
}

/** A source at a scale. */
export function scaledSource(source: PuzzleSource, scale: number): PuzzleSource {
  if (scale === 1) return source;
  const { picture: from, mask, guide, weight } = source;
  const height = scaled(from.height, scale);
  const width = scaled(from.width, scale);
  return {
    picture: resized(from, height, width, "cut"),
    mask: mask && shrunkMask(mask, from, height, width),
    guide: guide && resized(guide, height, width, "cut"),
    weight,
  };
}

/** 1 only where all pixels that a coarse one stands for are 1. */
export function shrunkMask(
  mask: Uint8Array,
  from: { readonly height: number; readonly width: number },
  height: number,
  width: number,
): Uint8Array {
  const result = new Uint8Array(height * width);
  for (let y = 0; y < height; y++) {
    const top = Math.floor((y * from.height) / height);
    const bottom = Math.ceil(((y + 1) * from.height) / height);
    for (let x = 0; x < width; x++) {
      const left = Math.floor((x * from.width) / width);
      const right = Math.ceil(((x + 1) * from.width) / width);
      let all = 1;
      for (let i = top; i < bottom; i++) for (let j = left; j < right; j++) all &= mask[i * from.width + j];
      result[y * width + x] = all;
    }
  }
  return result;
}

/** 1 where a plane is at least a half. */
export function asMask(plane: Picture | undefined): Uint8Array | undefined {
  return plane && Uint8Array.from(plane.pixels, (value) => (value >= 0.5 ? 1 : 0));
}

/** The picture with all values in [0, 1]; a new one. */
export function clipped({ height, width, channels, pixels }: Picture): Picture {
  const clip = (value: number): number => Math.min(1, Math.max(0, value));
  return picture(height, width, channels, pixels.map(clip));
}

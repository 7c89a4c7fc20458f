import type { Picture } from "../picture.ts";

/** Places of patches on a picture that wraps around: a regular grid, shifted. */
export interface PatchGrid {
  /** Side of a patch. */
  readonly size: number;
  /** Pixels from one patch to the next. */
  readonly stride: number;
  /** Patches in a column and in a row, so many that they reach all around. */
  readonly rows: number;
  readonly columns: number;
}

/** Where the grid begins: each from 0 to `stride` − 1. */
export interface GridShift {
  readonly down: number;
  readonly right: number;
}

/**
 * Copies patches number `first` and following out of a picture. Allocates nothing.
 *
 * @param into - `[count, size · size · channels]`
 */
export function gatherPatches(
  source: Picture,
  grid: PatchGrid,
  shift: GridShift,
  { first, count, into }: { first: number; count: number; into: Float32Array },
): void {
  const { height, width, channels, pixels } = source;
  const { size, stride, columns } = grid;
  let to = 0;
  for (let patch = first; patch < first + count; patch++) {
    const top = Math.floor(patch / columns) * stride + shift.down;
    const left = ((patch % columns) * stride + shift.right) % width;
    for (let y = 0; y < size; y++) {
      const row = ((top + y) % height) * width;
      for (let x = 0, column = left; x < size; x++, column++) {
        if (column === width) column = 0;
        const from = (row + column) * channels;
        for (let c = 0; c < channels; c++) into[to++] = pixels[from + c];
      }
    }
  }
}

/**
 * Adds patches number `first` and following to a picture, and counts how many have come upon each pixel. Allocates
 * nothing.
 *
 * @param from - `[count, size · size · channels]`
 * @param cover - `[height, width]`
 */
export function scatterPatches(
  onto: Picture,
  cover: Float32Array,
  grid: PatchGrid,
  shift: GridShift,
  { first, count, from }: { first: number; count: number; from: Float32Array },
): void {
  const { height, width, channels, pixels } = onto;
  const { size, stride, columns } = grid;
  let next = 0;
  for (let patch = first; patch < first + count; patch++) {
    const top = Math.floor(patch / columns) * stride + shift.down;
    const left = ((patch % columns) * stride + shift.right) % width;
    for (let y = 0; y < size; y++) {
      const row = ((top + y) % height) * width;
      for (let x = 0, column = left; x < size; x++, column++) {
        if (column === width) column = 0;
        cover[row + column] += 1;
        const to = (row + column) * channels;
        for (let c = 0; c < channels; c++) pixels[to + c] += from[next++];
      }
    }
  }
}

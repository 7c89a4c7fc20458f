import type { Random } from "../../../plugin/core/random.ts";
import type { AlbumPhoto } from "./photo-album.ts";
import { turned } from "./material-shelf.ts";

/** Which part of a photograph is seen, and how it is laid down. */
export interface AlbumPart {
  /** Pixels on each side of what is seen, and pixels of the photograph to one of these, on each side. */
  readonly size: number;
  readonly step: number;
  /** Which of the eight ways to lay it down, see `Cut`. */
  readonly way: number;
  /** Its top left corner in the photograph, which goes on at the other side. */
  readonly top: number;
  readonly left: number;
}

/** Any part of a photograph, laid down in any way. @param far - How often it is looked at from twice as far. */
export function someAlbumPart(side: number, size: number, far: number, random: Random): AlbumPart {
  const step = random.uniform() < far && 2 * size <= side ? 2 : 1;
  return { size, step, way: random.integer(8), top: random.integer(side), left: random.integer(side) };
}

/**
 * The mean of what lies at each pixel of a part, channel by channel.
 *
 * @param values - Of the whole photograph, [side, side, channels].
 * @param worth - What each of these counts as.
 * @param to - [size, size, channels]; what is seen is added to it.
 */
export function addAlbumPart(
  values: Uint8Array | Uint16Array,
  { side, channels }: { readonly side: number; readonly channels: number },
  { size, step, way, top, left }: AlbumPart,
  worth: (value: number) => number,
  to: Float32Array,
): void {
  const weight = 1 / (step * step);
  for (let row = 0, at = 0; row < size; row++) {
    for (let column = 0; column < size; column++, at += channels) {
      const [across, down] = turned(column, row, size, way);
      for (let y = 0; y < step; y++) {
        const line = ((top + down * step + y) % side) * side;
        for (let x = 0; x < step; x++) {
          const from = channels * (line + ((left + across * step + x) % side));
          for (let c = 0; c < channels; c++) to[at + c] += weight * worth(values[from + c]);
        }
      }
    }
  }
}

/** The light of a photograph that is laid down in another way. */
export function turnedLean([right, up]: AlbumPhoto["lean"], way: number): [right: number, up: number] {
  const [x, y] = turned(0, 0, 2, way);
  const along = (column: number, row: number): number => {
    const [across, down] = turned(column, row, 2, way);
    return (across - x) * right - (down - y) * up;
  };
  return [along(1, 0), -along(0, 1)];
}

/** How much darker linear light is at a pixel of a picture with dark corners. @param vignette - At the corners, in [0, 1). */
export function vignetteFactor(row: number, column: number, size: number, vignette: number): number {
  const down = (2 * row + 1) / size - 1;
  const across = (2 * column + 1) / size - 1;
  return 1 - (vignette * (down * down + across * across)) / 2;
}

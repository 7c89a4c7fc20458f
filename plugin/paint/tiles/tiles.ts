import type { Rectangle } from "./window.ts";

/** Pixels that are worked on in one piece: some 300 MB while it lasts. */
const MOST_IN_ONE = 640 * 640;
/** Pixels on each side of a tile; a multiple of every network's stride. */
const TILE = 384;

/** The whole picture where it is small, else tiles that cover it. */
export function tilesOf(height: number, width: number): Rectangle[] {
  if (height * width <= MOST_IN_ONE) return [{ top: 0, left: 0, height, width }];
  const tiles: Rectangle[] = [];
  for (let top = 0; top < height; top += TILE) {
    for (let left = 0; left < width; left += TILE) {
      tiles.push({ top, left, height: Math.min(TILE, height - top), width: Math.min(TILE, width - left) });
    }
  }
  return tiles;
}

/** How a network goes over pictures. */
export interface TileReach {
  /** Sides that it is given must be multiples of it. */
  readonly stride: number;
  /** Pixels around a tile so that its borders see enough of their surroundings; a multiple of the stride. */
  readonly margin: number;
}

/** A tile with its surroundings, in whole strides; none where the picture itself will do. */
export function windowOf(
  { stride, margin }: TileReach,
  picture: { readonly height: number; readonly width: number },
  tile: Rectangle,
): Rectangle | null {
  const isWhole = tile.height === picture.height && tile.width === picture.width;
  if (isWhole && tile.height % stride === 0 && tile.width % stride === 0) return null;
  const around = (length: number): number => Math.ceil(length / stride) * stride + 2 * margin;
  return {
    top: tile.top - margin,
    left: tile.left - margin,
    height: around(tile.height),
    width: around(tile.width),
  };
}

/** Where in its window a tile lies, in whole strides. */
export function placeInWindow(tile: Rectangle, window: Rectangle, stride: number): Rectangle {
  const whole = (length: number): number => Math.max(1, Math.round(length / stride)) * stride;
  return {
    top: tile.top - window.top,
    left: tile.left - window.left,
    height: whole(tile.height),
    width: whole(tile.width),
  };
}

/** Puts a tile's numbers into those of the whole picture, `width` pixels wide. */
export function copyTile(from: Float32Array, to: Float32Array, tile: Rectangle, width: number): void {
  const channels = from.length / (tile.height * tile.width);
  const line = tile.width * channels;
  for (let row = 0; row < tile.height; row++) {
    to.set(from.subarray(row * line, (row + 1) * line), ((tile.top + row) * width + tile.left) * channels);
  }
}

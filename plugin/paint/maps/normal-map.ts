import { wrap } from "../noise/grid.ts";

/** A height map with its size and its meaning. `MaterialMaps` is one. */
export interface HeightMap {
  /** Columns, in pixels. */
  readonly width: number;
  /** Rows, in pixels. */
  readonly height: number;
  /** [height, width], in [0, 1]. */
  readonly heights: Float32Array;
  /** What a height of 1 means, in shorter sides of the tile. */
  readonly relief: number;
}

/** Which way green points: "opengl" has y up (Babylon.js's default, glTF), "directx" has y down. */
export type NormalConvention = "opengl" | "directx";

/**
 * The surface's direction at each pixel, sampled across the borders, so it tiles as its heights do.
 *
 * Scharr's derivative filter (3, 10, 3), which is nearly alike in all directions. Rolling the heights rolls the result
 * exactly.
 *
 * @param convention - Default "opengl".
 * @returns Unit vectors [height, width, 3] with components in [-1, 1]; z points out of the surface.
 */
export function normalVectors(map: HeightMap, convention: NormalConvention = "opengl"): Float32Array<ArrayBuffer> {
  const { width, height, heights, relief } = map;
  const normals = new Float32Array(width * height * 3);
  // Rise in pixels for a height of 1, over the filter's weight: 2 · (3 + 10 + 3) pixels.
  const rise = (relief * Math.min(width, height)) / 32;
  const up = convention === "opengl" ? 1 : -1;
  for (let row = 0, at = 0; row < height; row++) {
    const above = wrap(row - 1, height) * width;
    const here = row * width;
    const below = wrap(row + 1, height) * width;
    for (let column = 0; column < width; column++, at += 3) {
      const left = column === 0 ? width - 1 : column - 1;
      const right = column === width - 1 ? 0 : column + 1;
      const acrossRise =
        3 * (heights[above + right] - heights[above + left]) +
        10 * (heights[here + right] - heights[here + left]) +
        3 * (heights[below + right] - heights[below + left]);
      const downRise =
        3 * (heights[below + left] - heights[above + left]) +
        10 * (heights[below + column] - heights[above + column]) +
        3 * (heights[below + right] - heights[above + right]);
      const x = -acrossRise * rise;
      const y = downRise * rise * up;
      const length = Math.sqrt(x * x + y * y + 1);
      normals[at] = x / length;
      normals[at + 1] = y / length;
      normals[at + 2] = 1 / length;
    }
  }
  return normals;
}

/** Normals as bytes for a texture, [height, width, 3]: -1 is 0, 0 is 128, 1 is 255. */
export function normalBytes(normals: Float32Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(normals.length);
  for (let i = 0; i < normals.length; i++) bytes[i] = Math.round(127.5 + 127.5 * normals[i]);
  return bytes;
}

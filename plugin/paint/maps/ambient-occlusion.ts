import { cosineOfTurns, sineOfTurns } from "../noise/curves.ts";
import { wrap } from "../noise/grid.ts";
import type { HeightMap } from "./normal-map.ts";

/** How occlusion is measured. */
export interface OcclusionOptions {
  /** Directions that are looked into, at least 1. Default 12. */
  readonly directions?: number;
  /** How far is looked, in shorter sides of the tile. Default 0.12. */
  readonly reach?: number;
  /** Points looked at in each direction, closer together near by. Default 8. */
  readonly steps?: number;
}

/**
 * How much of the sky each pixel sees past its surroundings, which go on behind the borders.
 *
 * Horizon angles as in Bavoil & Sainz 2008, "Image-space horizon-based ambient occlusion": with the horizon at angle h
 * above the plane, a cosine-weighted sky lights 1 − sin²h of that direction. Rolling the heights rolls the result exactly.
 *
 * @returns A new map [height, width]: 1 is open, 0 is shut.
 */
export function ambientOcclusion(map: HeightMap, options: OcclusionOptions = {}): Float32Array<ArrayBuffer> {
  const { width, height, heights } = map;
  const relief = map.relief * Math.min(width, height);
  const result = new Float32Array(width * height);
  const fan = horizonOffsets(width, height, options);
  for (const ways of fan) {
    const lengths = ways.map(([x, y]) => Math.sqrt(x * x + y * y));
    const columns = ways.map(([x]) => Int32Array.from({ length: width }, (_, column) => wrap(column + x, width)));

    // The steepest horizon in that direction.
    for (let row = 0, pixel = 0; row < height; row++) {
      const rows = ways.map(([, y]) => wrap(row + y, height) * width);
      for (let column = 0; column < width; column++, pixel++) {
        let steepest = 0;
        for (let way = 0; way < rows.length; way++) {
          const rise = (heights[rows[way] + columns[way][column]] - heights[pixel]) / lengths[way];
          if (rise > steepest) steepest = rise;
        }
        const slope = steepest * relief;
        result[pixel] += 1 / (1 + slope * slope); // 1 − sin²(atan(slope))
      }
    }
  }
  for (let i = 0; i < result.length; i++) result[i] /= fan.length;
  return result;
}

/**
 * Where occlusion looks from each pixel: for each direction the whole-pixel offsets along it, right and down, each only once.
 */
export function horizonOffsets(
  width: number,
  height: number,
  options: OcclusionOptions = {},
): (readonly [right: number, down: number])[][] {
  const { directions = 12, reach = 0.12, steps = 8 } = options;
  const farthest = Math.max(1, reach * Math.min(width, height));
  return Array.from({ length: directions }, (_, direction) => {
    const turns = (direction + 0.5) / directions;
    const offsets = new Map<string, readonly [number, number]>();
    for (let step = 1; step <= steps; step++) {
      const share = step / steps;
      const distance = 1 + (farthest - 1) * share * share;
      const x = Math.round(cosineOfTurns(turns) * distance);
      const y = Math.round(sineOfTurns(turns) * distance);
      if (x !== 0 || y !== 0) offsets.set(`${x} ${y}`, [x, y]);
    }
    return [...offsets.values()];
  });
}

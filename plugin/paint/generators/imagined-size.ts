import type { SurfaceMaps } from "../maps/surface-maps.ts";
import { clamp01 } from "../noise/curves.ts";
import { picture } from "../picture.ts";
import { resized } from "../synthesis/resized.ts";

/** A size in pixels. */
interface Size {
  readonly width: number;
  readonly height: number;
}

/** What an imaginer draws: sides that are multiples of it, and none that is longer. */
const STRIDE = 16;
const MOST_DRAWN = 2048;

/**
 * The size in which an imaginer draws what is wanted in another: the next multiples of 16 pixels; of a size with a side above 2048, those of the
 * same shape with this as its longer side.
 */
export function drawnSize({ width, height }: Size): Size {
  const longest = Math.max(width, height);
  const side = (pixels: number): number =>
    STRIDE * Math.ceil(Math.min(pixels, (pixels * MOST_DRAWN) / longest) / STRIDE);
  return { width: side(width), height: side(height) };
}

/** Maps at another size, each value held in [0, 1]: what tiles goes on tiling. Themselves if they have that size. */
export function mapsInSize(maps: SurfaceMaps, { width, height }: Size): SurfaceMaps {
  if (maps.width === width && maps.height === height) return maps;
  const scaled = (pixels: Float32Array, channels: number): Float32Array =>
    resized(picture(maps.height, maps.width, channels, pixels), height, width, "wrap", "sharp").pixels.map(clamp01);
  return {
    ...{ width, height, relief: maps.relief },
    albedo: scaled(maps.albedo, 3),
    heights: scaled(maps.heights, 1),
    roughness: scaled(maps.roughness, 1),
    metallic: scaled(maps.metallic, 1),
  };
}

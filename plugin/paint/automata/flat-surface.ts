import { linearFromSrgb } from "../maps/srgb.ts";
import type { SurfaceMaps } from "../maps/surface-maps.ts";
import type { Picture } from "../picture.ts";

/** Most things that grow or crumble shine little. */
const ROUGHNESS = 0.85;

/** A picture's colours as a surface without relief or metal. @param source - sRGB, [height, width, 3]. */
export function flatSurface({ width, height, pixels }: Picture): SurfaceMaps {
  const count = width * height;
  return {
    width,
    height,
    albedo: pixels.map(linearFromSrgb),
    heights: new Float32Array(count).fill(0.5),
    relief: 0,
    roughness: new Float32Array(count).fill(ROUGHNESS),
    metallic: new Float32Array(count),
  };
}

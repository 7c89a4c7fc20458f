import { bakeImages, type BakedImages } from "../../../plugin/paint/maps/bake.ts";
import type { SurfaceMaps } from "../../../plugin/paint/maps/surface-maps.ts";

/** A grey, rough square with one dome in its middle, half as wide as the tile. */
export function domeMaps(size: number): SurfaceMaps {
  const heights = new Float32Array(size * size);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const x = (column + 0.5) / size - 0.5;
      const y = (row + 0.5) / size - 0.5;
      heights[row * size + column] = Math.sqrt(Math.max(0, 1 - (x * x + y * y) / 0.0625));
    }
  }
  return plainMaps(size, size, { heights, relief: 0.12 });
}

/** A grey square with a red one in its middle, a third as wide, that stands out by 0.15 of the tile. */
export function blockMaps(size: number): SurfaceMaps {
  const albedo = new Float32Array(size * size * 3).fill(0.5);
  const heights = new Float32Array(size * size);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      if (Math.max(Math.abs(column + 0.5 - size / 2), Math.abs(row + 0.5 - size / 2)) > size / 6) continue;
      const pixel = row * size + column;
      heights[pixel] = 1;
      albedo.set([0.9, 0, 0], 3 * pixel);
    }
  }
  return plainMaps(size, size, { albedo, heights, relief: 0.15 });
}

/** One colour in each quarter: red above left, green above right, blue below left, grey below right. */
export function quarterMaps(width: number, height: number): SurfaceMaps {
  const albedo = new Float32Array(width * height * 3);
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const quarter = (row < height / 2 ? 0 : 2) + (column < width / 2 ? 0 : 1);
      const at = 3 * (row * width + column);
      if (quarter < 3) albedo[at + quarter] = 0.8;
      else albedo.fill(0.5, at, at + 3);
    }
  }
  return plainMaps(width, height, { albedo });
}

/** A flat, grey, rough surface with something else about it. */
export function plainMaps(width: number, height: number, other: Partial<SurfaceMaps>): SurfaceMaps {
  const pixels = width * height;
  return {
    width,
    height,
    albedo: new Float32Array(pixels * 3).fill(0.5),
    heights: new Float32Array(pixels),
    relief: 0.05,
    roughness: new Float32Array(pixels).fill(0.9),
    metallic: new Float32Array(pixels),
    ...other,
  };
}

/** All of them as pictures. */
export const blockImages = (size: number): BakedImages => bakeImages(blockMaps(size));
export const domeImages = (size: number): BakedImages => bakeImages(domeMaps(size));
export const quarterImages = (width: number, height: number): BakedImages => bakeImages(quarterMaps(width, height));

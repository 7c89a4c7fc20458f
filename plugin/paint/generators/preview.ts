import { srgbBytes } from "../maps/srgb.ts";
import type { SurfaceMaps } from "../maps/surface-maps.ts";
import type { Picture } from "../picture.ts";
import type { PaintPreview } from "../texture-generator.ts";

/** What a surface's colour looks like. */
export function surfacePreview({ width, height, albedo }: SurfaceMaps): PaintPreview {
  const colours = srgbBytes(albedo);
  const pixels = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let from = 0, to = 0; from < colours.length; from += 3, to += 4) {
    pixels[to] = colours[from];
    pixels[to + 1] = colours[from + 1];
    pixels[to + 2] = colours[from + 2];
  }
  return { width, height, pixels };
}

/** What the first three channels of a picture look like: sRGB values in [0, 1]. */
export function picturePreview({ width, height, channels, pixels: values }: Picture): PaintPreview {
  const pixels = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let from = 0, to = 0; from < values.length; from += channels, to += 4) {
    pixels[to] = values[from] * 255;
    pixels[to + 1] = values[from + 1] * 255;
    pixels[to + 2] = values[from + 2] * 255;
  }
  return { width, height, pixels };
}

import { srgbFromLinear } from "../maps/srgb.ts";
import type { SurfaceMaps } from "../maps/surface-maps.ts";
import { picture, type Picture } from "../picture.ts";

const STACK = 6;

/** What codes are made of: the colours of maps in sRGB, [height, width, 3]. */
export function stackColours({ width, height, albedo }: SurfaceMaps): Picture {
  return picture(height, width, 3, albedo.map(srgbFromLinear));
}

/** What is drawn from codes: sRGB, height, roughness and metallic, [height, width, 6]. */
export function stackPicture({ width, height, albedo, heights, roughness, metallic }: SurfaceMaps): Picture {
  const stack = picture(height, width, STACK);
  for (let i = 0; i < width * height; i++) {
    for (let c = 0; c < 3; c++) stack.pixels[STACK * i + c] = srgbFromLinear(albedo[3 * i + c]);
    stack.pixels[STACK * i + 3] = heights[i];
    stack.pixels[STACK * i + 4] = roughness[i];
    stack.pixels[STACK * i + 5] = metallic[i];
  }
  return stack;
}

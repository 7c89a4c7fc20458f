import type { Picture } from "../picture.ts";

/** Pixels on each side of a sprite. */
export const SPRITE_SIDE = 32;
/** Red, green, blue and opacity. */
export const SPRITE_CHANNELS = 4;

/**
 * A picture of 32 × 32 pixels with red, green, blue and opacity, all in [0, 1]: sRGB, and each colour times the opacity, so that networks
 * and averages need not care for colours that nobody sees.
 */
export type Sprite = Picture;

/** The bytes of a sprite for a canvas' `ImageData`, a PNG file or a texture, [32, 32, 4]: colours are not times the opacity. */
export function spriteBytes({ pixels }: Sprite): Uint8ClampedArray<ArrayBuffer> {
  const bytes = new Uint8ClampedArray(pixels.length);
  for (let at = 0; at < pixels.length; at += SPRITE_CHANNELS) {
    const alpha = pixels[at + 3];
    for (let c = 0; c < 3; c++) bytes[at + c] = alpha > 0 ? (255 * pixels[at + c]) / alpha : 0;
    bytes[at + 3] = 255 * alpha;
  }
  return bytes;
}

/** The sprite on an even ground, as a picture of three channels: what a person sees, and what the metrics compare. */
export function onGround({ height, width, pixels }: Sprite, ground = 0.5): Picture {
  const seen = new Float32Array(height * width * 3);
  for (let pixel = 0; pixel < height * width; pixel++) {
    const through = (1 - pixels[pixel * SPRITE_CHANNELS + 3]) * ground;
    for (let c = 0; c < 3; c++) seen[pixel * 3 + c] = pixels[pixel * SPRITE_CHANNELS + c] + through;
  }
  return { height, width, channels: 3, pixels: seen };
}

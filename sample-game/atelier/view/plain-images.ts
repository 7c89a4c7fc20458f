import type { BakedImages } from "../../../plugin/paint.ts";

/** A dull surface of 8 × 8 pixels. @param grey - From 0 to 255. */
export function plainImages(grey: number): BakedImages {
  const size = 8;
  const fill = (...pixel: number[]): Uint8Array<ArrayBuffer> => {
    const bytes = new Uint8Array(size * size * 4);
    for (let i = 0; i < bytes.length; i++) bytes[i] = pixel[i % 4];
    return bytes;
  };
  return {
    width: size,
    height: size,
    relief: 0.01,
    albedo: fill(grey, grey, grey + 6, 255),
    normal: fill(128, 128, 255, 255),
    orm: fill(255, 210, 0, 255),
    heights: new Uint16Array(size * size),
  };
}

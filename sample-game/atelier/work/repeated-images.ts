import type { BakedImages } from "../../../plugin/paint.ts";

/** A tile's images laid side by side: a small draft then shows its parts as large as the full tile will. */
export function repeatedImages(images: BakedImages, times: number): BakedImages {
  if (times <= 1) return images;
  const { width, height } = images;
  const laid = <T extends Uint8Array | Uint16Array>(from: T, channels: number): T => {
    const row = width * channels;
    const to = new (from.constructor as new (length: number) => T)(from.length * times * times);
    for (let y = 0; y < height * times; y++) {
      const source = from.subarray((y % height) * row, ((y % height) + 1) * row);
      for (let x = 0; x < times; x++) to.set(source, (y * times + x) * row);
    }
    return to;
  };
  return {
    ...images,
    width: width * times,
    height: height * times,
    relief: images.relief / times,
    albedo: laid(images.albedo, 4),
    normal: laid(images.normal, 4),
    orm: laid(images.orm, 4),
    heights: laid(images.heights, 1),
  };
}

import { ConfigurationError } from "../../core/errors.ts";
import type { BakedImages } from "../../paint/maps/bake.ts";
import { picture } from "../../paint/picture.ts";
import { resized } from "../../paint/synthesis/resized.ts";

/**
 * Which part of a material a texture shows. `"albedo"` is colour in sRGB; the others are linear: `"normal"` is an OpenGL normal
 * map with the heights in its alpha, `"orm"` holds occlusion, roughness and metallic in red, green and blue.
 */
export type TextureChannel = "albedo" | "normal" | "orm";

/** In the order in which they are uploaded. */
export const TEXTURE_CHANNELS: readonly TextureChannel[] = ["albedo", "normal", "orm"];

/** A picture as a texture holds it. */
export interface TextureImage {
  /** Columns, in pixels. */
  readonly width: number;
  /** Rows, in pixels. */
  readonly height: number;
  /** Red, green, blue, alpha, [height, width, 4], the highest row first. */
  readonly pixels: Uint8Array;
}

/** A colour as bytes: red, green, blue, alpha. */
export type Rgba = readonly [red: number, green: number, blue: number, alpha: number];

/** What a texture shows while there is nothing to see: mid grey, a flat surface, rough and no metal. */
export const BLANK: Readonly<Record<TextureChannel, Rgba>> = {
  albedo: [128, 128, 128, 255],
  normal: [128, 128, 255, 128],
  orm: [255, 204, 0, 255],
};

/** One channel of a baked material. Shares its memory, but for the normals, which get the heights as their alpha. */
export function channelImage(images: BakedImages, channel: TextureChannel): TextureImage {
  const { width, height } = images;
  if (channel !== "normal") return { width, height, pixels: images[channel] };
  const pixels = images.normal.slice();
  for (let i = 0; i < images.heights.length; i++) pixels[4 * i + 3] = Math.round(images.heights[i] / 257);
  return { width, height, pixels };
}

/** @throws ConfigurationError unless there are 4 bytes for each pixel. */
export function assertTextureImage(who: string, { width, height, pixels }: TextureImage): void {
  const isSize = Number.isInteger(width) && Number.isInteger(height) && width > 0 && height > 0;
  if (isSize && pixels.length === 4 * width * height) return;
  throw new ConfigurationError(
    `${who}: needed ${width} × ${height} pixels of 4 bytes, came ${pixels.length} bytes. Give red, green, blue and alpha of every pixel.`,
  );
}

/** One pixel in one colour. */
export function plainImage(colour: Rgba): TextureImage {
  return { width: 1, height: 1, pixels: Uint8Array.from(colour) };
}

/** The colour that a picture has from far away. */
export function meanColour({ pixels }: TextureImage): Rgba {
  const sums = [0, 0, 0, 0];
  for (let i = 0; i < pixels.length; i += 4) for (let c = 0; c < 4; c++) sums[c] += pixels[i + c];
  const [red, green, blue, alpha] = sums.map((sum) => Math.round((4 * sum) / pixels.length));
  return [red, green, blue, alpha];
}

/** The picture at another size, going on behind its borders. A new picture. */
export function rescaledImage({ width, height, pixels }: TextureImage, size: TextureSize): TextureImage {
  const source = picture(height, width, 4, Float32Array.from(pixels));
  const scaled = resized(source, size.height, size.width, "wrap").pixels;
  return { width: size.width, height: size.height, pixels: Uint8Array.from(Uint8ClampedArray.from(scaled)) };
}

/** Columns and rows, in pixels. */
export interface TextureSize {
  readonly width: number;
  readonly height: number;
}

/** @throws ConfigurationError unless both sides are whole pixels that the GPU takes. */
export function textureSize(who: string, size: number | TextureSize, largest: number): TextureSize {
  const { width, height } = typeof size === "number" ? { width: size, height: size } : size;
  for (const side of [width, height]) {
    if (Number.isInteger(side) && side >= 1 && side <= largest) continue;
    throw new ConfigurationError(
      `${who}: needed sides of 1 to ${largest} whole pixels, came ${width} × ${height}. Choose such a size.`,
    );
  }
  return { width, height };
}

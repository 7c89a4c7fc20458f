import { Random } from "../../../plugin/core/random.ts";
import { srgbFromLinear } from "../../../plugin/paint/maps/srgb.ts";
import { proceduralMaterial } from "../../../plugin/paint/materials/procedural-material.ts";
import { picture, type Picture } from "../../../plugin/paint/picture.ts";
import { cutPair } from "./cut-pair.ts";

/** A crop of a material that does not tile, with all its maps from the same place. */
export interface MaterialCrop {
  /** sRGB, [side, side, 3]. */
  readonly colours: Picture;
  /** [side, side, 1] each. */
  readonly heights: Picture;
  readonly roughness: Picture;
  readonly metallic: Picture;
}

const CHANNELS = 6;

/** Cuts a square out of a larger material, through all its maps. */
export function materialCrop(name: string, seed: number, side: number): MaterialCrop {
  const size = { width: Math.round(1.6 * side), height: Math.round(1.6 * side) };
  const { albedo, heights, roughness, metallic } = proceduralMaterial(name, { seed, size });
  const stack = picture(size.height, size.width, CHANNELS);
  for (let pixel = 0; pixel < heights.length; pixel++) {
    for (let c = 0; c < 3; c++) stack.pixels[pixel * CHANNELS + c] = srgbFromLinear(albedo[3 * pixel + c]);
    stack.pixels.set([heights[pixel], roughness[pixel], metallic[pixel]], pixel * CHANNELS + 3);
  }
  const { source } = cutPair(stack, side, new Random(seed));
  return {
    colours: channelsOf(source, 0, 3),
    heights: channelsOf(source, 3, 1),
    roughness: channelsOf(source, 4, 1),
    metallic: channelsOf(source, 5, 1),
  };
}

/** Some neighbouring channels of a picture, as a new one. */
export function channelsOf(source: Picture, first: number, count: number): Picture {
  const { height, width, channels, pixels } = source;
  const result = picture(height, width, count);
  for (let pixel = 0; pixel < height * width; pixel++) {
    const from = pixel * channels + first;
    result.pixels.set(pixels.subarray(from, from + count), pixel * count);
  }
  return result;
}

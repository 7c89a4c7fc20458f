import type { BakedImages } from "../../../plugin/paint.ts";
import { createFace, setFace } from "./face.ts";

/** A single map of a material, or all of them under light. */
export type MapName = "material" | "albedo" | "normal" | "roughness" | "metallic" | "height" | "occlusion";

/** The maps, as the strip shows them. */
export const MAPS: readonly (readonly [MapName, string])[] = [
  ["material", "Lit"],
  ["albedo", "Albedo"],
  ["normal", "Normal"],
  ["roughness", "Rough"],
  ["metallic", "Metal"],
  ["height", "Height"],
  ["occlusion", "AO"],
];

/** Where the light of thumbnails comes from: the upper left. */
const LIGHT = [-0.5, 0.58, 0.64] as const;

/**
 * One map in any size, as sRGB bytes with alpha, [size, size, 4]: each pixel is the mean of up to four by four of the map's.
 * A full 512 × 512 map takes some milliseconds.
 */
export function mapPixels(
  images: BakedImages,
  map: MapName,
  width: number,
  height: number,
): Uint8ClampedArray<ArrayBuffer> {
  const pixels = new Uint8ClampedArray(width * height * 4);
  const colour = new Float32Array(3);
  const [stepX, stepY] = [images.width / width, images.height / height];
  const [countX, countY] = [Math.min(4, Math.ceil(stepX)), Math.min(4, Math.ceil(stepY))];
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += 4) {
      let [red, green, blue] = [0, 0, 0];
      for (let j = 0; j < countY; j++) {
        const row = Math.floor((y + (j + 0.5) / countY) * stepY) * images.width;
        for (let i = 0; i < countX; i++) {
          READ[map](images, row + Math.floor((x + (i + 0.5) / countX) * stepX), colour);
          red += colour[0];
          green += colour[1];
          blue += colour[2];
        }
      }
      const count = countX * countY;
      pixels[at] = red / count;
      pixels[at + 1] = green / count;
      pixels[at + 2] = blue / count;
      pixels[at + 3] = 255;
    }
  }
  return pixels;
}

type ReadPixel = (images: BakedImages, pixel: number, into: Float32Array) => void;

const READ: Readonly<Record<MapName, ReadPixel>> = {
  material({ albedo, normal, orm }, pixel, into) {
    const at = 4 * pixel;
    let facing = 0;
    for (let axis = 0; axis < 3; axis++) facing += (normal[at + axis] / 127.5 - 1) * LIGHT[axis];
    const shade = (0.42 + 0.9 * Math.max(0, facing)) * (0.35 + (0.65 * orm[at]) / 255);
    for (let part = 0; part < 3; part++) into[part] = albedo[at + part] * Math.sqrt(shade);
  },
  albedo({ albedo }, pixel, into) {
    for (let part = 0; part < 3; part++) into[part] = albedo[4 * pixel + part];
  },
  normal({ normal }, pixel, into) {
    for (let part = 0; part < 3; part++) into[part] = normal[4 * pixel + part];
  },
  roughness({ orm }, pixel, into) {
    into.fill(orm[4 * pixel + 1]);
  },
  metallic({ orm }, pixel, into) {
    into.fill(orm[4 * pixel + 2]);
  },
  height({ heights }, pixel, into) {
    into.fill(heights[pixel] / 257);
  },
  occlusion({ orm }, pixel, into) {
    into.fill(orm[4 * pixel]);
  },
};

/** Shows a map as a small picture; makes the picture when none is given. */
export function drawThumbnail(
  images: BakedImages,
  map: MapName,
  size: number,
  face: HTMLImageElement = createFace(),
): HTMLImageElement {
  setFace(face, mapPixels(images, map, size, size), size, size);
  return face;
}

/** One map at its own size, as bytes with alpha, rows from above. Colours and directions are those of the images, not copies. */
export function mapBytes(images: BakedImages, map: MapName): Uint8Array {
  if (map === "albedo") return images.albedo;
  if (map === "normal") return images.normal;
  const { orm, heights } = images;
  const bytes = new Uint8Array(orm.length);
  const channel = map === "roughness" ? 1 : map === "metallic" ? 2 : 0;
  for (let pixel = 0, at = 0; at < bytes.length; pixel++, at += 4) {
    const value = map === "height" ? heights[pixel] >>> 8 : orm[at + channel];
    bytes[at] = bytes[at + 1] = bytes[at + 2] = value;
    bytes[at + 3] = 255;
  }
  return bytes;
}

import { ambientOcclusion } from "./ambient-occlusion.ts";
import { type NormalConvention, normalVectors } from "./normal-map.ts";
import { srgbBytes } from "./srgb.ts";
import type { SurfaceMaps } from "./surface-maps.ts";

/** A material as pictures, ready for the GPU and for files. All of them tile if the maps do. */
export interface BakedImages {
  /** Columns, in pixels. */
  readonly width: number;
  /** Rows, in pixels. */
  readonly height: number;
  /** What a height of 1 means, in shorter sides of the tile. */
  readonly relief: number;
  /** Colour in sRGB, alpha 255, [height, width, 4]. */
  readonly albedo: Uint8Array<ArrayBuffer>;
  /** The surface's direction with y up (OpenGL, glTF, Babylon.js), alpha 255, [height, width, 4]; -1 is 0, 1 is 255. */
  readonly normal: Uint8Array<ArrayBuffer>;
  /** Red is occlusion, green roughness, blue metallic; linear, alpha 255, [height, width, 4]. */
  readonly orm: Uint8Array<ArrayBuffer>;
  /** [height, width]; 65535 is a height of 1. */
  readonly heights: Uint16Array<ArrayBuffer>;
}

/**
 * Turns maps into pictures: colours to sRGB, heights to normals and occlusion, everything to whole numbers.
 *
 * Computes in the shadow of no frame: call it in a worker. Allocates the four pictures and about as much again.
 */
export function bakeImages(maps: SurfaceMaps): BakedImages {
  const { width, height, relief, roughness, metallic } = maps;
  const colours = srgbBytes(maps.albedo);
  const occlusion = ambientOcclusion(maps);
  const pixels = width * height;
  const albedo = new Uint8Array(pixels * 4);
  const orm = new Uint8Array(pixels * 4);
  const heights = new Uint16Array(pixels);
  for (let i = 0, from = 0, to = 0; i < pixels; i++, from += 3, to += 4) {
    albedo[to] = colours[from];
    albedo[to + 1] = colours[from + 1];
    albedo[to + 2] = colours[from + 2];
    albedo[to + 3] = 255;
    orm[to] = wholeNumber(occlusion[i], 255);
    orm[to + 1] = wholeNumber(roughness[i], 255);
    orm[to + 2] = wholeNumber(metallic[i], 255);
    orm[to + 3] = 255;
    heights[i] = wholeNumber(maps.heights[i], 65535);
  }
  return { width, height, relief, albedo, normal: normalPixels(normalVectors(maps)), orm, heights };
}

/** The same normals for the other convention: green turned over. A new picture. */
export function normalsFor(normal: Uint8Array, convention: NormalConvention): Uint8Array<ArrayBuffer> {
  const pixels = Uint8Array.from(normal);
  if (convention === "directx") for (let i = 1; i < pixels.length; i += 4) pixels[i] = 255 - pixels[i];
  return pixels;
}

function normalPixels(normals: Float32Array): Uint8Array<ArrayBuffer> {
  const pixels = new Uint8Array((normals.length / 3) * 4);
  for (let from = 0, to = 0; from < normals.length; from += 3, to += 4) {
    pixels[to] = Math.round(127.5 + 127.5 * normals[from]);
    pixels[to + 1] = Math.round(127.5 + 127.5 * normals[from + 1]);
    pixels[to + 2] = Math.round(127.5 + 127.5 * normals[from + 2]);
    pixels[to + 3] = 255;
  }
  return pixels;
}

function wholeNumber(value: number, most: number): number {
  return Math.round((value < 0 ? 0 : value > 1 ? 1 : value) * most);
}

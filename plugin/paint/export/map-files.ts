import { ConfigurationError, TextureFileError } from "../../core/errors.ts";
import { normalsFor } from "../maps/bake.ts";
import type { NormalConvention } from "../maps/normal-map.ts";
import type { PaintedMaterial } from "../painter/paint-request.ts";
import { decodePng, encodePng } from "../png.ts";
import type { TextureRecipe } from "../recipe.ts";
import { readRecipe } from "../recipes/read-recipe.ts";
import { isPngBounded } from "./png-bounds.ts";

/** The maps that a material is saved as. */
export type MapName = "albedo" | "normal" | "orm" | "height" | "occlusion" | "roughness" | "metallic";

/** In the order in which they are listed. */
export const MAP_NAMES: readonly MapName[] = [
  "albedo",
  "normal",
  "orm",
  "height",
  "occlusion",
  "roughness",
  "metallic",
];

/** The keyword of the recipe in a PNG's text. */
const KEYWORD = "babylon-neural-texture";

/** What to save, and how. */
export interface MapFileOptions {
  /** Which way green points in the normal map. Default `"opengl"`, as in glTF, Babylon.js, Unity; Unreal wants `"directx"`. */
  readonly normals?: NormalConvention;
}

/**
 * One map as a PNG file, with the recipe in its text: albedo in sRGB, all others linear; heights in 16 bits, grey.
 *
 * Takes about 0.1 s for 512 × 512 pixels; on a page, ask the `Painter`.
 *
 * @throws ConfigurationError for an unknown map.
 */
export function encodeMap(
  { recipe, images }: Pick<PaintedMaterial, "recipe" | "images">,
  map: MapName,
  { normals = "opengl" }: MapFileOptions = {},
): Uint8Array<ArrayBuffer> {
  const { width, height } = images;
  const text = { [KEYWORD]: asciiJson(recipe) };
  const colours = (pixels: Uint8Array): Uint8Array<ArrayBuffer> =>
    encodePng({ width, height, channels: 3, pixels: withoutAlpha(pixels), text });
  const grey = (pixels: Uint8Array | Uint16Array): Uint8Array<ArrayBuffer> =>
    encodePng({ width, height, channels: 1, pixels, text });
  switch (map) {
    case "albedo":
      return colours(images.albedo);
    case "normal":
      return colours(normalsFor(images.normal, normals));
    case "orm":
      return colours(images.orm);
    case "height":
      return grey(images.heights);
    case "occlusion":
      return grey(everyFourth(images.orm, 0));
    case "roughness":
      return grey(everyFourth(images.orm, 1));
    case "metallic":
      return grey(everyFourth(images.orm, 2));
    default:
      throw new ConfigurationError(
        `encodeMap: needed one of ${MAP_NAMES.join(", ")}, came "${String(map)}". Choose one of these maps.`,
      );
  }
}

/**
 * The recipe in a map's file.
 *
 * @throws TextureFileError when there is none; ConfigurationError when it is no PNG or damaged.
 */
export function recipeOfPng(file: Uint8Array): TextureRecipe {
  if (!isPngBounded(file)) {
    throw new TextureFileError(
      "recipeOfPng: needed a PNG as large as it says, came one that unpacks to more. Get it again.",
    );
  }
  const text = decodePng(file).text ?? {};
  if (!Object.hasOwn(text, KEYWORD)) {
    throw new TextureFileError("recipeOfPng: needed a map with its recipe, came a PNG without. Open the zip instead.");
  }
  return readRecipe(text[KEYWORD]);
}

/** JSON that any encoding leaves alone. */
export function asciiJson(value: unknown, indent = 0): string {
  return JSON.stringify(value, null, indent).replace(
    /[\u0080-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

function withoutAlpha(pixels: Uint8Array): Uint8Array {
  const colours = new Uint8Array((pixels.length / 4) * 3);
  for (let from = 0, to = 0; from < pixels.length; from += 4, to += 3) {
    colours[to] = pixels[from];
    colours[to + 1] = pixels[from + 1];
    colours[to + 2] = pixels[from + 2];
  }
  return colours;
}

function everyFourth(pixels: Uint8Array, first: number): Uint8Array {
  const channel = new Uint8Array(pixels.length / 4);
  for (let i = 0; i < channel.length; i++) channel[i] = pixels[4 * i + first];
  return channel;
}

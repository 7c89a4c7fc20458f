import { strToU8, zipSync, type Zippable } from "fflate";
import { assertFit, assertPictures } from "../painter/paint-here.ts";
import type { PaintedMaterial } from "../painter/paint-request.ts";
import type { OrderPicture } from "../texture-generator.ts";
import { asciiJson, encodeMap, MAP_NAMES, type MapFileOptions } from "./map-files.ts";
import { encodePicture } from "./picture-file.ts";

/** What goes into a zip besides the maps. */
export interface ZipOptions extends MapFileOptions {
  /** The pictures that the recipe names, in its order: with them in it, the zip can be painted again. Default none. */
  readonly pictures?: readonly Pick<OrderPicture, "picture">[];
  /** The bytes of what the imaginer had learned, where the recipe names that. Default none. */
  readonly fit?: Uint8Array;
}

/** How a zip describes its material; `material.json`. */
export interface MaterialNote {
  readonly format: "babylon-neural-material";
  readonly version: 1;
  /** What a height of 1 means, in shorter sides of the tile. */
  readonly relief: number;
  readonly normals: "opengl" | "directx";
}

/** Where what the imaginer had learned lies in a zip. */
export const FIT_NAME = "fit.bnw";

/** The earliest that a zip can say, by its own clock: the same bytes today and tomorrow. */
const NEVER = new Date(1980, 0, 1);

/**
 * Packs a material into a zip: all maps as PNG, the recipe, the pictures that it was painted from, what the imaginer had learned for it, and
 * a text on how to use them.
 * The same material gives the same bytes.
 *
 * Takes about half a second for 512 × 512 pixels; on a page, ask the `Painter`.
 *
 * @throws TextureFileError when the pictures or the fit are not those of the recipe.
 */
export async function exportZip(
  painted: Pick<PaintedMaterial, "recipe" | "images">,
  options: ZipOptions = {},
): Promise<Uint8Array<ArrayBuffer>> {
  const { recipe, images } = painted;
  const { normals = "opengl", pictures = [], fit } = options;
  if (pictures.length > 0) await assertPictures(recipe, pictures);
  if (fit) await assertFit(recipe, fit);
  const note: MaterialNote = { format: "babylon-neural-material", version: 1, relief: images.relief, normals };
  const files: Zippable = {};
  for (const map of MAP_NAMES) files[`${map}.png`] = packed(encodeMap(painted, map, { normals }));
  files["recipe.json"] = strToU8(asciiJson(recipe, 2));
  files["material.json"] = strToU8(asciiJson(note, 2));
  pictures.forEach(({ picture }, i) => (files[pictureName(i)] = packed(encodePicture(picture))));
  if (fit) files[FIT_NAME] = fit;
  files["README.txt"] = strToU8(readme(note, images, fit !== undefined));
  return zipSync(files, { mtime: NEVER, level: 9 });
}

/** Where the picture with that place in the recipe lies in a zip. */
export function pictureName(index: number): string {
  return `pictures/${index + 1}.png`;
}

/** PNG is compressed already. */
function packed(file: Uint8Array): [Uint8Array, { level: 0 }] {
  return [file, { level: 0 }];
}

function readme(
  { relief, normals }: MaterialNote,
  { width, height }: PaintedMaterial["images"],
  hasFit: boolean,
): string {
  const green = normals === "opengl" ? "OpenGL, green points up" : "DirectX, green points down";
  return [
    `A seamless material of ${width} x ${height} pixels, made with babylon-neural.`,
    "",
    "albedo.png     colour, sRGB",
    `normal.png     surface direction (${green}), linear`,
    "orm.png        red occlusion, green roughness, blue metallic, linear",
    `height.png     16 bits, linear; white lies ${Number(relief.toPrecision(3))} tile sides above black`,
    "occlusion.png, roughness.png, metallic.png: the channels of orm.png",
    "recipe.json    makes the same pixels again, from the pictures in pictures/ if there are any",
    ...(hasFit ? [`${FIT_NAME}        what a network has learned; recipe.json needs it`] : []),
    "",
    "Babylon.js  importZip and materialFromImages of babylon-neural, or by hand: PBRMaterial with albedoTexture, bumpTexture,",
    "            metallicTexture = orm.png, useRoughnessFromMetallicTextureGreen, useMetallnessFromMetallicTextureBlue,",
    "            useAmbientOcclusionFromMetallicTextureRed; set invertNormalMapY for DirectX normals.",
    "glTF        baseColorTexture, normalTexture (OpenGL), metallicRoughnessTexture and occlusionTexture = orm.png.",
    "Unity       Base Map; Normal Map (OpenGL); untick sRGB for all but albedo; smoothness is 1 - roughness.",
    "Unreal      DirectX normals; untick sRGB for all but albedo; orm.png feeds occlusion, roughness and metallic.",
    "",
  ].join("\r\n");
}

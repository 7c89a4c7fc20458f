import { readdir } from "node:fs/promises";
import { basename, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Random } from "../../../plugin/core/random.ts";
import { srgbFromLinear } from "../../../plugin/paint/maps/srgb.ts";
import { MATERIAL_NAMES } from "../../../plugin/paint/materials/material-classes.ts";
import { proceduralMaterial } from "../../../plugin/paint/materials/procedural-material.ts";
import { picture, type Picture } from "../../../plugin/paint/picture.ts";
import { resized } from "../../../plugin/paint/synthesis/resized.ts";
import { cutPair, type CropPair } from "./cut-pair.ts";
import { isPhotograph, readPhotograph } from "./read-photograph.ts";

/** A texture to synthesise from: a class of procedural materials, or a photograph. */
export interface Texture {
  /** The class's name, or the file's without its ending. */
  readonly name: string;
  readonly kind: "procedural" | "photograph";
  /** The largest side of crops that come in pairs. */
  readonly mostSide: number;
  /**
   * Two crops that do not overlap, in sRGB. The first one does not tile. A seed gives other crops, of a procedural class
   * from another material.
   *
   * @param side - In pixels, at most `mostSide`.
   */
  pair(seed: number, side: number): CropPair;
  /** One picture alone, as large as asked for or as there is, in sRGB. */
  single(seed: number, side: number): Picture;
}

/** Small photographs that travel with the sources; their licences stand in the folder's README. */
export const FIXTURE_PICTURES = fileURLToPath(new URL("../../../tests/fixtures/textures", import.meta.url));

/** Of a material, in sides of the crop: so a crop holds most of a tile's features, and another one has place beside it. */
const MATERIAL_WIDTH = 2.25;
const MATERIAL_HEIGHT = 1.6;
/** A photograph's shorter side, in sides of the crop, beyond which it is made smaller: a crop shall show its features. */
const PHOTOGRAPH_SIDE = 2.25;
const LEAST_SIDE = 32;

/**
 * Every procedural class, then every photograph of a folder.
 *
 * @param folder - With JPEG and PNG files. Default the fixtures'.
 */
export async function textures(folder = FIXTURE_PICTURES): Promise<Texture[]> {
  const files = (await readdir(folder)).filter(isPhotograph).sort();
  const photographs = await Promise.all(files.map((file) => photograph(join(folder, file))));
  return [...MATERIAL_NAMES.map(proceduralTexture), ...photographs];
}

function proceduralTexture(name: string): Texture {
  const whole = (seed: number, side: number): Picture => {
    const size = { width: Math.round(MATERIAL_WIDTH * side), height: Math.round(MATERIAL_HEIGHT * side) };
    return albedoPicture(name, seed, size);
  };
  const pair = (seed: number, side: number): CropPair => cutPair(whole(seed, side), side, new Random(seed));
  return { name, kind: "procedural", mostSide: 1024, pair, single: (seed, side) => pair(seed, side).source };
}

/** What a camera that sees colours only would see of a material: sRGB, [height, width, 3]. */
export function albedoPicture(name: string, seed: number, size: { width: number; height: number }): Picture {
  const { albedo } = proceduralMaterial(name, { seed, size });
  return picture(size.height, size.width, 3, albedo.map(srgbFromLinear));
}

async function photograph(file: string): Promise<Texture> {
  const whole = await readPhotograph(file);
  const shorter = Math.min(whole.width, whole.height);
  const longer = Math.max(whole.width, whole.height);
  const mostSide = Math.min(shorter, Math.floor(longer / 2));
  if (mostSide < LEAST_SIDE) {
    throw new Error(
      `${file}: needed a photograph of at least ${LEAST_SIDE} × ${2 * LEAST_SIDE} pixels, came ${whole.width} × ${whole.height}. Leave it out.`,
    );
  }
  const fitting = (target: number): Picture => {
    if (shorter <= target) return whole;
    const scale = target / shorter;
    return resized(whole, Math.round(whole.height * scale), Math.round(whole.width * scale), "cut");
  };
  return {
    name: basename(file, extname(file)),
    kind: "photograph",
    mostSide,
    pair: (seed, side) => cutPair(fitting(Math.round(PHOTOGRAPH_SIDE * side)), side, new Random(seed)),
    single: (seed, side) => {
      const from = fitting(Math.round(PHOTOGRAPH_SIDE * side));
      const most = Math.min(from.width, from.height, side);
      return cutPair(from, most, new Random(seed)).source;
    },
  };
}

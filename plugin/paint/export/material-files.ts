import type { BakedImages } from "../maps/bake.ts";
import type { NormalConvention } from "../maps/normal-map.ts";
import type { Painter } from "../painter.ts";
import type { PictureBook } from "../pictures/picture-book.ts";
import type { TextureRecipe } from "../recipe.ts";
import type { OrderPicture } from "../texture-generator.ts";
import type { MapName } from "./map-files.ts";

/** A material with the name that people know it by. */
export interface NamedMaterial {
  readonly name: string;
  readonly recipe: TextureRecipe;
  readonly images: BakedImages;
  /** The bytes of what the imaginer had learned, where the recipe names that and it is at hand. */
  readonly fit?: Uint8Array;
}

/** A file to save. */
export interface MaterialFile {
  readonly name: string;
  /** Its media type. */
  readonly type: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

const LONGEST_NAME = 60;

/** All maps of a material with its recipe and, where they are at hand, the pictures that it was painted from and what was learned for it. */
export async function zipFile(
  { name, recipe, images, fit }: NamedMaterial,
  painter: Pick<Painter, "exportZip">,
  book: PictureBook,
  normals: NormalConvention = "opengl",
): Promise<MaterialFile> {
  const pictures = await picturesOf(recipe, book);
  const parts = { ...(pictures ? { pictures } : {}), ...(fit ? { fit } : {}) };
  const bytes = await painter.exportZip({ recipe, images }, { normals, ...parts });
  const ending = normals === "directx" ? "-directx" : "";
  return { name: `${fileNameOf(name, recipe.seed)}${ending}.zip`, type: "application/zip", bytes };
}

/** One map as a PNG with the recipe in it; heights in 16 bits. */
export async function mapFile(
  { name, recipe, images }: NamedMaterial,
  painter: Pick<Painter, "encodeMap">,
  map: MapName,
): Promise<MaterialFile> {
  const bytes = await painter.encodeMap({ recipe, images }, map);
  return { name: `${fileNameOf(name, recipe.seed)}-${map}.png`, type: "image/png", bytes };
}

/** What was taught, a species or what an imaginer has learned, under the name that people know it by. @param bytes - Of its file. */
export function taughtFile(name: string, bytes: Uint8Array): MaterialFile {
  return { name: `${slugOf(name)}.bnw`, type: "application/octet-stream", bytes: Uint8Array.from(bytes) };
}

/** The name that a zip of a material was given, read from its file's name. */
export function nameOfZip(file: string): string {
  return file.replace(/(-directx)?\.zip$/i, "").replaceAll("-", " ");
}

/** `mossy-rough-stone-7`. */
function fileNameOf(name: string, seed: number): string {
  return `${slugOf(name)}-${seed}`;
}

/** A name that every file system takes: `mossy-rough-stone`. */
function slugOf(name: string): string {
  const slug = name
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, LONGEST_NAME);
  return slug || "material";
}

async function picturesOf(recipe: TextureRecipe, book: PictureBook): Promise<readonly OrderPicture[] | null> {
  if (recipe.pictures.length === 0) return null;
  const found = await Promise.all(recipe.pictures.map(({ hash }) => book.find(hash)));
  return found.includes(null) ? null : book.gather(recipe.pictures);
}

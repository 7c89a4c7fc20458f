import type { Painter } from "../../../plugin/paint.ts";
import { fileNameOf } from "../rules/names.ts";
import type { Made } from "./material-rack.ts";
import type { PictureBook } from "./picture-book.ts";

/** A map that can be saved by itself. */
export type PngMap = Parameters<Painter["encodeMap"]>[1];

/** A file to save. */
export interface TakenFile {
  readonly name: string;
  readonly blob: Blob;
}

/** All maps of a material with its recipe and, where they are at hand, the pictures that it was painted from. */
export async function zipOf(
  { name, recipe, images }: Made,
  painter: Painter,
  book: PictureBook,
  normals: "opengl" | "directx",
): Promise<TakenFile> {
  const found = await Promise.all(recipe.pictures.map(({ hash }) => book.find(hash)));
  const pictures = found.filter((entry) => entry !== null);
  const isWhole = pictures.length === recipe.pictures.length;
  const bytes = await painter.exportZip({ recipe, images }, { normals, ...(isWhole ? { pictures } : {}) });
  const ending = normals === "directx" ? "-directx" : "";
  return {
    name: `${fileNameOf(name, recipe.seed)}${ending}.zip`,
    blob: new Blob([bytes], { type: "application/zip" }),
  };
}

/** One map as a PNG with the recipe in it; heights in 16 bits. */
export async function pngOf(made: Made, painter: Painter, map: PngMap): Promise<TakenFile> {
  const { name, recipe, images } = made;
  const bytes = await painter.encodeMap({ recipe, images }, map);
  return { name: `${fileNameOf(name, recipe.seed)}-${map}.png`, blob: new Blob([bytes], { type: "image/png" }) };
}

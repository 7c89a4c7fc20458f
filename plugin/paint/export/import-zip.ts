import { UnsupportedError } from "../../core/errors.ts";
import type { BakedImages } from "../maps/bake.ts";
import type { SurfaceMaps } from "../maps/surface-maps.ts";
import type { TextureRecipe } from "../recipe.ts";
import type { OrderPicture } from "../texture-generator.ts";

/** What a zip holds. */
export interface TextureZip {
  readonly recipe: TextureRecipe;
  /** As fine as the files: 8 bits, heights 16. */
  readonly maps: SurfaceMaps;
  readonly images: BakedImages;
  /** The pictures that the recipe names, in its order; empty where the zip was made without. */
  readonly pictures: readonly OrderPicture[];
}

/** Unpacks. */
export function importZip(file: Uint8Array): Promise<TextureZip> {
  void file;
  return Promise.reject(new UnsupportedError("importZip: not built yet."));
}

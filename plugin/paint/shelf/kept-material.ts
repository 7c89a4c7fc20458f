import type { BakedImages } from "../maps/bake.ts";
import type { BookPicture } from "../pictures/picture-book.ts";
import type { TextureRecipe } from "../recipe.ts";

/** A material that outlives the visit: how it is made, and what it looks like. */
export interface KeptMaterial {
  readonly id: number;
  readonly name: string;
  readonly recipe: TextureRecipe;
  /** A small picture, sRGB with alpha, [size, size, 4]. */
  readonly thumbnail: { readonly size: number; readonly pixels: Uint8ClampedArray<ArrayBuffer> };
  /** Whether its pixels are kept too, or are painted again from the recipe. */
  readonly hasImages: boolean;
}

/** A material to keep. */
export type NewMaterial = Omit<KeptMaterial, "id" | "hasImages">;

/** All that was kept of a material that was forgotten, so that it can be put back. */
export interface ForgottenMaterial {
  readonly material: KeptMaterial;
  readonly images: BakedImages | null;
  readonly pictures: readonly BookPicture[];
}

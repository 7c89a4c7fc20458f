import type { PBRMaterial } from "@babylonjs/core/Materials/PBR/pbrMaterial.js";
import type { Scene } from "@babylonjs/core/scene.js";
import type { BakedImages } from "../../paint/maps/bake.ts";
import type { TextureRecipe } from "../../paint/recipe.ts";
import type { OrderPicture } from "../../paint/texture-generator.ts";
import { closeWardrobe, dress, openWardrobe, type DressOptions } from "./dress-material.ts";
import { stageImages } from "./stage-images.ts";

/** What a material of images may know beyond them. */
export interface ImageMaterialOptions extends DressOptions {
  /** How the images were made; goes into the metadata of the material and its textures. Default null. */
  readonly recipe?: TextureRecipe | null;
  /** The recipe's pictures, in order, for painting it again at another size. Default none. */
  readonly pictures?: readonly OrderPicture[];
}

/**
 * A physically based material with the maps of images that were painted already: three uploads, at once.
 *
 * Dispose of it with `material.dispose(false, true)`, which takes its textures along.
 *
 * @param images - Kept, not copied: do not change them afterwards.
 * @returns `options.into`, or a new material.
 * @throws ConfigurationError when the pixels do not fit their size, or `into` is gone; nothing has changed then.
 */
export function materialFromImages(
  name: string,
  images: BakedImages,
  scene: Scene,
  options: ImageMaterialOptions = {},
): PBRMaterial {
  const who = `materialFromImages "${name}"`;
  const { recipe = null, pictures = [] } = options;
  const wardrobe = openWardrobe(who, name, scene, options);
  try {
    const staging = stageImages(who, wardrobe, images);
    let step = staging.next();
    while (!step.done) step = staging.next();
    const look = { channels: step.value, relief: images.relief, recipe, pictures, repaint: null };
    return dress(name, wardrobe, look, scene, options);
  } catch (error) {
    closeWardrobe(wardrobe, options.into);
    throw error;
  }
}

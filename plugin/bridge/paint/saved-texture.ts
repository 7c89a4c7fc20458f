import { ConfigurationError } from "../../core/errors.ts";
import { pictureOfUrl } from "./picture-url.ts";
import { recipeIn } from "./recipe-metadata.ts";
import { TEXTURE_CHANNELS, type Rgba, type TextureChannel, type TextureImage } from "./texture-image.ts";
import type { TextureRecipe } from "../../paint/recipe.ts";

/** What a scene file holds of a neural texture beyond what Babylon writes. */
export interface SavedPicture {
  readonly channel: TextureChannel;
  readonly savedAs: "image" | "recipe";
  /** A PNG as data URL; null where only the recipe was saved. */
  readonly image: string | null;
  /** What is shown until the recipe has been painted. */
  readonly placeholder: Rgba;
}

/** A neural texture in a scene file. */
export interface SavedTexture {
  readonly customType: string;
  readonly neuralTexture: SavedPicture & { readonly version: 1 };
  readonly [property: string]: unknown;
}

/** Adds the picture to what Babylon has written. */
export function savedTexture(written: object, customType: string, picture: SavedPicture): SavedTexture {
  const { base64String: _, ...properties } = written as Record<string, unknown>;
  return { ...properties, customType, neuralTexture: { version: 1, ...picture } };
}

/** What a scene file says, checked. */
export interface LoadedPicture {
  readonly channel: TextureChannel;
  readonly savedAs: "image" | "recipe";
  readonly placeholder: Rgba;
  readonly image: TextureImage | null;
  readonly recipe: TextureRecipe | null;
}

/** @throws ConfigurationError when the file is of a newer version or damaged. */
export function loadedPicture(who: string, saved: SavedTexture): LoadedPicture {
  const { version, channel, savedAs, image, placeholder } = saved.neuralTexture ?? {};
  if (version !== 1) {
    throw new ConfigurationError(
      `${who}: needed a texture saved in version 1, came version ${String(version)}. Update babylon-neural, or save the scene again.`,
    );
  }
  if (!TEXTURE_CHANNELS.includes(channel)) {
    throw new ConfigurationError(
      `${who}: needed one of the channels ${TEXTURE_CHANNELS.join(", ")}, came ${JSON.stringify(channel)}. Save the scene again.`,
    );
  }
  return {
    channel,
    savedAs: savedAs === "recipe" ? "recipe" : "image",
    placeholder,
    image: image === null ? null : pictureOfUrl(who, image),
    recipe: recipeIn(saved["metadata"]),
  };
}

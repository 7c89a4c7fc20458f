import { ConfigurationError } from "../../core/errors.ts";
import { pictureOfUrl, pictureUrl } from "./picture-url.ts";
import { recipeIn } from "./recipe-metadata.ts";
import { BLANK, TEXTURE_CHANNELS, type Rgba, type TextureChannel, type TextureImage } from "./texture-image.ts";
import type { TextureRecipe } from "../../paint/recipe.ts";

/** What a scene file holds of a neural texture beyond what Babylon writes. */
export interface SavedPicture {
  readonly channel: TextureChannel;
  readonly savedAs: "image" | "recipe";
  /** Whether the picture is there; else only the recipe was saved. */
  readonly hasImage: boolean;
  /** What is shown until the recipe has been painted. */
  readonly placeholder: Rgba;
}

/** A neural texture in a scene file. */
export interface SavedTexture {
  readonly neuralKind: string;
  /** A PNG as data URL, which pages without the plugin show: the picture, or one pixel of its colour. */
  readonly base64String: string;
  readonly neuralTexture: SavedPicture & { readonly version: 2 };
  readonly [property: string]: unknown;
}

/**
 * Adds the picture to what Babylon has written.
 *
 * @param image - Null to save the recipe only.
 */
export function savedTexture(
  written: object,
  neuralKind: string,
  { image, ...look }: Omit<SavedPicture, "hasImage"> & { readonly image: TextureImage | null },
): SavedTexture {
  const pixel: TextureImage = { width: 1, height: 1, pixels: Uint8Array.from(look.placeholder) };
  const neuralTexture = { version: 2, ...look, hasImage: image !== null } as const;
  return { ...written, neuralKind, base64String: pictureUrl(image ?? pixel), neuralTexture };
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
  const saidOf = saved.neuralTexture as unknown as Partial<SavedPicture> & { version?: number; image?: unknown };
  const { version, channel, savedAs, placeholder } = saidOf ?? {};
  if (version !== 1 && version !== 2) {
    throw new ConfigurationError(
      `${who}: needed a texture saved in version 1 or 2, came version ${String(version)}. Update babylon-neural, or save the scene again.`,
    );
  }
  // Version 1 kept the picture among its own fields.
  const image = version === 1 ? saidOf.image : saidOf.hasImage ? saved.base64String : null;
  if (!channel || !TEXTURE_CHANNELS.includes(channel)) {
    throw new ConfigurationError(
      `${who}: needed one of the channels ${TEXTURE_CHANNELS.join(", ")}, came ${JSON.stringify(channel)}. Save the scene again.`,
    );
  }
  return {
    channel,
    savedAs: savedAs === "recipe" ? "recipe" : "image",
    placeholder: placeholder ?? BLANK[channel],
    image: image === null ? null : pictureOfUrl(who, image),
    recipe: recipeIn(saved["metadata"]),
  };
}

import { speciesInSettings } from "../../paint/automata/automaton-settings.ts";
import { readRecipe } from "../../paint/recipes/read-recipe.ts";
import type { LivingTexture } from "./living-texture.ts";
import { LIVING_DEFAULTS, type LivingTextureOptions } from "./living-texture-options.ts";
import { pictureUrl } from "./picture-url.ts";
import { recipeIn } from "./recipe-metadata.ts";
import type { Rgba } from "./texture-image.ts";

/** Numbers of Babylon's textures that a living one keeps. */
const FIELDS = ["level", "uScale", "vScale", "uOffset", "vOffset", "coordinatesIndex"] as const;

/**
 * What a scene file holds of a living texture; the recipe in its metadata has species, seed and size.
 *
 * @param shown - The colour that pages without the plugin show.
 */
export function savedLiving(
  texture: LivingTexture,
  neuralKind: string,
  look: Required<Pick<LivingTextureOptions, "start" | "bareColour">>,
  shown: Rgba,
): Record<string, unknown> {
  const { name, uniqueId, noMipmap, stepsPerSecond, isPaused } = texture;
  return {
    neuralKind,
    base64String: pictureUrl({ width: 1, height: 1, pixels: Uint8Array.from(shown) }),
    name,
    uniqueId,
    noMipmap,
    stepsPerSecond,
    isPaused,
    ...look,
    ...Object.fromEntries(FIELDS.map((field) => [field, texture[field]])),
    metadata: texture.metadata as unknown,
  };
}

/** The options of a saved texture. @throws TextureFileError, PolicyFileError or ConfigurationError when it is damaged. */
export function loadedLiving(who: string, saved: Readonly<Record<string, unknown>>): LivingTextureOptions {
  const { seed, width, height, settings } = readRecipe(recipeIn(saved["metadata"]));
  const bare = saved["bareColour"];
  const isColour = Array.isArray(bare) && bare.length === 3 && bare.every((value) => typeof value === "number");
  return {
    ...speciesInSettings(who, settings),
    seed,
    size: { width, height },
    mipmaps: saved["noMipmap"] !== true,
    stepsPerSecond: Number(saved["stepsPerSecond"] ?? LIVING_DEFAULTS.stepsPerSecond),
    start: saved["start"] === "bare" ? "bare" : "everywhere",
    ...(isColour ? { bareColour: bare as unknown as readonly [number, number, number] } : {}),
  };
}

/** Gives a texture what else was saved of it. */
export function restoreFields(texture: LivingTexture, saved: Readonly<Record<string, unknown>>): void {
  texture.metadata = { ...(saved["metadata"] as object) };
  texture.isPaused = saved["isPaused"] === true;
  for (const field of FIELDS) {
    const value = saved[field];
    if (typeof value === "number") texture[field] = value;
  }
}

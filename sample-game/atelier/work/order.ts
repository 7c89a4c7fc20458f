import {
  exampleOf,
  exampleRequest,
  NO_EXAMPLE,
  type TextureRecipe,
  type WishedRequest,
} from "../../../plugin/paint.ts";
import { atelierConfig } from "../rules/config.ts";
import { NO_IMAGINING } from "../rules/imagining.ts";
import { sizeOf, type LookWish, type Wish } from "../rules/wish.ts";
import { imagineRequest, imaginingOf } from "./imagine-order.ts";

/** What lies on the bench at first. @param look - The class's own attributes. */
export function firstWish(material: string, look: LookWish, seed: number): Wish {
  return {
    source: "class",
    seed,
    material,
    look,
    classSize: atelierConfig.classSize,
    example: NO_EXAMPLE,
    pictureSize: atelierConfig.pictureSize,
    imagining: NO_IMAGINING,
    imaginedSize: atelierConfig.imaginedSize,
  };
}

/**
 * The order that makes what is wished.
 *
 * @param side - Pixels on each side, or on the longer side of a picture that keeps its shape. Default as wished.
 */
export function requestOf(wish: Wish, side = sizeOf(wish)): WishedRequest {
  const { source, seed, material, look, example, imagining } = wish;
  if (source === "imagined") return imagineRequest(imagining, seed, side);
  if (source === "picture") return exampleRequest(example, seed, side);
  const size = { width: side, height: side };
  return { generator: "procedural", seed, size, settings: { material, attributes: look }, pictures: [] };
}

/**
 * The wish that leads to a recipe, so that its sliders can be moved on; null for a recipe that the room has no sliders for.
 *
 * @param base - What the recipe does not say.
 */
export function wishOf(recipe: TextureRecipe, base: Wish): Wish | null {
  const { generator, seed, settings, width, height } = recipe;
  if (generator === "procedural" && typeof settings["material"] === "string") {
    const look = { ...base.look, ...(settings["attributes"] as Partial<LookWish> | undefined) };
    return { ...base, source: "class", seed, material: settings["material"], look, classSize: width };
  }
  const imagining = imaginingOf(recipe);
  if (imagining) {
    const { places, spot } = base.imagining;
    // Pictures and places are no part of what was learned; they wait.
    const waiting = imagining.way === "learned" ? { places, spot } : {};
    return { ...base, source: "imagined", seed, imagining: { ...imagining, ...waiting }, imaginedSize: width };
  }
  const example = exampleOf(recipe);
  return example && { ...base, source: "picture", seed, example, pictureSize: Math.max(width, height) };
}

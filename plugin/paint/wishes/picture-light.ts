import type { LightDirection } from "../photograph/light-vector.ts";
import type { TextureRecipe } from "../recipe.ts";

/** From where the light of a picture comes: `"find"` lets the network look for it, `"shade"` is from everywhere, an azimuth is in radians. */
export type PictureLight = "find" | LightDirection;

/** What a recipe says of its picture's light; undefined where it says nothing that makes sense. */
export function lightIn({ light }: TextureRecipe["settings"]): PictureLight | undefined {
  if (light === "find" || light === "shade") return light;
  const azimuth = typeof light === "object" && light !== null ? (light as { azimuth?: unknown }).azimuth : undefined;
  return typeof azimuth === "number" && Number.isFinite(azimuth) ? { azimuth } : undefined;
}

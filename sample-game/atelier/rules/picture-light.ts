import type { TextureRecipe } from "../../../plugin/paint.ts";

/** From where the light of a picture comes: looked for, from everywhere, or an azimuth in radians, 0 from the right and π/2 from the top. */
export type PictureLight = "find" | "shade" | { readonly azimuth: number };

const SIDES = ["right", "upper right", "top", "upper left", "left", "lower left", "bottom", "lower right"];
const TURN = 2 * Math.PI;

/** A direction in whole degrees of [0, 360). */
export function degreesOf({ azimuth }: { readonly azimuth: number }): number {
  return Math.round(((((azimuth % TURN) + TURN) % TURN) * 360) / TURN) % 360;
}

/** The direction of so many degrees, any number of turns. */
export function directionOf(degrees: number): { readonly azimuth: number } {
  return { azimuth: (((Math.round(degrees) % 360) + 360) % 360) * (TURN / 360) };
}

/** In words. */
export function sayLight(light: PictureLight): string {
  if (light === "find") return "found by the network";
  if (light === "shade") return "from everywhere";
  const degrees = degreesOf(light);
  return `from the ${SIDES[Math.round(degrees / 45) % SIDES.length]}, ${degrees}°`;
}

/** What a recipe says of it; undefined where it says nothing that makes sense. */
export function lightIn({ light }: TextureRecipe["settings"]): PictureLight | undefined {
  if (light === "find" || light === "shade") return light;
  const azimuth = typeof light === "object" && light !== null ? (light as { azimuth?: unknown }).azimuth : undefined;
  return typeof azimuth === "number" && Number.isFinite(azimuth) ? { azimuth } : undefined;
}

import type { PictureLight } from "../../paint.ts";

const SIDES = ["right", "upper right", "top", "upper left", "left", "lower left", "bottom", "lower right"];
const TURN = 2 * Math.PI;

/** A direction in whole degrees of [0, 360). @param azimuth - In radians. */
export function degreesOf({ azimuth }: { readonly azimuth: number }): number {
  return Math.round(((((azimuth % TURN) + TURN) % TURN) * 360) / TURN) % 360;
}

/** The direction of so many degrees, any number of turns. */
export function directionOf(degrees: number): { readonly azimuth: number } {
  return { azimuth: (((Math.round(degrees) % 360) + 360) % 360) * (TURN / 360) };
}

/** From where the light of a picture comes, in words. */
export function sayLight(light: PictureLight): string {
  if (light === "find") return "found by the network";
  if (light === "shade") return "from everywhere";
  const degrees = degreesOf(light);
  return `from the ${SIDES[Math.round(degrees / 45) % SIDES.length]}, ${degrees}°`;
}

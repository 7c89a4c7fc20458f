import type { Rgb } from "../../paint.ts";
import type { PaintTools } from "./painting.ts";

/** A linear colour as `#rrggbb`, for colour fields. */
export function hexOf(colour: Rgb, { srgbFromLinear }: Pick<PaintTools, "srgbFromLinear">): string {
  const byte = (value: number): number => Math.round(255 * srgbFromLinear(value));
  return `#${colour.map((value) => byte(value).toString(16).padStart(2, "0")).join("")}`;
}

/** Linear light of `#rrggbb`. */
export function colourOf(hex: string, { linearFromSrgb }: Pick<PaintTools, "linearFromSrgb">): Rgb {
  const [red, green, blue] = [1, 3, 5].map((at) => linearFromSrgb(Number.parseInt(hex.slice(at, at + 2), 16) / 255));
  return [red, green, blue];
}

import type { Colour } from "./wish.ts";

/** A linear colour as `#rrggbb`, for colour fields. */
export function hexOf(colour: Colour): string {
  return `#${colour.map((value) => byteOf(value).toString(16).padStart(2, "0")).join("")}`;
}

/** Linear light of `#rrggbb`. */
export function colourOf(hex: string): Colour {
  const [red, green, blue] = [1, 3, 5].map((at) => linear(Number.parseInt(hex.slice(at, at + 2), 16) / 255));
  return [red, green, blue];
}

function byteOf(value: number): number {
  const srgb = value <= 0.0031308 ? value * 12.92 : 1.055 * value ** (1 / 2.4) - 0.055;
  return Math.round(255 * Math.min(1, Math.max(0, srgb)));
}

function linear(value: number): number {
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}

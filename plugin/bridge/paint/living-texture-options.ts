import type { AbstractEngine } from "@babylonjs/core/Engines/abstractEngine.js";
import { ConfigurationError } from "../../core/errors.ts";
import type { Species } from "../../paint/automata/species.ts";
import type { PaintMaterialOptions } from "./paint-material.ts";
import { textureSize, type Rgba, type TextureSize } from "./texture-image.ts";

/** Defaults of `LivingTextureOptions`. */
export const LIVING_DEFAULTS = {
  size: 256,
  stepsPerSecond: 30,
  start: "everywhere",
  bareColour: [0.35, 0.33, 0.31],
} as const;

const LEAST_SIDE = 8;

/** What a living texture is made of. */
export interface LivingTextureOptions {
  /** What grows: `await loadSpecies("models/automata/soil.bnw")`. */
  readonly species: Species;
  /** A second species, for cells that the brush gives a share of it. Default none. */
  readonly graft?: Species | null;
  /** Columns and rows in pixels, or both at once; at least 8. Default 256. */
  readonly size?: number | TextureSize;
  /** Which of the endless variations; its lowest 32 bits count. Default 0. */
  readonly seed?: number;
  /** In the scene's time; 0 to 240. At most 8 in one frame. Default 30. */
  readonly stepsPerSecond?: number;
  /** `"everywhere"` (default), or `"bare"`: nothing grows until the brush has seeded it. */
  readonly start?: "everywhere" | "bare";
  /** What bare cells look like, sRGB in [0, 1]. Default a warm grey. */
  readonly bareColour?: readonly [red: number, green: number, blue: number];
  /** Smaller copies for the distance, made anew in each frame that grows. Default true. */
  readonly mipmaps?: boolean;
}

/** How a living texture becomes a material that stands still. */
export interface BakeLivingOptions extends Partial<
  Pick<PaintMaterialOptions, "painter" | "into" | "signal" | "onProgress">
> {
  /** `"estimated"`: heights and roughness as the photograph's network guesses them, by the painter; `"flat"` (default): none. */
  readonly maps?: "flat" | "estimated";
}

/** @throws ConfigurationError unless the GPU takes it, and there is room to grow. */
export function checkedSize(who: string, size: number | TextureSize, engine: AbstractEngine): TextureSize {
  const checked = textureSize(who, size, engine.getCaps().maxTextureSize);
  if (Math.min(checked.width, checked.height) >= LEAST_SIDE) return checked;
  throw new ConfigurationError(
    `${who}: needed sides of at least ${LEAST_SIDE} pixels, came ${checked.width} × ${checked.height}. Choose such a size.`,
  );
}

/** @throws ConfigurationError */
export function assertSeed(who: string, seed: number): void {
  if (Number.isInteger(seed)) return;
  throw new ConfigurationError(`${who}: needed a whole number as seed, came ${seed}. Round it.`);
}

/** @throws ConfigurationError */
export function assertRate(who: string, rate: number): void {
  if (rate >= 0 && rate <= 240) return;
  throw new ConfigurationError(`${who}: needed 0 to 240 steps a second, came ${rate}. Choose such a rate.`);
}

/** @throws ConfigurationError */
export function assertSteps(who: string, steps: number): void {
  if (Number.isInteger(steps) && steps >= 1 && steps <= 10_000) return;
  throw new ConfigurationError(`${who}: needed 1 to 10000 whole steps to grow, came ${steps}. Choose such a number.`);
}

/** @throws ConfigurationError unless the brush has a place, a size and a share. */
export function assertTouch(who: string, u: number, v: number, radius: number, share: number): void {
  if ([u, v].every(Number.isFinite) && radius > 0 && share >= 0 && share <= 1) return;
  throw new ConfigurationError(
    `${who}: needed a place, a radius above 0 and a share from 0 to 1, came (${u}, ${v}), ${radius} and ${share}. Give what a picked point says.`,
  );
}

/** What is shown until the cells are there: the species' mean colour, or that of bare cells. */
export function plainColour({ species, start, bareColour = LIVING_DEFAULTS.bareColour }: LivingTextureOptions): Rgba {
  const bytes = [...(start === "bare" ? bareColour : species.colourBiases)].map((value) =>
    Math.round(255 * Math.min(1, Math.max(0, value))),
  );
  return [bytes[0], bytes[1], bytes[2], 255];
}

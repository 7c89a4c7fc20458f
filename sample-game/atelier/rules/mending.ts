import type { Picture } from "../../../plugin/paint.ts";
import { atelierConfig } from "./config.ts";
import type { Scale } from "./scales.ts";
import { shareInside, type Sheet } from "./sheet.ts";

/** What somebody is at. */
export type MendTool = "clean" | "scratch" | "code";

/** What a network does to a picture. */
export type MendDeed = "clean" | "fill" | "grow" | "code";

/** What a network worked on. */
export interface MendStart {
  readonly picture: Picture;
  /** What was scratched out. */
  readonly hole: Sheet;
}

/** How a picture came to be as it is. */
export interface Mended {
  readonly deed: MendDeed;
  readonly from: MendStart;
  /** Of the dice; only for what grew. */
  readonly seed: number | null;
  /** What is to be said about it, for people. */
  readonly note: string;
}

/** A picture that is being mended, at one step of its history. Nothing in it changes. */
export interface MendStep {
  readonly name: string;
  readonly picture: Picture;
  /** Whether it goes on around its borders. */
  readonly repeats: boolean;
  /** What is scratched out now, of the picture's size. */
  readonly hole: Sheet;
  /** Null for a picture as it came. */
  readonly made: Mended | null;
}

/** What is set. */
export interface MendSettings {
  readonly tool: MendTool;
  /** Whether the network looks for the noise by itself. */
  readonly findsNoise: boolean;
  /** The noise that it is told otherwise, in [0, 0.25]. */
  readonly noise: number;
  readonly seed: number;
  /** Whether the seed stays as it is. */
  readonly isLocked: boolean;
  /** The brush, in shares of the picture's shorter side. */
  readonly brush: number;
  /** Whether the brush takes scratches back. */
  readonly takesBack: boolean;
}

/** Noise that it is told, as the standard deviation of each colour. */
export const NOISE_SCALE: Scale<"noise"> = {
  name: "noise",
  label: "Noise",
  hint: "How far colours stray from what they should be",
  least: 0,
  most: 0.25,
  step: 0.005,
  say: percent,
};

/** The brush that scratches out. */
export const SCRATCH_SCALE: Scale<"scratch"> = {
  name: "scratch",
  label: "Brush",
  hint: "How broad a scratch is, against the picture",
  least: 0.01,
  most: 0.3,
  step: 0.01,
  say: (value) => `${Math.round(100 * value)} %`,
};

/** What is set at first. */
export function firstMending(seed: number): MendSettings {
  const brush = { brush: 0.08, takesBack: false };
  return { tool: "clean", findsNoise: true, noise: 0.1, seed, isLocked: false, ...brush };
}

/** A sheet of a picture's size on which nothing is scratched out. */
export function noHole({ width, height }: Picture): Sheet {
  return { width, height, inside: new Uint8Array(width * height) };
}

/** Whether something is scratched out. */
export function hasHole({ hole }: Pick<MendStep, "hole">): boolean {
  return hole.inside.includes(1);
}

/**
 * What a deed begins with. What it made already, it makes again from the same: other settings are tried on the picture as it was, and not on what
 * came out last.
 */
export function startOf({ picture, hole, made }: MendStep, deed: MendDeed): MendStart {
  if (!made || kindOf(made.deed) !== kindOf(deed)) return { picture, hole };
  if (kindOf(deed) !== "hole") return { picture: made.from.picture, hole };
  return hasHole({ hole }) ? { picture, hole } : made.from;
}

/** Whether there is something for a deed to do. */
export function canDo(step: MendStep | null, deed: MendDeed): boolean {
  return step !== null && (kindOf(deed) !== "hole" || hasHole(startOf(step, deed)));
}

/** Whether growing again would only repeat what is there: then the dice are rolled first. */
export function wouldRepeat({ made, hole }: MendStep, { seed, isLocked }: MendSettings): boolean {
  return !isLocked && made?.deed === "grow" && made.seed === seed && !hasHole({ hole });
}

/** The picture after a deed. */
export function stepAfter(step: MendStep, picture: Picture, made: Mended): MendStep {
  const isFilled = kindOf(made.deed) === "hole";
  return { ...step, picture, hole: isFilled ? noHole(picture) : step.hole, made };
}

/** How much is scratched out, for people. */
export function sayHole(hole: Sheet): string {
  const share = 100 * shareInside(hole);
  if (share === 0) return "Nothing is scratched out";
  return share < 1 ? "Less than 1 % is scratched out" : `${Math.round(share)} % is scratched out`;
}

/** How often a picture's code is refined, as a painter's option: as often as is usual, but once where people would wait for long. */
export function refiningOf({ width, height }: Picture): { readonly refine?: number } {
  return width * height > atelierConfig.refinedPixels ? { refine: 1 } : {};
}

/** What a code has kept, for people. @param decibels - How near it is. */
export function sayCode({ width, height }: Picture, numbers: number, decibels: number): string {
  const all = 3 * width * height;
  const near = Number.isFinite(decibels) ? `${decibels.toFixed(1)} dB to the picture` : "no difference to the picture";
  const count = (value: number): string => value.toLocaleString("en");
  return `${count(numbers)} numbers instead of ${count(all)}, ${(all / numbers).toFixed(1)} times fewer: ${near}.`;
}

/** Noise in percent of the brightest colour. */
export function percent(value: number): string {
  return `${(100 * value).toFixed(1)} %`;
}

function kindOf(deed: MendDeed): "clean" | "code" | "hole" {
  return deed === "fill" || deed === "grow" ? "hole" : deed;
}

import type { Random } from "../../core/random.ts";
import type { Rgb } from "../maps/srgb.ts";
import { hsv } from "./hsv.ts";

/** What a shield's edge looks like. */
export const OUTLINES = ["heater", "round", "spanish", "kite"] as const;
/** Along what line its two tinctures meet. */
export const DIVISIONS = ["pale", "fess", "bend", "chevron", "quarterly"] as const;
/** What is painted on its middle. */
export const CHARGES = ["disc", "cross", "star", "crescent", "lozenge"] as const;

/** All there is to say about a shield: what pictures of it are drawn from, and what is known about them. */
export interface Shield {
  readonly outline: (typeof OUTLINES)[number];
  readonly division: (typeof DIVISIONS)[number];
  readonly charge: (typeof CHARGES)[number];
  /** Whether a band of metal runs along the edge. */
  readonly border: boolean;
  /** Colours of the two parts, sRGB in [0, 1]. */
  readonly tinctures: readonly [Rgb, Rgb];
  /** Of the charge and the border: 0 is silver, 1 is gold. */
  readonly metal: number;
  /** 0 is new, 1 is faded and soiled. */
  readonly wear: number;
  /** Size of the charge: half its height over half the picture's. */
  readonly size: number;
}

/** Attributes that are one of several, with their values. */
export const SHIELD_KINDS = {
  outline: OUTLINES,
  division: DIVISIONS,
  charge: CHARGES,
  border: [false, true],
} as const;

/** Least distance of the two hues, in turns: nearer ones could not be told apart. */
const HUES_APART = 0.2;

/** A shield by chance: every attribute is drawn by itself, but for the second hue, which keeps its distance from the first. */
export function randomShield(random: Random): Shield {
  const hue = random.uniform();
  const other = hue + random.between(HUES_APART, 1 - HUES_APART);
  const tincture = (turns: number): Rgb => hsv(turns, random.between(0.55, 0.95), random.between(0.35, 0.9));
  return {
    outline: random.pick(OUTLINES),
    division: random.pick(DIVISIONS),
    charge: random.pick(CHARGES),
    border: random.uniform() < 0.5,
    tinctures: [tincture(hue), tincture(other)],
    metal: random.uniform(),
    wear: random.uniform(),
    size: random.between(0.3, 0.4),
  };
}

/** Attributes as numbers in [0, 1]: one-hot outline, division and charge, the border, two colours, metal, wear, size. */
export function shieldVector(shield: Shield): Float32Array {
  const oneHot = <T>(all: readonly T[], one: T): number[] => all.map((value) => (value === one ? 1 : 0));
  return Float32Array.from([
    ...oneHot(OUTLINES, shield.outline),
    ...oneHot(DIVISIONS, shield.division),
    ...oneHot(CHARGES, shield.charge),
    shield.border ? 1 : 0,
    ...shield.tinctures.flat(),
    shield.metal,
    shield.wear,
    shield.size,
  ]);
}

import type { Shield } from "./shield.ts";
import { disc, length, pointed, polygon, without, type Shape } from "./shapes.ts";

const TOP = -0.8;

const belowTop =
  (shape: Shape): Shape =>
  (x, y) =>
    Math.max(shape(x, y), TOP - y);

/** A shield's edge, within a picture of [-1, 1] each way. */
export const OUTLINE_SHAPES: Readonly<Record<Shield["outline"], Shape>> = {
  heater: belowTop(pointed(0.74, -0.25, 1.12)),
  round: disc(0.84),
  spanish: belowTop((x, y) => (y < 0.12 ? Math.abs(x) - 0.72 : length(x, y - 0.12) - 0.72)),
  kite: (x, y) => (y < -0.26 ? length(x, y + 0.26) - 0.6 : pointed(0.6, -0.26, 1.3)(x, y)),
};

/** Above 0 on the side of the second tincture. */
export const DIVISION_SHAPES: Readonly<Record<Shield["division"], Shape>> = {
  pale: (x) => x,
  fess: (_x, y) => y,
  bend: (x, y) => (x - y) * Math.SQRT1_2,
  chevron: (x, y) => (y - Math.abs(x) * 0.9 + 0.25) * 0.74,
  quarterly: (x, y) => (x > 0 === y > 0 ? 1 : -1) * Math.min(Math.abs(x), Math.abs(y)),
};

/** Five points on the unit circle, and five between them on one of 0.42. */
const STAR = [
  0, -1, 0.247, -0.34, 0.951, -0.309, 0.399, 0.13, 0.588, 0.809, 0, 0.42, -0.588, 0.809, -0.399, 0.13, -0.951, -0.309,
  -0.247, -0.34,
];
const ARM = 0.32;
/** Its right half; the left one goes back up. */
const CROSS = [ARM, -1, ARM, -ARM, 1, -ARM, 1, ARM, ARM, ARM, ARM, 1];

/** Charges of half a height of 1. */
export const CHARGE_SHAPES: Readonly<Record<Shield["charge"], Shape>> = {
  disc: disc(0.86),
  cross: polygon([...CROSS, -ARM, 1, -ARM, ARM, -1, ARM, -1, -ARM, -ARM, -ARM, -ARM, -1]),
  star: polygon(STAR.map((value) => value * 1.12)),
  crescent: without(disc(0.95), disc(0.78, 0, -0.42)),
  lozenge: polygon([0, -1.15, 0.72, 0, 0, 1.15, -0.72, 0]),
};

import type { Random } from "../../core/random.ts";
import type { LaidPieces, LayoutPlan } from "./pieces/layout-plan.ts";
import { layoutOf, type Layout } from "./pieces/layout.ts";
import { STACK } from "./stack-decoder.ts";

/** A material to learn from, in bytes. */
export interface TaughtStack {
  /** [side, side, 6] of 255: sRGB, height, roughness, metallic. */
  readonly stack: Uint8Array;
  /** How its pieces lie; null where it has none. */
  readonly layout: TaughtLayout | null;
  /** Which kind of material it is, from 0, and what else is known of it, numbers in [0, 1]: a code shall tell both. */
  readonly kind: number;
  readonly attributes: Float32Array;
}

/** How the pieces of a material lie. */
export interface TaughtLayout extends LaidPieces {
  readonly plan: LayoutPlan;
  /** How far inside its piece each lies, see `depthOf`. */
  readonly depths: Uint8Array;
}

/**
 * Channels of what is written: a stack, how far inside its piece each pixel lies, and what the kind of layout tells of it; the last two 0 without
 * pieces, the last where chance draws the numbers, since a material does not follow those.
 */
export const TAUGHT = STACK + 2;
const COLOURS = 3;

/** How far chance changes colours: gain of each channel, and the power that all are raised to. */
const GAIN = 0.25;
const POWER = 0.35;
const RECOLOURED = 0.5;

interface StackUse {
  readonly shelfSide: number;
  readonly side: number;
  readonly chance: Random;
}

/**
 * A stack rolled and recoloured by chance, [shelf side, shelf side, 8].
 *
 * @returns Where pieces lie in its upper left part, [side, side].
 */
export function writeStack(
  out: Float32Array,
  { stack, layout }: TaughtStack,
  { shelfSide, side, chance }: StackUse,
): Layout | null {
  const [down, across] = [chance.integer(shelfSide), chance.integer(shelfSide)];
  const isRecoloured = chance.uniform() < RECOLOURED;
  const power = isRecoloured ? Math.exp(chance.between(-POWER, POWER)) : 1;
  const tables = [0, 1, 2].map(() => {
    const gain = isRecoloured ? Math.exp(chance.between(-GAIN, GAIN)) : 1;
    return Float32Array.from({ length: 256 }, (_, byte) => Math.min(1, gain * (byte / 255) ** power));
  });
  const told = layout && layoutOf(layout, layout.depths, chance.fork(3));
  const part = told && { inside: new Float32Array(side * side), numbers: new Float32Array(side * side) };
  for (let y = 0; y < shelfSide; y++) {
    for (let x = 0; x < shelfSide; x++) {
      const place = ((y + down) % shelfSide) * shelfSide + ((x + across) % shelfSide);
      const to = (y * shelfSide + x) * TAUGHT;
      for (let c = 0; c < COLOURS; c++) out[to + c] = tables[c][stack[place * STACK + c]];
      for (let c = COLOURS; c < STACK; c++) out[to + c] = stack[place * STACK + c] / 255;
      if (!layout || !told || !part) continue;
      out[to + STACK] = told.inside[place];
      if (layout.numbers) out[to + STACK + 1] = layout.numbers[place];
      if (y >= side || x >= side) continue;
      part.inside[y * side + x] = told.inside[place];
      part.numbers[y * side + x] = told.numbers[place];
    }
  }
  return part;
}

import type { Random } from "../../../core/random.ts";
import { drawPieces, type LaidPieces, type LayoutPlan } from "./layout-plan.ts";

/** Where pieces lie, as a network is told it. */
export interface Layout {
  /** How far inside its piece each pixel lies, [height, width]: 0 between pieces, 1 from 8 pixels on. */
  readonly inside: Float32Array;
  /** A number of each piece, drawn by chance, or what the kind of layout tells of each place, from -1 to 1; 0 between pieces. */
  readonly numbers: Float32Array;
}

/** Farther inside nothing changes. */
const DEEPEST = 8;

/**
 * How far inside its piece each pixel lies, in pixels, at most 8, across the borders.
 *
 * @param ids - Which piece each pixel belongs to, [height, width]; 0 between pieces.
 */
export function depthOf(ids: Uint16Array, height: number, width: number): Uint8Array {
  const depths = new Uint8Array(ids.length);
  let last = Uint8Array.from(ids, (id) => (id === 0 ? 0 : 1));
  depths.set(last);
  // Each round peels off one pixel: those whose neighbours all lie as deep, in the same piece, lie one deeper.
  for (let depth = 1; depth < DEEPEST; depth++) {
    const next = new Uint8Array(ids.length);
    let found = false;
    for (let y = 0, i = 0; y < height; y++) {
      const above = ((y + height - 1) % height) * width;
      const below = ((y + 1) % height) * width;
      for (let x = 0; x < width; x++, i++) {
        if (last[i] === 0) continue;
        const id = ids[i];
        const [left, right] = [(x + width - 1) % width, (x + 1) % width];
        const line = i - x;
        const isDeep = (j: number): boolean => ids[j] === id && last[j] === 1;
        if (!isDeep(line + left) || !isDeep(line + right) || !isDeep(above + x) || !isDeep(below + x)) continue;
        next[i] = 1;
        depths[i] = depth + 1;
        found = true;
      }
    }
    if (!found) break;
    last = next;
  }
  return depths;
}

/** A layout as planned, each time another one; null for a plan without pieces. */
export function drawLayout(
  plan: LayoutPlan,
  { height, width }: { readonly height: number; readonly width: number },
  random: Random,
): Layout | null {
  const laid = drawPieces(plan, { height, width }, random.fork(0));
  return laid && layoutOf(laid, depthOf(laid.ids, height, width), random.fork(1));
}

/** What a network is told of pieces. @param depths - See `depthOf`. */
export function layoutOf({ ids, numbers }: LaidPieces, depths: Uint8Array, random: Random): Layout {
  const inside = Float32Array.from(depths, (depth) => depth / DEEPEST);
  return { inside, numbers: numbers ?? numbersByChance(ids, random) };
}

function numbersByChance(ids: Uint16Array, random: Random): Float32Array {
  const drawn = new Map<number, number>([[0, 0]]);
  return Float32Array.from(ids, (id) => {
    let number = drawn.get(id);
    if (number === undefined) drawn.set(id, (number = random.between(-1, 1)));
    return number;
  });
}

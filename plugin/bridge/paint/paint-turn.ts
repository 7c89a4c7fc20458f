import type { PBRMaterial } from "@babylonjs/core/Materials/PBR/pbrMaterial.js";

/** One painting's place among those into the same material. */
export interface PaintTurn {
  /** Whether a later one is shown already. */
  isOvertaken(): boolean;
  /** Notes that this one is shown. */
  show(): void;
}

const counts = new WeakMap<PBRMaterial, { asked: number; shown: number }>();

/** Takes the next place among the paintings into a material; a new material has only one. */
export function takeTurn(into: PBRMaterial | undefined): PaintTurn {
  if (!into) return { isOvertaken: () => false, show: () => {} };
  const count = counts.get(into) ?? { asked: 0, shown: 0 };
  counts.set(into, count);
  const mine = ++count.asked;
  return {
    isOvertaken: () => count.shown > mine,
    show: () => void (count.shown = mine),
  };
}

import type { Part } from "./parts.ts";
import type { Wish } from "./wish.ts";

/** One moment of the Atelier: what can be gone back to. Materials are told by a number of their own. */
export interface Bench {
  readonly wish: Wish;
  /** On the bench; null before the first one has come. */
  readonly material: number | null;
  /** The part of the yard that shows what lies on the bench, and goes on doing so. */
  readonly target: Part;
  /** What each part wears. */
  readonly worn: Readonly<Partial<Record<Part, number>>>;
  /** What was done, for people. */
  readonly deed: string;
}

/** A new material came: the bench has it, and so has the part that shows the bench. */
export function painted(bench: Bench, wish: Wish, material: number, deed: string): Bench {
  return { ...bench, wish, material, worn: { ...bench.worn, [bench.target]: material }, deed };
}

/** The bench's material is put on a part, which from now on shows the bench. Others keep what they wear. */
export function putOn(bench: Bench, part: Part, name: string): Bench {
  if (bench.material === null) return { ...bench, target: part };
  return { ...bench, target: part, worn: { ...bench.worn, [part]: bench.material }, deed: `Put on: ${name}` };
}

/** Another part shows what comes next; all wear what they wear. */
export function aimedAt(bench: Bench, part: Part): Bench {
  return { ...bench, target: part };
}

/** Every material that a moment shows somewhere. */
export function materialsOf({ material, worn }: Bench): Set<number> {
  const shown = new Set(Object.values(worn));
  if (material !== null) shown.add(material);
  return shown;
}

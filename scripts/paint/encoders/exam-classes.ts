import { HELD_OUT_CLASSES } from "../../../plugin/paint/materials/material-classes.ts";
import { SHOWN_CLASSES } from "./picture-shelf.ts";

/** Seeds of the pictures that cards and benches judge by; nothing was learned from any of them. */
export const EXAM_SEEDS = [1, 2, 3, 4, 5];
/** Classes that were never taught first. */
export const EXAM_CLASSES: readonly string[] = [...HELD_OUT_CLASSES, ...SHOWN_CLASSES];

/** Scores of classes that were never taught, one by one, and the mean of those that were. */
export function byTeaching<Score extends { readonly name: string }>(
  scores: readonly Score[],
  of: (score: Score) => number,
): { readonly what: string; readonly value: number }[] {
  const heldOut = scores.filter(({ name }) => HELD_OUT_CLASSES.includes(name));
  const shown = scores.filter(({ name }) => !HELD_OUT_CLASSES.includes(name));
  return [
    ...heldOut.map((score) => ({ what: `${score.name}, never taught`, value: of(score) })),
    ...(shown.length > 0 ? [{ what: `mean of ${shown.length} taught classes`, value: meanOf(shown, of) }] : []),
  ];
}

/** Of numbers of some things; NaN for none. */
export function meanOf<T>(things: readonly T[], of: (thing: T) => number): number {
  return things.reduce((sum, thing) => sum + of(thing), 0) / things.length;
}

/** A class's name in a table, bold where it was never taught. */
export function nameCell(name: string): string {
  return HELD_OUT_CLASSES.includes(name) ? `**${name}**` : name;
}

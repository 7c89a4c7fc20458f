import { MATERIAL_CLASSES } from "../../../plugin/paint.ts";
import type { LookWish } from "../rules/wish.ts";

/** One sentence for each class, by name. */
export function classDescriptions(): ReadonlyMap<string, string> {
  return new Map(MATERIAL_CLASSES.map(({ name, describe }) => [name, describe]));
}

/** What a class looks like when nothing is asked for. */
export function lookOfClass(material: string): LookWish {
  const { defaults } = MATERIAL_CLASSES.find(({ name }) => name === material) ?? MATERIAL_CLASSES[0];
  return { ...defaults };
}

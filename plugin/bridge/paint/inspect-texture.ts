import { InspectableType, type IInspectable } from "@babylonjs/core/Misc/iInspectable.js";
import type { NeuralTexture } from "./neural-texture.ts";

/** One line of the Inspector. */
interface Shown {
  readonly label: string;
  readonly type: InspectableType;
  readonly get: (texture: NeuralTexture) => unknown;
  readonly set?: (texture: NeuralTexture, value: unknown) => void;
}

const LINES: readonly Shown[] = [
  { label: "Painted", type: InspectableType.String, get: ({ isPainted }) => (isPainted ? "yes" : "not yet") },
  { label: "Generator", type: InspectableType.String, get: ({ recipe }) => recipe?.generator ?? "none" },
  { label: "Seed", type: InspectableType.String, get: ({ recipe }) => (recipe ? String(recipe.seed) : "none") },
  {
    label: "Save the recipe only",
    type: InspectableType.Checkbox,
    get: ({ savedAs }) => savedAs === "recipe",
    set: (texture, value) => (texture.savedAs = value === true ? "recipe" : "image"),
  },
];

/**
 * What Babylon's Inspector, in any build of it, shows of a neural texture: whether it is painted, by which generator and seed, and how
 * it is saved. Needs no Inspector to be installed.
 *
 * @returns For `texture.inspectableCustomProperties`; the properties that it names are defined on the texture.
 */
export function inspectTexture(texture: NeuralTexture): IInspectable[] {
  return LINES.map(({ label, type, get, set }) => {
    // Inspectors read and write the texture's own property of that name. What is read-only takes a write and forgets it.
    const propertyName = `neural texture ${label}`;
    Object.defineProperty(texture, propertyName, {
      configurable: true,
      enumerable: false,
      get: () => get(texture),
      set: (value: unknown) => set?.(texture, value),
    });
    return { label, propertyName, type };
  });
}

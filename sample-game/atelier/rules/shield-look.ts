import type { Shield } from "../../../plugin/paint.ts";
import type { Scale } from "./scales.ts";

/** Everything about a shield that can be asked for. How large its charge is stays as it is. */
export type ShieldLook = Omit<Shield, "size">;

/** Attributes that are one of several. */
export type ShieldKindName = "outline" | "charge" | "division";

/** Attributes that are one of several, with their values as people read them. */
export const SHIELD_CHOICES: {
  readonly [Name in ShieldKindName]: readonly (readonly [value: ShieldLook[Name], text: string, hint: string])[];
} = {
  outline: [
    ["heater", "Heater", "Straight above, pointed below"],
    ["round", "Round", "A disc"],
    ["spanish", "Spanish", "Straight above, round below"],
    ["kite", "Kite", "Round above, long and pointed below"],
  ],
  charge: [
    ["disc", "Disc", "A disc in the middle"],
    ["cross", "Cross", "A cross in the middle"],
    ["star", "Star", "A star in the middle"],
    ["crescent", "Moon", "A crescent in the middle"],
    ["lozenge", "Lozenge", "A lozenge in the middle"],
  ],
  division: [
    ["pale", "Pale", "One colour at the left, one at the right"],
    ["fess", "Fess", "One colour above, one below"],
    ["bend", "Bend", "The colours meet from corner to corner"],
    ["chevron", "Chevron", "The colours meet at a rafter"],
    ["quarterly", "Quarters", "The colours take turns in four quarters"],
  ],
};

const percent = (value: number): string => `${Math.round(100 * value)} %`;

/** Attributes that are numbers in [0, 1]. */
export const SHIELD_SCALES: readonly Scale<"metal" | "wear">[] = [
  {
    ...{ name: "metal", label: "Gold", hint: "Of the charge and the border, from silver to gold" },
    ...{ least: 0, most: 1, step: 0.01, say: percent },
  },
  {
    ...{ name: "wear", label: "Wear", hint: "From new to faded and soiled" },
    ...{ least: 0, most: 1, step: 0.01, say: percent },
  },
];

/** An sRGB colour as `#rrggbb`, for colour fields. */
export function hexOfTincture(colour: ShieldLook["tinctures"][number]): string {
  const bytes = colour.map((value) => Math.round(255 * Math.min(1, Math.max(0, value))));
  return `#${bytes.map((byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}

/** The colour that `#rrggbb` names. */
export function tinctureOf(hex: string): ShieldLook["tinctures"][number] {
  const [red, green, blue] = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255);
  return [red, green, blue];
}

/** What a shield is like, in words for people. */
export function sayLook({ outline, charge, division, border }: ShieldLook): string {
  const word = <Name extends ShieldKindName>(name: Name, value: ShieldLook[Name]): string =>
    SHIELD_CHOICES[name].find(([each]) => each === value)![1].toLowerCase();
  return `${word("outline", outline)}, ${word("division", division)}, ${word("charge", charge)}${border ? ", with a border" : ""}`;
}

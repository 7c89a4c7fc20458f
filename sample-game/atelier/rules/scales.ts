import type { LookWish } from "./wish.ts";

/** One slider: what it says and what it sets. */
export interface Scale<Name extends string> {
  readonly name: Name;
  readonly label: string;
  /** One sentence. */
  readonly hint: string;
  readonly least: number;
  readonly most: number;
  readonly step: number;
  /** With its unit. */
  readonly say: (value: number) => string;
}

const percent = (value: number): string => `${Math.round(100 * value)} %`;
const share = { least: 0, most: 1, step: 0.01, say: percent };

/** Attributes of a class that are numbers. */
export type LookNumber = Exclude<keyof LookWish, "colour" | "secondColour">;

/** The sliders of a class. */
export const LOOK_SCALES: readonly Scale<LookNumber>[] = [
  {
    ...share,
    name: "scale",
    label: "Scale",
    hint: "Size of bricks, boards, stones against the class's own",
    // 0 halves the features, 1 doubles them.
    say: (value) => `× ${((1 + value) / (2 - value)).toFixed(2)}`,
  },
  { ...share, name: "wear", label: "Wear", hint: "Chipped edges, scratches, rust, faded colour" },
  { ...share, name: "moss", label: "Moss", hint: "How far moss has conquered it" },
  { ...share, name: "wetness", label: "Wetness", hint: "From dry over damp to puddles" },
  { ...share, name: "cracks", label: "Cracks", hint: "From none to a net of them" },
  { ...share, name: "dirt", label: "Dirt", hint: "Soot and earth, in the hollows first" },
];

/** Settings of the picture path that are numbers. */
export type ExampleNumber = "regularity" | "relief";

/** The sliders of the picture path. */
export const EXAMPLE_SCALES: readonly Scale<ExampleNumber>[] = [
  { ...share, name: "regularity", label: "Regularity", hint: "How much of the picture's rhythm is kept" },
  {
    name: "relief",
    label: "Relief",
    hint: "How deep the surface is, against the tile's side",
    least: 0.005,
    most: 0.2,
    step: 0.005,
    say: (value) => `${(100 * value).toFixed(1)} %`,
  },
];

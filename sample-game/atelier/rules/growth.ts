import type { Scale } from "./scales.ts";

/** What a drag on the living surface does. */
export type Brush = "turn" | "erase" | "graft" | "sow";

/** How a surface begins: alive everywhere, or bare but for a few spots from which it spreads. */
export type Beginning = "spots" | "everywhere";

/** Everything that is set for what grows; species by their keys. */
export interface Growth {
  readonly species: string;
  /** What the brush grafts. */
  readonly graft: string;
  readonly brush: Brush;
  /** Of the brush, in shares of the tile's side. */
  readonly radius: number;
  readonly stepsPerSecond: number;
  readonly isPaused: boolean;
  readonly seed: number;
  /** On each side of the tile. */
  readonly cells: number;
  readonly beginning: Beginning;
}

/** Species that come with the game. */
export const SHIPPED_SPECIES = ["grass", "plaster", "sand", "soil", "woodGrain"] as const;

/** What one finds at first. @param cells - Fewer where there is no fast GPU. */
export function firstGrowth(seed: number, cells: number): Growth {
  return {
    species: "grass",
    graft: "sand",
    brush: "erase",
    radius: 0.09,
    stepsPerSecond: 30,
    isPaused: false,
    seed,
    cells,
    beginning: "spots",
  };
}

/** The brush's slider. */
export const RADIUS_SCALE: Scale<"radius"> = {
  name: "radius",
  label: "Brush size",
  hint: "How much of the tile one touch takes",
  least: 0.02,
  most: 0.3,
  step: 0.01,
  say: (value) => `${Math.round(200 * value)} %`,
};

/** The speed's slider. */
export const SPEED_SCALE: Scale<"stepsPerSecond"> = {
  name: "stepsPerSecond",
  label: "Speed",
  hint: "How fast it grows",
  least: 1,
  most: 120,
  step: 1,
  say: (value) => `${value} steps/s`,
};

/** Where a surface is sown, in shares of its sides: evenly spread places, other ones for each seed. */
export function spotsOf(seed: number): [across: number, up: number][] {
  // The additive sequence of the plastic number (Roberts 2018): neighbours in it lie far from each other.
  return Array.from({ length: 4 }, (_, spot) => [
    (0.5 + 0.7548776662466927 * (4 * seed + spot)) % 1,
    (0.5 + 0.5698402909980532 * (4 * seed + spot)) % 1,
  ]);
}

/** A time for people: `"30 s"`, `"3 min"`. @param seconds - Whole minutes from 60 on. */
export function sayTime(seconds: number): string {
  return seconds < 60 ? `${seconds} s` : `${seconds / 60} min`;
}

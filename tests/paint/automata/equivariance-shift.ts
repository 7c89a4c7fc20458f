import { CELL_NUMBERS } from "../../../plugin/paint/automata/cell-colours.ts";
import { CellField } from "../../../plugin/paint/automata/cell-field.ts";
import type { Species } from "../../../plugin/paint/automata/species.ts";

/** How a field is rolled. */
export interface Roll {
  readonly width: number;
  readonly height: number;
  readonly steps: number;
  readonly down: number;
  readonly right: number;
}

/** How far the numbers of a field that is rolled, with its chance, are from those of another one that is rolled afterwards, at most. */
export function equivarianceShift(species: Species, { width, height, steps, down, right }: Roll): number {
  const here = new CellField(species, { width, height });
  const there = new CellField(species, { width, height, rolled: [down, right] });
  for (let i = 0; i < steps; i++) {
    here.step();
    there.step();
  }
  const [a, b] = [here.read(), there.read()];
  let furthest = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const from = (y * width + x) * CELL_NUMBERS;
      const to = (((y + down) % height) * width + ((x + right) % width)) * CELL_NUMBERS;
      for (let k = 0; k < CELL_NUMBERS; k++) furthest = Math.max(furthest, Math.abs(a[from + k] - b[to + k]));
    }
  }
  return furthest;
}

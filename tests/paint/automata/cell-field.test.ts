import { describe, expect, it } from "vitest";
import { CELL_NUMBERS, LIFE, SHARE } from "../../../plugin/paint/automata/cell-colours.ts";
import { CellField } from "../../../plugin/paint/automata/cell-field.ts";
import { equivarianceShift } from "./equivariance-shift.ts";
import { anySpecies } from "./any-species.ts";

const size = { width: 24, height: 16 };

function grown(steps: number, options: ConstructorParameters<typeof CellField>[1] = size, species = anySpecies()) {
  const field = new CellField(species, options);
  for (let i = 0; i < steps; i++) field.step();
  return field;
}

const living = (field: CellField): number =>
  field
    .read()
    .filter((_, i) => i % CELL_NUMBERS === LIFE)
    .reduce((a, b) => a + b);

describe("A cell field", () => {
  it("grows the same for the same seed, and otherwise for another one", () => {
    expect(grown(12).read()).toEqual(grown(12).read());
    expect(grown(12, { ...size, seed: 1 }).read()).not.toEqual(grown(12).read());
  });

  it("changes about every second cell in a step", () => {
    const cells = grown(1).read();
    let changed = 0;
    for (let at = 0; at < cells.length; at += CELL_NUMBERS) if (cells[at] !== 0) changed += 1;
    expect(changed / (16 * 24)).toBeGreaterThan(0.4);
    expect(changed / (16 * 24)).toBeLessThan(0.6);
  });

  it("does in one step what the rule says, written out by hand", () => {
    // One hidden unit sees channel 0 across (sense 1) and bias 0.5: relu(0.5 + 2 · slope); channel 3 changes by 3 times as much.
    const species = anySpecies("hand", 1, 4);
    for (const numbers of [species.hiddenWeights, species.hiddenBiases, species.changeWeights, species.changeBiases]) {
      numbers.fill(0);
    }
    species.hiddenWeights[12] = 2;
    species.hiddenBiases[0] = 0.5;
    species.changeWeights[3 * 4] = 0.3;
    const field = new CellField(species, size);
    const cells = field.read();
    for (let y = 0; y < 16; y++) for (let x = 0; x < 24; x++) cells[(y * 24 + x) * CELL_NUMBERS] = x === 5 ? 1 : 0;
    field.write(cells);
    field.step();
    const after = field.read();
    for (let cell = 0; cell < 16 * 24; cell++) {
      const value = after[cell * CELL_NUMBERS + 3];
      if (value === 0) continue; // it did not change, or its relu is off
      // A Sobel filter in quarters on a line of 1: left of it 0.25 + 0.25 + 0.5 = 1, right of it -1.
      const slope = cell % 24 === 4 ? 1 : cell % 24 === 6 ? -1 : 0;
      expect(value).toBeCloseTo(0.3 * Math.max(0, 0.5 + 2 * slope), 5);
    }
    expect(after.filter((_, i) => i % CELL_NUMBERS === 3).some((value) => value === Math.fround(0.75))).toBe(true);
  });

  it("keeps its numbers within [-1, 1], whatever its species wants", () => {
    const wild = anySpecies("wild", 1, 4);
    for (const numbers of [wild.hiddenWeights, wild.hiddenBiases, wild.changeWeights, wild.changeBiases])
      numbers.fill(0);
    wild.changeBiases.set([0.75, -0.75]);
    const cells = grown(20, size, wild).read();
    // Of 20 steps each cell takes about ten; two make 1.5.
    expect(cells.filter((_, i) => i % CELL_NUMBERS === 0).every((value) => value === 1)).toBe(true);
    expect(cells.filter((_, i) => i % CELL_NUMBERS === 1).every((value) => value === -1)).toBe(true);
  });

  it("rolled by some pixels with its chance grows the same, rolled", () => {
    expect(equivarianceShift(anySpecies(), { ...size, steps: 20, down: 5, right: 9 })).toBe(0);
  });

  it("stays bare where it was erased until life comes back from around it", () => {
    const field = grown(3);
    const all = living(field);
    expect(all).toBe(16 * 24);
    field.dab({ kind: "erase", across: 0.5, down: 0.5, radius: 0.25 });
    const erased = all - living(field);
    // A disc of a quarter of 16 pixels: π · 4² = 50.3.
    expect(erased).toBeGreaterThan(44);
    expect(erased).toBeLessThan(57);
    field.step();
    expect(all - living(field)).toBeGreaterThan(0);
    for (let i = 0; i < 40; i++) field.step();
    expect(living(field)).toBe(all);
  });

  it("that begins bare grows only from where it was sown", () => {
    const field = grown(5, { ...size, alive: false });
    expect(living(field)).toBe(0);
    field.dab({ kind: "seed", across: 0, down: 0, radius: 0.1 });
    for (let i = 0; i < 60; i++) field.step();
    expect(living(field)).toBe(16 * 24);
  });

  it("grows each species where the brush has put it", () => {
    const [first, second] = [anySpecies("a", 1), anySpecies("b", 2, 8)];
    const field = new CellField(first, size);
    field.setSpecies(first, second);
    field.dab({ kind: "graft", across: 0, down: 0, radius: 4, share: 1 });
    expect(field.read()[SHARE]).toBe(1);
    for (let i = 0; i < 6; i++) field.step();
    const other = grown(6, size, second);
    const numbers = (cells: Float32Array): Float32Array => cells.filter((_, i) => i % CELL_NUMBERS < LIFE);
    expect(numbers(field.read())).toEqual(numbers(other.read()));
    expect(field.colours()).toEqual(other.colours());
  });
});

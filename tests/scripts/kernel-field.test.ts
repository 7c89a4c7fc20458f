import * as tf from "@tensorflow/tfjs";
import { describe, expect, it } from "vitest";
import { CellField } from "../../plugin/paint/automata/cell-field.ts";
import { KernelField } from "../../scripts/paint/automata/kernel-field.ts";
import { anySpecies } from "../paint/automata/any-species.ts";

describe("A field that grows by kernels", () => {
  it("grows as a cell field of the same seed", async () => {
    const species = anySpecies();
    const fast = await KernelField.begin(species, 24, 5);
    const exact = new CellField(species, { width: 24, height: 24, seed: 5 });
    for (let step = 0; step < 40; step++) {
      fast.step();
      exact.step();
    }
    const [came, wanted] = [await fast.colours(), exact.colours()];
    expect(fast.steps).toBe(40);
    expect(Math.max(...wanted) - Math.min(...wanted)).toBeGreaterThan(0.1);
    came.forEach((colour, i) => expect(colour).toBeCloseTo(wanted[i], 4));
    fast.dispose();
  });

  it("leaves no tensor behind", async () => {
    const warm = await KernelField.begin(anySpecies(), 8, 1);
    warm.dispose();
    const before = tf.memory().numTensors;
    const field = await KernelField.begin(anySpecies(), 8, 1);
    for (let step = 0; step < 3; step++) field.step();
    await field.colours();
    field.dispose();
    field.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});

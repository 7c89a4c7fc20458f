import * as tf from "@tensorflow/tfjs";
import { describe, expect, it } from "vitest";
import { Random } from "../../../plugin/core/random.ts";
import { AutomatonNet } from "../../../plugin/nets/automata/automaton-net.ts";
import { teachAutomaton } from "../../../plugin/nets/automata/teach-automaton.ts";
import type { ColourPicture } from "../../../plugin/nets/likeness/texture-likeness.ts";
import { startBackend } from "../../../plugin/nets/start-backend.ts";
import { CellField } from "../../../plugin/paint/automata/cell-field.ts";
import { speciesOf } from "../../../plugin/paint/automata/species.ts";

/** Grey noise, in blots of two pixels. */
function blots(side: number): ColourPicture {
  const random = new Random(5);
  const values = Float32Array.from({ length: (side * side) / 4 }, () => 0.3 + 0.4 * random.uniform());
  const pixels = new Float32Array(side * side * 3);
  for (let i = 0; i < pixels.length; i++) {
    const cell = Math.floor(i / 3);
    pixels[i] = values[(Math.floor(cell / side) >> 1) * (side / 2) + ((cell % side) >> 1)];
  }
  return { width: side, height: side, pixels };
}

const small = { side: 32, pool: 4, batch: 1, hidden: 16, seed: 3 };

describe("Teaching an automaton", () => {
  it("makes what it grows more like the picture", { timeout: 120_000 }, async () => {
    const losses: number[] = [];
    const watch = { onProgress: ({ loss }: { loss: number }) => void losses.push(loss) };
    // States are some 900 steps old by then: 200 ÷ 4 times 12 to 24.
    const tensors = await teachAutomaton(blots(32), { ...small, steps: 200 }, watch);
    expect(speciesOf("blots", tensors).hidden).toBe(16);
    expect(losses.at(-1)).toBeLessThan(0.5 * losses[0]);
  });

  it("comes to the same for the same seed", { timeout: 60_000 }, async () => {
    const [one, same, other] = [3, 3, 4].map((seed) =>
      teachAutomaton.bind(null, blots(32), { ...small, seed, steps: 8 }),
    );
    const weights = (await one())["change weights"].values;
    expect((await same())["change weights"].values).toEqual(weights);
    expect((await other())["change weights"].values).not.toEqual(weights);
  });

  it("leaves no tensor behind, also when it is cancelled", async () => {
    await startBackend("wasm");
    const before = tf.memory().numTensors;
    const controller = new AbortController();
    const teaching = teachAutomaton(
      blots(32),
      { ...small, steps: 1000, signal: controller.signal },
      { onProgress: () => controller.abort(new Error("Enough.")) },
    );
    await expect(teaching).rejects.toThrow("Enough.");
    expect(tf.memory().numTensors).toBe(before);
  });

  it("refuses pictures that do not fit, before anything else", async () => {
    const odd = { width: 40, height: 64, pixels: new Float32Array(40 * 64 * 3) };
    await expect(teachAutomaton(odd, { side: 32 })).rejects.toThrow(
      "teachAutomaton: needed a picture of 3 channels with sides that are multiples of 32 and at least 32, came 40 × 64 with 7680 numbers. Scale it.",
    );
  });
});

describe("An automaton's network", () => {
  it("does the same on its own kernels, on TensorFlow.js's alone and in a cell field, with the same gradients", async () => {
    const shape = { channels: 12, hidden: 8 };
    const mask = Uint8Array.from({ length: 6 * 5 }, (_, i) => ((i * 7) % 3 === 0 ? 1 : 0));
    const random = new Random(9);
    const state = Float32Array.from({ length: 6 * 5 * 12 }, () => 0.4 * random.normal());
    const results: Float32Array[][] = [];
    for (const backend of ["wasm", "cpu"] as const) {
      await startBackend(backend);
      const net = new AutomatonNet(shape, new Random(2));
      const spread = net.parameters.variables[2];
      spread.assign(
        tf.tensor(
          Float32Array.from({ length: 96 }, (_, i) => 0.3 * Math.sin(i)),
          [12, 8],
        ),
      );
      const run = (): tf.Scalar => tf.sum(tf.square(net.step(tf.tensor4d(state, [1, 6, 5, 12]), mask, net.rule())));
      const grown = tf.tidy(() => net.step(tf.tensor4d(state, [1, 6, 5, 12]), mask, net.rule()));
      const { grads } = tf.variableGrads(run, [...net.parameters.variables]);
      const read: Float32Array[] = [await grown.data<"float32">()];
      for (const { name } of net.parameters.variables) read.push(await grads[name].data<"float32">());
      // Some numbers are at their bounds, and most are not.
      const bounded = read[0].filter((value) => Math.abs(value) === 1).length;
      expect(bounded).toBeGreaterThan(0);
      expect(bounded).toBeLessThan(read[0].length / 4);
      results.push(read);
      if (backend === "cpu") {
        const tensors = await net.parameters.read();
        const colours = {
          "colour weights": { shape: [3, 3], values: new Float32Array(9) },
          "colour biases": { shape: [3], values: new Float32Array(3) },
        };
        const field = new CellField(speciesOf("same", { ...tensors, ...colours }), { width: 5, height: 6 });
        const cells = field.read();
        for (let cell = 0; cell < 30; cell++) cells.set(state.subarray(12 * cell, 12 * cell + 12), 14 * cell);
        field.write(cells);
        field.step();
        const after = field.read();
        // The field takes other cells than the mask; those that both change must agree.
        let compared = 0;
        for (let cell = 0; cell < 30; cell++) {
          const own = after.subarray(14 * cell, 14 * cell + 12);
          if (mask[cell] === 0 || own.every((value, k) => value === state[12 * cell + k])) continue;
          own.forEach((value, k) => expect(value).toBeCloseTo(read[0][12 * cell + k], 4));
          compared += 1;
        }
        expect(compared).toBeGreaterThan(0);
      }
      net.dispose();
      tf.dispose([grown, grads]);
    }
    results[0].forEach((values, i) => values.forEach((value, k) => expect(value).toBeCloseTo(results[1][i][k], 3)));
  });
});

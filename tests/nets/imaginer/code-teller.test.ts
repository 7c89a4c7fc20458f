import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { Random } from "../../../plugin/core/random.ts";
import { CodeTeller } from "../../../plugin/nets/imaginer/code-teller.ts";
import { CODE, ImaginerNet, LEARNED_CODE } from "../../../plugin/nets/imaginer/imaginer-net.ts";
import type { TaughtStack } from "../../../plugin/nets/imaginer/taught-stack.ts";
import { seeingTask } from "../../../plugin/nets/imaginer/teach-imaginer.ts";
import { startBackend } from "../../../plugin/nets/start-backend.ts";
import { train } from "../../../plugin/nets/training/train.ts";

beforeAll(() => startBackend("wasm"));

const SIDE = 16;
const LABELS = 3;
/** Codes are not moved quite as far as they would have to be, so that they are never moved very far. */
const NEAR = 0.12;

/** Two kinds of noise whose attributes are chance. */
const shelf: TaughtStack[] = Array.from({ length: 6 }, (_, at) => {
  const random = new Random(at);
  return {
    stack: Uint8Array.from({ length: SIDE * SIDE * 6 }, () => random.integer(256)),
    layout: null,
    kind: at % 2,
    attributes: Float32Array.from({ length: LABELS }, () => random.uniform()),
  };
});

const codes = Float32Array.from({ length: 2 * CODE }, (_, i) => Math.sin(3 * i));

/** What codes tell of kinds and attributes, taken from its losses' own weights. */
function told(teller: CodeTeller, values: Float32Array): Float32Array {
  const [weights, biases] = teller.variables.map((variable) => variable.dataSync<"float32">());
  return Float32Array.from(biases, (bias, row) => {
    return values.reduce((sum, value, c) => sum + value * weights[row * CODE + c], bias);
  });
}

describe("CodeTeller", () => {
  it("moves codes to what is known, and nothing else that they tell", async () => {
    const net = new ImaginerNet(new Random(1));
    const teller = new CodeTeller(shelf, (label) => label !== 1);
    await train(seeingTask(net, teller, shelf, { shelfSide: SIDE }), { steps: 40, batchSize: 3, validationShare: 0 });
    const steps = await teller.steps();
    const moved = tf.tidy(() => {
      const facts = teller.facts([shelf[0], shelf[1]]);
      const [given, isMoved] = [tf.tensor2d(codes.slice(), [2, CODE]), tf.tensor2d([[1], [0]])];
      return teller.moved(given, facts, isMoved, tf.tensor2d(steps, [LABELS, CODE])).dataSync<"float32">();
    });
    const [first, second] = [moved.subarray(0, CODE), moved.subarray(CODE)];
    expect(second).toEqual(codes.subarray(CODE));
    expect(first.subarray(LEARNED_CODE)).toEqual(codes.subarray(LEARNED_CODE, CODE));
    const [before, after] = [told(teller, codes.subarray(0, CODE)), told(teller, first)];
    const known = shelf[0].attributes;
    // Two kinds, then three attributes, of which the second is left alone.
    [before[0], before[1], known[0], before[3], known[2]].forEach((value, row) => {
      expect(Math.abs(after[row] - value)).toBeLessThan(NEAR);
    });
    expect(Math.abs(before[4] - known[2])).toBeGreaterThan(0.3);
    teller.dispose();
    net.dispose();
  });

  it("takes into account what a change of colours tells already", async () => {
    const teller = new CodeTeller(shelf);
    const colour = CODE - LEARNED_CODE;
    const change = Float32Array.from({ length: LABELS * colour }, (_, i) => Math.cos(i));
    const steps = await teller.steps(change);
    for (let label = 0; label < LABELS; label++) {
      const step = steps.subarray(label * CODE, (label + 1) * CODE);
      expect(step.subarray(LEARNED_CODE)).toEqual(change.subarray(label * colour, (label + 1) * colour));
      const [, ...rows] = [...told(teller, step)].entries();
      for (const [row, value] of rows) expect(Math.abs(value - Number(row === 2 + label))).toBeLessThan(NEAR);
    }
    teller.dispose();
  });

  it("learns nothing from how far codes are moved", async () => {
    const teller = new CodeTeller(shelf);
    const variable = tf.tidy(() => tf.variable(tf.tensor2d(codes.slice(), [2, CODE])));
    const steps = await teller.steps();
    const slopes = tf.tidy(() => {
      const facts = teller.facts([shelf[0], shelf[1]]);
      const { grads } = tf.variableGrads(
        () => tf.sum<tf.Scalar>(teller.moved(variable, facts, tf.ones([2, 1]), tf.tensor2d(steps, [LABELS, CODE]))),
        [variable],
      );
      return grads[variable.name].dataSync<"float32">();
    });
    expect(slopes).toEqual(new Float32Array(2 * CODE).fill(1));
    variable.dispose();
    teller.dispose();
  });
});

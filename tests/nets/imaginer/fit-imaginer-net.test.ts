import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { ConfigurationError } from "../../../plugin/core/errors.ts";
import { Random } from "../../../plugin/core/random.ts";
import { ExampleLikeness, type FitExample } from "../../../plugin/nets/imaginer/example-likeness.ts";
import type { FitDepth } from "../../../plugin/nets/imaginer/fit-depth.ts";
import {
  fitImaginerNet,
  type FitNetOptions,
  type FitNetProgress,
} from "../../../plugin/nets/imaginer/fit-imaginer-net.ts";
import { CODE, ImaginerNet } from "../../../plugin/nets/imaginer/imaginer-net.ts";
import { startBackend } from "../../../plugin/nets/start-backend.ts";

beforeAll(() => startBackend("wasm"));

const SIDE = 64;
/** Slanted waves of warm colours; heights that go with them, even roughness, no metal. */
const example = (hasMaps: boolean): FitExample => {
  const stack = new Float32Array(SIDE * SIDE * 6);
  for (let i = 0; i < SIDE * SIDE; i++) {
    const wave = 0.5 + 0.4 * Math.sin((2 * Math.PI * (4 * (i % SIDE) + 8 * Math.floor(i / SIDE))) / SIDE);
    stack.set([wave, 0.6 * wave, 0.3 * wave, wave, 0.8, 0], 6 * i);
  }
  return { side: SIDE, stack, hasMaps };
};

async function fit(options: FitNetOptions, hasMaps = false) {
  const net = new ImaginerNet(new Random(5));
  try {
    const before = await net.parameters.read();
    const seen: FitNetProgress[] = [];
    const onProgress = (progress: FitNetProgress): void => void seen.push(progress);
    const fitted = await fitImaginerNet(net, example(hasMaps), options, { onProgress });
    const after = await net.parameters.read();
    const isOther = (name: string): boolean => after[name].values.some((value, i) => value !== before[name].values[i]);
    const changed = Object.keys(after).filter(isOther);
    const count = changed.reduce((sum, name) => sum + after[name].values.length, 0);
    return { ...fitted, after, changed, seen, count };
  } finally {
    net.dispose();
  }
}

describe("Fitting an imaginer's network", { timeout: 120_000 }, () => {
  it("learns the code alone, then a few numbers, then the drawing, and never how pictures are seen", async () => {
    const counts: Partial<Record<FitDepth, number>> = {};
    for (const depth of ["code", "few", "all"] as const) {
      const { changed, count, code } = await fit({ steps: 4, depth });
      expect(code).toHaveLength(CODE);
      expect(changed.filter((name) => !name.startsWith("draw "))).toEqual([]);
      counts[depth] = count;
    }
    expect(counts.code).toBe(0);
    expect(counts.few).toBeGreaterThan(1000);
    expect(counts.few).toBeLessThan(4000);
    expect(counts.all).toBeGreaterThan(50_000);
  });

  it("comes nearer to its example, stage by stage", async () => {
    const { seen, steps } = await fit({ steps: 60, patience: Infinity });
    expect(steps).toBe(60);
    expect(seen.map(({ stage, step }) => [stage, step])).toEqual([
      ["code", 6],
      ["few", 26],
      ["all", 46],
      ["all", 60],
    ]);
    expect(seen.at(-1)!.done).toBe(1);
    expect(seen[3].loss).toBeLessThan(0.8 * seen[0].loss);
  });

  it("begins at the mean of the codes of several stacks", async () => {
    const [one, other] = [example(true), { ...example(true), stack: example(true).stack.map((value) => 1 - value) }];
    const both = (...parts: readonly FitExample[]): FitExample => {
      const stack = new Float32Array(2 * one.stack.length);
      parts.forEach((part, i) => stack.set(part.stack, i * one.stack.length));
      return { ...one, stack };
    };
    const codeOf = async (source: FitExample): Promise<Float32Array> => {
      const net = new ImaginerNet(new Random(5));
      const likeness = await ExampleLikeness.begin(net, source, new Random(0));
      const code = tf.tidy(() => likeness.code(net));
      const numbers = await code.data<"float32">();
      tf.dispose(code);
      likeness.dispose();
      net.dispose();
      return numbers;
    };
    const [first, second, mean] = [await codeOf(one), await codeOf(other), await codeOf(both(one, other))];
    first.forEach((value, i) => expect(mean[i]).toBeCloseTo((value + second[i]) / 2, 5));
    expect(await codeOf(both(one, one))).toEqual(first);
  });

  it("gives the same numbers for the same seed, and others for another", async () => {
    const [one, same, other] = [
      await fit({ steps: 3, seed: 1 }),
      await fit({ steps: 3, seed: 1 }),
      await fit({ steps: 3, seed: 2 }),
    ];
    expect([same.code, same.after]).toEqual([one.code, one.after]);
    expect(other.code).not.toEqual(one.code);
  });

  it("learns how rough and how high things are from a whole stack only", async () => {
    const ranges = (names: readonly string[]): boolean => names.some((name) => name.startsWith("draw range"));
    expect(ranges((await fit({ steps: 3 })).changed)).toBe(false);
    expect(ranges((await fit({ steps: 3 }, true)).changed)).toBe(true);
  });

  it("ends when it is enough or cancelled, and leaves nothing behind", async () => {
    const before = tf.memory().numTensors;
    const enough = new AbortController();
    enough.abort();
    expect((await fit({ steps: 50, enough: enough.signal })).steps).toBe(0);
    const cancel = new AbortController();
    cancel.abort(new Error("Not this one."));
    await expect(fit({ steps: 50, signal: cancel.signal })).rejects.toThrow("Not this one.");
    await fit({ steps: 3 }, true);
    expect(tf.memory().numTensors).toBe(before);
  });

  it("goes on from an earlier code with all that is to be learned at once", async () => {
    const { seen } = await fit({ steps: 2, code: new Float32Array(CODE) });
    expect(seen.map(({ stage }) => stage)).toEqual(["all"]);
  });

  it("says what it needs", async () => {
    await expect(fit({ steps: 0 })).rejects.toEqual(
      new ConfigurationError("Fit: needed steps as a whole number above 0, came 0. Choose such one."),
    );
    const net = new ImaginerNet(new Random(5));
    const odd = { side: 48, stack: new Float32Array(48 * 48 * 6), hasMaps: false };
    await expect(fitImaginerNet(net, odd, { steps: 1 })).rejects.toEqual(
      new ConfigurationError(
        "Fit: needed an example of 64 or 128 pixels on each side and 6 channels, came 48 with 13824 numbers. Scale it.",
      ),
    );
    net.dispose();
  });
});

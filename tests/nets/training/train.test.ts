import * as tf from "@tensorflow/tfjs";
import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { ConfigurationError, PolicyFileError, TrainingError } from "../../../plugin/core/errors.ts";
import { train } from "../../../plugin/nets/training/train.ts";
import type { NetTrainingProgress, TrainingOptions } from "../../../plugin/nets/training/training-task.ts";
import { useWasmBackend } from "../../../plugin/nets/wasm-backend.ts";
import { lineTask, type LineTask } from "./line-task.ts";

beforeAll(() => useWasmBackend());

let line: LineTask;
let tensors = 0;
beforeEach(() => {
  tensors = tf.memory().numTensors;
  line = lineTask();
});
afterEach(() => {
  line.dispose();
  expect(tf.memory().numTensors).toBe(tensors);
});

const OPTIONS: TrainingOptions = { steps: 60, batchSize: 6, seed: 1, interval: 20 };

/** What the variables hold, bit for bit. */
function bits({ slope, offset }: LineTask): number[] {
  return [slope, offset].map((variable) => variable.dataSync()[0]);
}

describe("Training", () => {
  it("learns a line", async () => {
    const { best, reason } = await train(line.task, { ...OPTIONS, steps: 400 });
    expect(reason).toBe("all steps done");
    expect(best!.loss).toBeLessThan(1e-3);
    expect(line.slope.dataSync()[0]).toBeCloseTo(3, 1);
    expect(line.offset.dataSync()[0]).toBeCloseTo(-1, 1);
  });

  it.each(["wasm", "cpu"] as const)(
    "gives the same weights for the same seed on %s, and others for another",
    async (backend) => {
      const results: number[][] = [];
      for (const seed of [1, 1, 2]) {
        const one = lineTask();
        await train(one.task, { ...OPTIONS, seed, backend });
        results.push(bits(one));
        one.dispose();
      }
      expect(results[1]).toEqual(results[0]);
      expect(results[2]).not.toEqual(results[0]);
      await useWasmBackend();
    },
  );

  it.each(["wasm", "cpu"] as const)("goes on from a checkpoint on %s as if it had never ended", async (backend) => {
    const options = { ...OPTIONS, averageDecay: 0.9, backend };
    await train(line.task, options);
    const whole = bits(line);

    const [first, second] = [lineTask(), lineTask()];
    const stop = new AbortController();
    let checkpoint = new Uint8Array();
    const half = train(
      first.task,
      { ...options, signal: stop.signal },
      {
        onProgress: ({ step }) => (step === 20 ? stop.abort(new Error("enough")) : undefined),
        onCheckpoint: (bytes) => void (checkpoint = bytes.slice()),
      },
    );
    await expect(half).rejects.toThrow("enough");
    await train(second.task, { ...options, checkpoint });
    expect(bits(second)).toEqual(whole);
    first.dispose();
    second.dispose();
    await useWasmBackend();
  });

  it("ends when it has not improved for some judgements, with the best weights", async () => {
    // Nothing is learned at a rate of 0, so the first judgement, after 20 steps, stays the best.
    const still = lineTask({}, 0);
    const result = await train(still.task, { ...OPTIONS, steps: 1000, patience: 3 });
    expect(result).toMatchObject({ steps: 80, reason: "no improvement", best: { step: 20 } });
    still.dispose();
  });

  it("keeps the weights of its best judgement, not the last ones", async () => {
    let judgements = 0;
    const kept: number[] = [];
    // Judged ever worse, so the first is the best.
    const judged = lineTask({ judge: () => tf.scalar(judgements++) });
    await train(
      judged.task,
      { ...OPTIONS, validationShare: 0.1 },
      {
        onSample: () => void kept.push(judged.slope.dataSync()[0]),
      },
    );
    expect(judged.slope.dataSync()[0]).toBe(kept[0]);
    expect(kept[2]).not.toBe(kept[0]);
    judged.dispose();
  });

  it("judges by examples that it never learns from", async () => {
    const [learned, judged] = [new Set<number>(), new Set<number>()];
    let taken = new Uint32Array();
    const { loss } = line.task.turns[0];
    const spied = lineTask({
      take(chosen, random) {
        taken = chosen.slice();
        return line.task.take(chosen, random);
      },
      judge(batch) {
        taken.forEach((index) => judged.add(index));
        return loss(batch, 0);
      },
      augment(batch) {
        taken.forEach((index) => learned.add(index));
        return batch;
      },
    });
    await train(spied.task, { ...OPTIONS, validationShare: 0.25 });
    expect(judged.size).toBe(10);
    expect(learned.size).toBe(30);
    expect([...judged].some((index) => learned.has(index))).toBe(false);
    spied.dispose();
  });

  it("sees every example once an epoch, but for what is left of the last mini-batch", async () => {
    const seen: number[] = [];
    const spied = lineTask({
      take(chosen, random) {
        seen.push(...chosen);
        return line.task.take(chosen, random);
      },
    });
    // 40 examples, 13 a mini-batch: 3 mini-batches an epoch.
    await train(spied.task, { steps: 6, batchSize: 13, validationShare: 0 });
    expect(new Set(seen.slice(0, 39)).size).toBe(39);
    expect(new Set(seen.slice(39)).size).toBe(39);
    expect(seen.slice(39)).not.toEqual(seen.slice(0, 39));
    spied.dispose();
  });

  it("changes mini-batches before it learns from them, and not before it judges", async () => {
    const doubled = lineTask({ augment: ({ x, y }) => ({ x, y: tf.mul(y, 2) }) });
    let last = 0;
    const watch = { onSample: () => void (last = doubled.slope.dataSync()[0]) };
    const { best } = await train(doubled.task, { ...OPTIONS, steps: 600 }, watch);
    expect(last).toBeCloseTo(6, 1);
    // Learning leads away from what is judged, so an early judgement is the best, when y = 0 was still near.
    expect(best!.step).toBeLessThan(300);
    doubled.dispose();
  });

  it("tells how far it is", async () => {
    const told: NetTrainingProgress[] = [];
    await train(line.task, { ...OPTIONS, steps: 45 }, { onProgress: (progress) => void told.push(progress) });
    expect(told.map(({ step }) => step)).toEqual([20, 40, 45]);
    // 36 examples to learn from, 6 a mini-batch: an epoch takes 6 steps.
    expect(told.map(({ epoch }) => epoch)).toEqual([3, 6, 7]);
    expect(told[2].losses["fit"]).toBeLessThan(told[0].losses["fit"]);
    expect(told[2].best).toBe(Math.min(...told.map(({ validation }) => validation!)));
  });

  it("says which loss went bad, and keeps what was learned before", async () => {
    let step = 0;
    const bad = lineTask({
      augment: ({ x, y }) => {
        step += 1;
        return { x, y: step === 8 ? tf.div(y, 0) : y };
      },
    });
    await expect(train(bad.task, OPTIONS)).rejects.toThrow(
      new TrainingError(
        'Training "line": needed a finite loss of "fit", came Infinity within 20 steps of step 20, after 7 good ones. Lower the learning rate, or look for bad numbers in the examples.',
      ),
    );
    expect(bits(bad).every((value) => Number.isFinite(value) && value !== 0)).toBe(true);
    bad.dispose();
  });

  it("refuses checkpoints of another seed", async () => {
    let checkpoint = new Uint8Array();
    await train(line.task, OPTIONS, { onCheckpoint: (bytes) => void (checkpoint = bytes.slice()) });
    const before = bits(line);
    await expect(train(line.task, { ...OPTIONS, seed: 2, checkpoint })).rejects.toThrow(
      new PolicyFileError(
        'Checkpoint of "line": needed the task "line" with seed 2, came "line" with seed 1. Go on with the settings that it was made with.',
      ),
    );
    expect(bits(line)).toEqual(before);
  });

  it.each([
    [{ steps: 0 }, 'Training "line": needed steps as a whole number above 0, came 0. Choose such one.'],
    [{ batchSize: 1.5 }, 'Training "line": needed batchSize as a whole number above 0, came 1.5. Choose such one.'],
    [{ averageDecay: 1 }, 'Training "line": needed averageDecay in [0, 1), came 1. Choose a number in that range.'],
    [
      { batchSize: 37 },
      'Training "line": needed at least the 37 examples of a mini-batch, came 36 to learn from. Give more, or choose a smaller batchSize.',
    ],
  ])("refuses %j", async (changes, message) => {
    await expect(train(line.task, { ...OPTIONS, ...changes })).rejects.toThrow(new ConfigurationError(message));
  });

  it("refuses a task that learns nothing", async () => {
    await expect(train({ ...line.task, turns: [] }, OPTIONS)).rejects.toThrow(
      new ConfigurationError(
        'Training "line": needed turns with variables, came some without. Say what shall be learned.',
      ),
    );
  });
});

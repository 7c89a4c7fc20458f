import * as tf from "@tensorflow/tfjs";
import { beforeAll, beforeEach, expect, test } from "vitest";
import { MovingAverage } from "../../../plugin/nets/training/moving-average.ts";
import { loadTfjs } from "../../compute/oracle/tfjs.ts";

beforeAll(() => loadTfjs("cpu"));

let variable: tf.Variable;
beforeEach(() => {
  variable = tf.tidy(() => tf.variable(tf.tensor1d([10, 0])));
  return () => variable.dispose();
});

function assign(...values: number[]): void {
  tf.tidy(() => variable.assign(tf.tensor1d(values)));
}

test("early on, most of the weights go in, as if the decay were smaller", async () => {
  const average = new MovingAverage([variable], 0.99);
  assign(21, 11);
  average.update(1);
  // After step 1, (1 + 1) / (10 + 1) = 2/11 stays: 10 · 2/11 + 21 · 9/11 = 19, 0 + 11 · 9/11 = 9.
  const [values] = await average.read();
  expect(values[0]).toBeCloseTo(19, 5);
  expect(values[1]).toBeCloseTo(9, 5);
  average.dispose();
});

test("later on, the decay counts", async () => {
  const average = new MovingAverage([variable], 0.75);
  assign(30, 8);
  average.update(1000);
  // 10 · ¾ + 30 · ¼ = 15, 0 · ¾ + 8 · ¼ = 2.
  expect(await average.read()).toEqual([Float32Array.of(15, 2)]);
  average.dispose();
});

test("the variables hold the average only while something runs with it", async () => {
  const average = new MovingAverage([variable], 0.75);
  assign(30, 8);
  const seen = await average.during(() => [...variable.dataSync()]);
  expect(seen).toEqual([10, 0]);
  expect([...variable.dataSync()]).toEqual([30, 8]);
  average.dispose();
});

test("the variables are put back when what runs with the average fails", async () => {
  const average = new MovingAverage([variable], 0.75);
  assign(30, 8);
  await expect(average.during(() => Promise.reject(new Error("no")))).rejects.toThrow("no");
  expect([...variable.dataSync()]).toEqual([30, 8]);
  average.dispose();
});

test("nothing is left over, however often it is disposed of", () => {
  const before = tf.memory().numTensors;
  const average = new MovingAverage([variable], 0.9);
  for (let step = 1; step < 5; step++) average.update(step);
  average.dispose();
  average.dispose();
  expect(tf.memory().numTensors).toBe(before);
});

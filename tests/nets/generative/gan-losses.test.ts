import * as tf from "@tensorflow/tfjs";
import { beforeAll, expect, it } from "vitest";
import { Random } from "../../../plugin/core/random.ts";
import { criticLoss, generatorLoss, steepness } from "../../../plugin/nets/generative/gan-losses.ts";
import { startBackend } from "../../../plugin/nets/start-backend.ts";

beforeAll(() => startBackend("cpu"));

const number = (make: () => tf.Tensor): number => tf.tidy(() => make().dataSync<"float32">()[0]);
const scores = (...values: number[]): tf.Tensor2D => tf.tensor2d(values, [values.length, 1]);

it("a critic that cannot tell loses twice the logarithm of 2", () => {
  expect(number(() => criticLoss(scores(0, 0), scores(0, 0)))).toBeCloseTo(2 * Math.log(2), 6);
});

it("a critic's loss is the log-loss of both kinds", () => {
  // ln(1 + e⁻²) for the real one, ln(1 + e⁻³) for the made one.
  const loss = number(() => criticLoss(scores(2), scores(-3)));
  expect(loss).toBeCloseTo(Math.log(1 + Math.exp(-2)) + Math.log(1 + Math.exp(-3)), 6);
});

it("a generator that is found out loses about the score, and so still learns", () => {
  // ln(1 + e¹⁰).
  expect(number(() => generatorLoss(scores(-10)))).toBeCloseTo(Math.log(1 + Math.exp(10)), 4);
});

it("steepness is the squared gradient of a critic that is even", () => {
  // The scores 3 x − 4 y have the squared gradient 25; with steps of ±0.1 each, a mean over all four signs.
  const [x, y] = [scores(0, 0, 0, 0), scores(0, 0, 0, 0)];
  const steps = { x: scores(0.1, 0.1, -0.1, -0.1), y: scores(0.1, -0.1, 0.1, -0.1) };
  const score = (a: tf.Tensor2D, b: tf.Tensor2D): tf.Tensor2D => tf.sub(tf.mul(a, 3), tf.mul(b, 4));
  const steep = number(() => steepness(score(x, y), score(tf.add(x, steps.x), tf.add(y, steps.y)), 0.1));
  expect(steep).toBeCloseTo(25, 3);
});

it("steepness of a curved critic comes near its squared gradient as the step becomes small", () => {
  // Score Σ x²; at x = 1, …, 1 the squared gradient is 4 · 6.
  const random = new Random(1);
  const values = Float32Array.from({ length: 6000 }, () => 1 + 0.01 * random.normal());
  const score = (rows: tf.Tensor2D): tf.Tensor2D => tf.sum(tf.square(rows), 1, true);
  const steep = number(() => steepness(score(tf.ones([1000, 6])), score(tf.tensor2d(values, [1000, 6])), 0.01));
  expect(steep).toBeGreaterThan(21);
  expect(steep).toBeLessThan(27);
});

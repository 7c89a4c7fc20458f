import * as tf from "@tensorflow/tfjs";
import { beforeAll, expect, it } from "vitest";
import { Random } from "../../../plugin/core/random.ts";
import { dense } from "../../../plugin/nets/layers/dense.ts";
import { Parameters } from "../../../plugin/nets/layers/parameters.ts";
import { constantRate } from "../../../plugin/nets/training/rate-schedule.ts";
import { train } from "../../../plugin/nets/training/train.ts";
import type { TrainingTask } from "../../../plugin/nets/training/training-task.ts";
import { useWasmBackend } from "../../../plugin/nets/wasm-backend.ts";

beforeAll(() => useWasmBackend());

const CODE = 4;
const WIDTH = 24;

/** [batch, 2] and [batch, CODE]. */
interface Batch {
  readonly real: tf.Tensor2D;
  readonly noise: tf.Tensor2D;
}

/** A network of dense layers with leaky ReLUs between them. */
function makeNet(
  random: Random,
  widths: readonly number[],
): { parameters: Parameters; run(x: tf.Tensor2D): tf.Tensor2D } {
  const parameters = new Parameters(random);
  const layers = widths.slice(1).map((to, i) => parameters.dense(`layer ${i}`, widths[i], to));
  return {
    parameters,
    run: (x) =>
      layers.reduce((h, layer, i) => {
        const y = dense(h, layer);
        return i < layers.length - 1 ? tf.sub<tf.Tensor2D>(tf.relu(y), tf.mul(tf.relu(tf.neg(y)), 0.2)) : y;
      }, x),
  };
}

const drawn = (rows: number, columns: number, next: () => number): tf.Tensor2D =>
  tf.tensor2d(Float32Array.from({ length: rows * columns }, next), [rows, columns]);

it("two networks that learn against each other find where points lie", { timeout: 90_000 }, async () => {
  const before = tf.memory().numTensors;
  const generator = makeNet(new Random(1, 1), [CODE, WIDTH, 2]);
  const critic = makeNet(new Random(1, 2), [2, WIDTH, WIDTH, 1]);
  // Points around (2, -1) with the deviation ½.
  const task: TrainingTask<Batch> = {
    name: "points",
    examples: 512,
    take: (chosen, random) => ({
      real: tf.tidy(() =>
        tf.add(
          tf.mul(
            drawn(chosen.length, 2, () => random.normal()),
            0.5,
          ),
          [2, -1],
        ),
      ),
      noise: drawn(chosen.length, CODE, () => random.normal()),
    }),
    turns: [
      {
        name: "critic",
        variables: critic.parameters.variables,
        loss: ({ real, noise }) =>
          tf.add(
            tf.mean(tf.softplus(tf.neg(critic.run(real)))),
            tf.mean(tf.softplus(critic.run(generator.run(noise)))),
          ),
        learningRate: constantRate(3e-3),
        beta1: 0.5,
      },
      {
        name: "generator",
        variables: generator.parameters.variables,
        loss: ({ noise }) => tf.mean(tf.softplus(tf.neg(critic.run(generator.run(noise))))),
        learningRate: constantRate(3e-3),
        beta1: 0.5,
      },
    ],
  };
  await train(task, { steps: 600, batchSize: 64, validationShare: 0, averageDecay: 0.98, seed: 3 });

  const random = new Random(9);
  const [mean, deviation] = tf.tidy(() => {
    const { mean, variance } = tf.moments(generator.run(drawn(1000, CODE, () => random.normal())), 0);
    return [mean.dataSync<"float32">().slice(), tf.sqrt(variance).dataSync<"float32">().slice()];
  });
  expect(Math.hypot(mean[0] - 2, mean[1] + 1)).toBeLessThan(0.3);
  deviation.forEach((value) => {
    expect(value).toBeGreaterThan(0.2);
    expect(value).toBeLessThan(0.9);
  });
  generator.parameters.dispose();
  critic.parameters.dispose();
  expect(tf.memory().numTensors).toBe(before);
});

it("an autoencoder learns that its points lie on a line", { timeout: 60_000 }, async () => {
  const net = makeNet(new Random(2), [3, 8, 1, 8, 3]);
  const task: TrainingTask<{ points: tf.Tensor2D }> = {
    name: "code",
    examples: 64,
    take: (chosen) => ({
      points: tf.tensor2d(
        [...chosen].flatMap((index) => [index / 32 - 1, 1 - index / 32, index / 16 - 2]),
        [chosen.length, 3],
      ),
    }),
    turns: [
      {
        name: "both",
        variables: net.parameters.variables,
        loss: ({ points }) => tf.mean(tf.squaredDifference(net.run(points), points)),
        learningRate: constantRate(0.02),
      },
    ],
  };
  const { best } = await train(task, { steps: 400, batchSize: 8, interval: 50 });
  // The points' own mean square is (1 + 1 + 4) / 9 ≈ 0.67.
  expect(best!.loss).toBeLessThan(0.02);
  net.parameters.dispose();
});

import * as tf from "@tensorflow/tfjs";
import { beforeAll, expect, it } from "vitest";
import { Random } from "../../../plugin/core/random.ts";
import { criticLoss } from "../../../plugin/nets/generative/gan-losses.ts";
import { CODE } from "../../../plugin/nets/imaginer/imaginer-net.ts";
import { StackCritic } from "../../../plugin/nets/imaginer/stack-critic.ts";
import { TAUGHT } from "../../../plugin/nets/imaginer/taught-stack.ts";
import { startBackend } from "../../../plugin/nets/start-backend.ts";
import { train } from "../../../plugin/nets/training/train.ts";

beforeAll(() => startBackend("wasm"));

const SIDE = 32;

/** Stripes that lie or stand, or noise with the same values. */
function stacks(random: Random, isReal: boolean, lies: readonly boolean[]): tf.Tensor4D {
  const values = lies.flatMap((isLying) =>
    Array.from({ length: SIDE * SIDE * TAUGHT }, (_, i) => {
      const pixel = Math.floor(i / TAUGHT);
      const line = isLying ? Math.floor(pixel / SIDE) : pixel % SIDE;
      return isReal ? Number(line % 4 < 2) : random.integer(2);
    }),
  );
  return tf.tensor4d(values, [lies.length, SIDE, SIDE, TAUGHT]);
}

const codesOf = (lies: readonly boolean[]): tf.Tensor2D =>
  tf.tensor2d(lies.map((isLying) => Array.from({ length: CODE }, (_, i) => (i === 0 ? (isLying ? 1 : -1) : 0))));

it(
  "tells real patches from made ones, and right ones from those that were not asked for",
  { timeout: 60_000 },
  async () => {
    const critic = new StackCritic(new Random(1));
    const before = tf.memory().numTensors;
    await train(
      {
        name: "critic",
        examples: 8,
        take(chosen, random) {
          const lies = Array.from(chosen, () => random.uniform() < 0.5);
          const wrong = random.uniform() < 0.5;
          const made = wrong
            ? stacks(
                random,
                true,
                lies.map((isLying) => !isLying),
              )
            : stacks(random, false, lies);
          return { real: stacks(random, true, lies), made, codes: codesOf(lies) };
        },
        turns: [
          {
            name: "critic",
            variables: critic.parameters.variables,
            learningRate: () => 3e-3,
            loss: ({ real, made, codes }) => criticLoss(critic.score(real, codes), critic.score(made, codes)),
          },
        ],
      },
      { steps: 60, batchSize: 4, validationShare: 0 },
    );
    const means = tf.tidy(() => {
      const random = new Random(99);
      const lies = [true, false, true, false];
      const [real, noise] = [stacks(random, true, lies), stacks(random, false, lies)];
      return [
        critic.score(real, codesOf(lies)),
        critic.score(noise, codesOf(lies)),
        critic.score(real, codesOf(lies.map((isLying) => !isLying))),
      ].map((scores) => tf.mean(scores).dataSync<"float32">()[0]);
    });
    expect(means[0]).toBeGreaterThan(0.5);
    expect(means[1]).toBeLessThan(-0.5);
    expect(means[2]).toBeLessThan(-0.5);
    expect(tf.memory().numTensors).toBe(before);
    critic.dispose();
  },
);

import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { createWasmPpoLearner } from "../../../plugin/compute/wasm-ppo-learner.ts";
import type { PpoBatch, PpoLearner, PpoUpdateSettings } from "../../../plugin/core/learner.ts";
import type { NetworkSpec } from "../../../plugin/core/network-spec.ts";
import { observationSpec } from "../../../plugin/core/observation-spec.ts";
import { createTfjsPpoLearner } from "../../../plugin/nets/ppo/tfjs-ppo-learner.ts";
import { useWasmBackend } from "../../../plugin/nets/wasm-backend.ts";
import { AGREEMENT_SETTINGS, largestDifference } from "../../compute/oracle/agreement.ts";
import { randomBatch, randomParameters, syntheticRole } from "../../compute/oracle/random-batch.ts";
import { loadTfjs } from "../../compute/oracle/tfjs.ts";
import { PICTURE_CASES, pictureWork } from "./picture-cases.ts";
import { takeSteps } from "./take-steps.ts";

const role = syntheticRole(6, 2, [3]);
const network: NetworkSpec = { hidden: [16, 16], activation: "tanh", sharedTrunk: false };
const parameters = randomParameters(role, network, 3);
const [seeing] = PICTURE_CASES;

beforeAll(async () => {
  await loadTfjs("cpu");
  await useWasmBackend();
});

/** Puts a learner where the others begin. */
function begin<T extends PpoLearner>(learner: T): T {
  const zeros = (): Float32Array => new Float32Array(parameters.length);
  learner.writeState({ parameters, firstMoments: zeros(), secondMoments: zeros(), steps: 0 });
  return learner;
}

/** 64 rows in two epochs of two minibatches, in order. */
function settingsFor(changes: Partial<PpoUpdateSettings> = {}): PpoUpdateSettings {
  const order = Uint32Array.from({ length: 128 }, (_, i) => i % 64);
  return { ...AGREEMENT_SETTINGS, minibatchSize: 32, epochs: 2, order, ...changes };
}

/** Rows whose old log probabilities are about right, so that nothing diverges by itself. */
function batchOf(changes: (batch: PpoBatch) => void = () => {}): PpoBatch {
  const batch = randomBatch(role, 64, 5);
  batch.logProbabilities.fill(-3.5);
  changes(batch);
  return batch;
}

async function expectSameState(a: PpoLearner, b: PpoLearner): Promise<void> {
  const [one, other] = [await a.readState(), await b.readState()];
  expect(one.steps).toBe(other.steps);
  for (const part of ["parameters", "firstMoments", "secondMoments"] as const) {
    expect(largestDifference(one[part], other[part])).toBeLessThan(1e-5);
  }
}

describe("The tfjs learner", () => {
  it.each<[string, (batch: PpoBatch) => void, Partial<PpoUpdateSettings>]>([
    ["an observation", ({ observations }) => (observations[40 * 6 + 1] = NaN), {}],
    ["an action", ({ continuous }) => (continuous[40 * 2] = NaN), {}],
    ["an advantage", ({ advantages }) => (advantages[40] = NaN), { normaliseAdvantages: false }],
    ["a return", ({ returns }) => (returns[40] = NaN), {}],
    ["an infinite return", ({ returns }) => (returns[40] = Infinity), {}],
    ["an old log probability", ({ logProbabilities }) => (logProbabilities[40] = NaN), {}],
  ])("refuses the minibatch where %s is bad, and keeps what it had learned", async (_what, spoil, change) => {
    const batch = batchOf(spoil);
    const ours = begin(await createTfjsPpoLearner(role, network));
    const fused = begin(await createWasmPpoLearner(role, network));
    const told = await ours.update(batch, settingsFor(change));
    const expected = await fused.update(batch, settingsFor(change));
    expect(expected.firstBad).not.toBeNull();
    expect(told.firstBad).not.toBeNull();
    expect(told.minibatches).toBe(1); // row 40 is in the second
    await expectSameState(ours, fused);

    // And it goes on learning.
    await ours.update(batchOf(), settingsFor());
    await fused.update(batchOf(), settingsFor());
    await expectSameState(ours, fused);
    ours.dispose();
  });

  it("names a number of the rollout that is bad although no loss shows it", async () => {
    const learner = begin(await createTfjsPpoLearner(role, network));
    const batch = batchOf(({ values }) => (values[3] = NaN)); // only clipping the critic would use it
    const { firstBad, minibatches } = await learner.update(batch, settingsFor());
    expect({ firstBad, minibatches }).toEqual({ firstBad: "number of the rollout", minibatches: 0 });
    learner.dispose();
  });

  it("stops before the minibatch that diverges too far, where the fused learner does", async () => {
    const batch = batchOf(({ logProbabilities }) => logProbabilities.fill(-5, 32));
    const fused = begin(await createWasmPpoLearner(role, network));
    const first = await fused.update(batch, settingsFor({ epochs: 1, minibatchSize: 64 }));
    begin(fused);
    const ours = begin(await createTfjsPpoLearner(role, network));
    const settings = settingsFor({ targetKl: first.approximateKl, learningRate: 1e-4 });
    const expected = await fused.update(batch, settings);
    const told = await ours.update(batch, settings);
    expect(told.stoppedEarly).toBe(true);
    expect([told.stoppedEarly, told.minibatches]).toEqual([expected.stoppedEarly, expected.minibatches]);
    expect(told.approximateKl).toBeCloseTo(expected.approximateKl, 5);
    await expectSameState(ours, fused);
    ours.dispose();
  });

  it("learns the same twice from the same seed, and another thing from another", async () => {
    const { batch, settings } = pictureWork(seeing, 40, { minibatchSize: 16 });
    const learn = async (seed: number): Promise<Float32Array> => {
      const learner = await createTfjsPpoLearner(seeing.role, seeing.network, { seed });
      await learner.update(batch, settings);
      const state = await learner.readState();
      learner.dispose();
      return state.parameters;
    };
    const first = await learn(7);
    expect(await learn(7)).toEqual(first);
    expect(await learn(8)).not.toEqual(first);
  });

  it("goes on from a stored state as if nothing had happened", async () => {
    const { batch, settings, parameters: start } = pictureWork(seeing, 24, { minibatchSize: 16 });
    const whole = await createTfjsPpoLearner(seeing.role, seeing.network);
    const { state } = await takeSteps(whole, start, batch, settings);
    const half = await createTfjsPpoLearner(seeing.role, seeing.network, { seed: 5 });
    half.writeState(state);
    for (const learner of [whole, half]) await learner.update(batch, settings);
    expect(await half.readState()).toEqual(await whole.readState());
    for (const learner of [whole, half]) learner.dispose();
  });

  it(
    "holds no more tensors and no more memory after 1,000 minibatches, and none after its end",
    { timeout: 120_000 },
    async () => {
      const tiny = {
        role: {
          ...seeing.role,
          observation: observationSpec({ labels: ["a"], images: [{ label: "b", height: 6, width: 6, channels: 1 }] }),
        },
        network: { ...seeing.network, hidden: [8] },
        name: "tiny",
      };
      const before = tf.memory().numTensors;
      const learner = await createTfjsPpoLearner(tiny.role, tiny.network);
      const { batch, settings } = pictureWork(tiny, 40, { minibatchSize: 4, epochs: 5, learningRate: 1e-6 });
      const heap = (): number =>
        (tf.backend() as unknown as { wasm: { asm: { memory: WebAssembly.Memory } } }).wasm.asm.memory.buffer
          .byteLength;
      const held: [number, number][] = [];
      for (let i = 0; i < 20; i++) {
        const { minibatches } = await learner.update(batch, settings);
        expect(minibatches).toBe(50);
        held.push([tf.memory().numTensors, heap()]);
      }
      expect(held.slice(1).filter(([tensors, bytes]) => tensors !== held[0][0] || bytes !== held[0][1])).toEqual([]);
      learner.dispose();
      learner.dispose();
      expect(tf.memory().numTensors).toBe(before);
    },
  );

  it("computes on its own backend although another is current", async () => {
    const ours = begin(await createTfjsPpoLearner(role, network));
    const other = begin(await createTfjsPpoLearner(role, network, { backend: "cpu" }));
    expect(tf.getBackend()).toBe("cpu");
    await ours.update(batchOf(), settingsFor());
    expect(tf.getBackend()).toBe("wasm");
    await other.update(batchOf(), settingsFor());
    await expectSameState(ours, other);
    for (const learner of [ours, other]) learner.dispose();
  });

  it("refuses a second update before the first has ended", async () => {
    const learner = begin(await createTfjsPpoLearner(role, network));
    const first = learner.update(batchOf(), settingsFor());
    await expect(learner.update(batchOf(), settingsFor())).rejects.toThrow(
      "tfjs PPO learner: needed one update at a time, came a second one. Await the first.",
    );
    await first;
    learner.dispose();
  });

  it("refuses to learn after it was disposed", async () => {
    const learner = await createTfjsPpoLearner(role, network);
    learner.dispose();
    await expect(learner.update(batchOf(), settingsFor())).rejects.toThrow(
      "tfjs PPO learner: needed a learner in use, came one that was disposed. Make a new one.",
    );
  });

  it("refuses webgpu in Node, where there is none", async () => {
    await expect(createTfjsPpoLearner(role, network, { backend: "webgpu" })).rejects.toThrow(
      'TensorFlow.js: needed its backend "webgpu", came a place without WebGPU. Use the backend "wasm".',
    );
  });
});

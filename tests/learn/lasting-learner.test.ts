import { describe, expect, it } from "vitest";
import { createWasmPpoLearner } from "../../plugin/compute/wasm-ppo-learner.ts";
import { TrainingError } from "../../plugin/core/errors.ts";
import type { Device, LearnerState, PpoLearner, PpoUpdateSettings } from "../../plugin/core/learner.ts";
import { createNormaliser } from "../../plugin/core/policy.ts";
import { LastingLearner } from "../../plugin/learn/lasting-learner.ts";
import type { LearnerFactories, MakeLearner } from "../../plugin/learn/learner-factories.ts";
import { AGREEMENT_SETTINGS } from "../compute/oracle/agreement.ts";
import { randomBatch, syntheticRole } from "../compute/oracle/random-batch.ts";
import { NETWORK } from "./local-run.ts";
import { LOST, pretend, throwAt, UNABLE } from "./pretended-learners.ts";

const role = syntheticRole(3, 2);
const order = Uint32Array.from({ length: 128 }, (_, i) => i % 64);
const settings: PpoUpdateSettings = { ...AGREEMENT_SETTINGS, minibatchSize: 32, epochs: 2, order };
const options = { seed: 3, fastMath: false, longestSubmitMilliseconds: Infinity };
const normaliser = { ...createNormaliser(new Uint8Array(3).fill(1)), mean: Float32Array.of(1, 2, 3) };

/** A lasting learner that begins on WebGPU unless told otherwise, and its moves. */
async function begin(
  factories: LearnerFactories,
  mayLeave = false,
  first: Device = "webgpu",
): Promise<{ learner: LastingLearner; moves: [to: Device, from: Device, cause: Error][] }> {
  const moves: [Device, Device, Error][] = [];
  const make = async (device: Device, avoidsGpu: boolean): Promise<PpoLearner> => {
    const factory = factories[device];
    if (!factory) throw UNABLE;
    return factory(role, NETWORK, { ...options, avoidsGpu });
  };
  const onMove = (...move: [Device, Device, Error]): void => void moves.push(move);
  const learner = await LastingLearner.create(await make(first, false), { make, mayLeave, onMove });
  learner.setNormaliser(normaliser);
  return { learner, moves };
}

/** The state after so many updates without any trouble. */
async function undisturbed(updates: number): Promise<LearnerState> {
  const learner = await createWasmPpoLearner(role, NETWORK, options);
  learner.setNormaliser(normaliser);
  await learn(learner, updates);
  return learner.readState();
}

async function learn(learner: PpoLearner, updates: number): Promise<void> {
  for (let i = 0; i < updates; i++) await learner.update(randomBatch(role, 64, i), settings);
}

const wasm = pretend("wasm").make;

describe("When its device is lost, a lasting learner", () => {
  it("goes on with a new one, with the same result as if nothing had happened", async () => {
    const gpu = pretend("webgpu", { before: throwAt(LOST, 2, 5) });
    const { learner, moves } = await begin({ webgpu: gpu.make, wasm });
    await learn(learner, 5);
    expect(learner.readState()).toEqual(await undisturbed(5));
    expect(moves).toEqual([
      ["webgpu", "webgpu", LOST],
      ["webgpu", "webgpu", LOST],
    ]);
    expect(gpu.disposed).toEqual(gpu.made.slice(0, 2));
    expect(learner.device).toBe("webgpu");
  });

  it("goes on with WASM where there is no new one", async () => {
    const making = throwAt(UNABLE, 1);
    const gpu = pretend("webgpu", { before: throwAt(LOST, 1), making });
    const { learner, moves } = await begin({ webgpu: gpu.make, wasm });
    await learn(learner, 3);
    expect(learner.readState()).toEqual(await undisturbed(3));
    expect(moves).toEqual([["wasm", "webgpu", LOST]]);
    expect(learner.device).toBe("wasm");
  });

  it("goes on with WASM when the new one is lost in the same update", async () => {
    const { learner, moves } = await begin({ webgpu: pretend("webgpu", { before: throwAt(LOST, 1, 2) }).make, wasm });
    await learn(learner, 3);
    expect(learner.readState()).toEqual(await undisturbed(3));
    expect(moves.map(([to]) => to)).toEqual(["webgpu", "wasm"]);
  });

  it("goes on with WASM when it happens for the fourth time", async () => {
    const everyOther = pretend("webgpu", { before: throwAt(LOST, 1, 3, 5, 7) });
    const { learner, moves } = await begin({ webgpu: everyOther.make, wasm });
    await learn(learner, 6);
    expect(moves.map(([to]) => to)).toEqual(["webgpu", "webgpu", "webgpu", "wasm"]);
    expect(learner.readState()).toEqual(await undisturbed(6));
  });

  it("goes on with TensorFlow.js where WASM cannot", async () => {
    const gpu = pretend("webgpu", { before: throwAt(LOST, 1, 2) });
    const { learner } = await begin({ webgpu: gpu.make, tfjs: pretend("tfjs").make });
    await learn(learner, 2);
    expect(learner.device).toBe("tfjs");
  });

  it("goes on with TensorFlow.js without the GPU when that was lost too often, and nobody else can", async () => {
    const onGpu = pretend("tfjs", { before: throwAt(LOST, 1, 2) });
    const onWasm = pretend("tfjs");
    const tfjs: MakeLearner = (...asked) => (asked[2].avoidsGpu ? onWasm : onGpu).make(...asked);
    const { learner, moves } = await begin({ tfjs }, false, "tfjs");
    await learn(learner, 3);
    expect(learner.readState()).toEqual(await undisturbed(3));
    expect(moves.map(([to]) => to)).toEqual(["tfjs", "tfjs"]);
    expect([onGpu.made.length, onWasm.made.length]).toEqual([2, 1]);
  });

  it("gives up when even TensorFlow.js without the GPU says that it was lost", async () => {
    const { learner } = await begin({ tfjs: pretend("tfjs", { before: throwAt(LOST, 0, 1, 2) }).make }, false, "tfjs");
    await expect(learn(learner, 1)).rejects.toThrow(TrainingError);
  });

  it("gives up when nobody can, and keeps what it had learned", async () => {
    const { learner } = await begin({ webgpu: pretend("webgpu", { before: throwAt(LOST, 1, 2) }).make });
    await learn(learner, 1);
    await expect(learn(learner, 1)).rejects.toThrow(
      new TrainingError(
        `teach: needed a device to go on with, came none after "webgpu" failed: ${LOST.message} The last good policy is kept; resume the run where a device can be had.`,
      ),
    );
    expect(learner.readState()).toEqual(await undisturbed(1));
  });
});

describe("A device that turns out to be unable", () => {
  it("is left if it was not named", async () => {
    const gpu = pretend("webgpu", { before: throwAt(UNABLE, 1) });
    const { learner, moves } = await begin({ webgpu: gpu.make, wasm }, true);
    await learn(learner, 2);
    expect(moves).toEqual([["wasm", "webgpu", UNABLE]]);
    expect(learner.readState()).toEqual(await undisturbed(2));
  });

  it("ends the run if it was", async () => {
    const { learner } = await begin({ webgpu: pretend("webgpu", { before: throwAt(UNABLE, 0) }).make, wasm });
    await expect(learn(learner, 1)).rejects.toBe(UNABLE);
  });
});

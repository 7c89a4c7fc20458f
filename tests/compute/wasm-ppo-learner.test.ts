import { afterEach, describe, expect, it, vi } from "vitest";
import { initialParameters } from "../../plugin/compute/initial-parameters.ts";
import { createPolicy } from "../../plugin/compute/wasm-policy.ts";
import { createWasmPpoLearner } from "../../plugin/compute/wasm-ppo-learner.ts";
import { ConfigurationError } from "../../plugin/core/errors.ts";
import type { PpoBatch, PpoLearner, PpoUpdateResult, PpoUpdateSettings } from "../../plugin/core/learner.ts";
import type { NetworkSpec } from "../../plugin/core/network-spec.ts";
import { decide } from "./decide.ts";
import { randomBatch, syntheticRole } from "./oracle/random-batch.ts";
import { randomPolicy } from "./plain-network.ts";

const ROLE = syntheticRole(5, 2, [3]);
const NETWORK: NetworkSpec = { hidden: [10, 6], activation: "silu", sharedTrunk: true };

function settingsFor(count: number, changes: Partial<PpoUpdateSettings> = {}): PpoUpdateSettings {
  const epochs = changes.epochs ?? 2;
  return {
    learningRate: 1e-3,
    clipRange: 0.2,
    valueClipRange: Infinity,
    entropyCoefficient: 0.01,
    valueCoefficient: 0.5,
    maxGradientNorm: 0.5,
    targetKl: Infinity,
    normaliseAdvantages: true,
    minibatchSize: 16,
    order: Uint32Array.from({ length: epochs * count }, (_, i) => i % count),
    ...changes,
    epochs,
  };
}

/** Made-up decisions whose log probabilities are what the learner's network says. */
async function likelyBatch(learner: PpoLearner, count: number): Promise<PpoBatch> {
  const batch = randomBatch(ROLE, count, 3);
  const { parameters } = await learner.readState();
  const policy = await createPolicy({ ...randomPolicy(ROLE, NETWORK), parameters });
  const { continuous, discrete, logProbabilities } = decide(policy, batch.observations, { masks: batch.masks });
  return { ...batch, continuous, discrete, logProbabilities };
}

function update(learner: PpoLearner, batch: PpoBatch, settings: Partial<PpoUpdateSettings> = {}): PpoUpdateResult {
  return learner.update(batch, settingsFor(batch.count, settings)) as PpoUpdateResult;
}

afterEach(() => vi.restoreAllMocks());

describe("The WASM learner", () => {
  it("starts with the initial parameters of its seed, and no moments", async () => {
    const learner = await createWasmPpoLearner(ROLE, NETWORK, { seed: 5 });
    const state = await learner.readState();
    const zeros = new Float32Array(state.parameters.length);
    const parameters = initialParameters(ROLE, NETWORK, 5);
    expect(state).toEqual({ parameters, firstMoments: zeros, secondMoments: zeros, steps: 0 });
  });

  it("goes on bit for bit where its stored state left off", async () => {
    const first = await createWasmPpoLearner(ROLE, NETWORK, { seed: 5 });
    const second = await createWasmPpoLearner(ROLE, NETWORK, { seed: 6 });
    const batch = await likelyBatch(first, 50);
    update(first, batch);
    second.writeState(await first.readState());
    expect(await second.readState()).toEqual(await first.readState());
    update(first, batch);
    update(second, batch);
    expect(await second.readState()).toEqual(await first.readState());
  });

  it("makes the taken actions with positive advantages likelier", async () => {
    const learner = await createWasmPpoLearner(ROLE, NETWORK);
    const batch = await likelyBatch(learner, 64);
    const before = update(learner, batch, { epochs: 1 }).policyLoss;
    update(learner, batch, { epochs: 10 });
    expect(update(learner, batch, { epochs: 1 }).policyLoss).toBeLessThan(before - 0.01);
  });

  it("takes a last minibatch that is smaller, even of a single row", async () => {
    const learner = await createWasmPpoLearner(ROLE, NETWORK);
    const result = update(learner, await likelyBatch(learner, 33));
    expect(result.minibatches).toBe(6); // 16 + 16 + 1, twice
    expect(result.firstBad).toBeNull();
  });

  it("ends an update whose policy has diverged from the old one", async () => {
    const learner = await createWasmPpoLearner(ROLE, NETWORK);
    const batch = await likelyBatch(learner, 64);
    const result = update(learner, batch, { learningRate: 0.05, targetKl: 0.01, epochs: 10 });
    expect(result.stoppedEarly).toBe(true);
    expect(result.minibatches).toBeGreaterThan(0);
    expect(result.minibatches).toBeLessThan(40);
  });

  it("asks for no more memory after its first update, however many rows are active", async () => {
    const learner = await createWasmPpoLearner(ROLE, NETWORK);
    const batch = await likelyBatch(learner, 200);
    const rows = (count: number): PpoBatch => ({ ...batch, count });
    update(learner, rows(3));
    const grow = vi.spyOn(WebAssembly.Memory.prototype, "grow");
    for (const count of [9, 40, 41, 100, 199, 200, 7]) update(learner, rows(count));
    expect(grow).not.toHaveBeenCalled();
  });

  it.each([
    ["advantages", "policy loss"],
    ["returns", "value loss"],
    ["observations", "policy loss"],
    ["logProbabilities", "policy loss"],
  ] as const)("names the first quantity that bad %s spoil, and changes nothing", async (what, quantity) => {
    const learner = await createWasmPpoLearner(ROLE, NETWORK);
    const batch = await likelyBatch(learner, 16);
    const before = await learner.readState();
    batch[what][3] = NaN;
    expect(update(learner, batch).firstBad).toBe(quantity);
    expect(await learner.readState()).toEqual(before);
  });

  it("names a quantity that is finite but has exploded", async () => {
    const learner = await createWasmPpoLearner(ROLE, NETWORK);
    const batch = await likelyBatch(learner, 16);
    batch.returns.fill(1e10); // half its square is 5e19
    expect(update(learner, batch).firstBad).toBe("value loss");
  });

  it("scales observations as its normaliser says", async () => {
    const learner = await createWasmPpoLearner(ROLE, NETWORK);
    const batch = await likelyBatch(learner, 16);
    const plain = await createWasmPpoLearner(ROLE, NETWORK);
    const scaled = new Uint8Array(5).fill(1);
    const normaliser = {
      count: 1,
      mean: new Float32Array(5).fill(1),
      variance: new Float32Array(5).fill(4),
      clip: 10,
      scaled,
    };
    learner.setNormaliser(normaliser);
    // (x − 1) / 2, by hand for the plain one.
    const observations = batch.observations.map((x) => (x - 1) / 2);
    const [a, b] = [update(learner, batch), update(plain, { ...batch, observations })];
    expect(a.valueLoss).toBeCloseTo(b.valueLoss, 5);
    expect(a.approximateKl).toBeCloseTo(b.approximateKl, 5);
  });

  it("resumes from a step count that no run could reach, at once", async () => {
    const learner = await createWasmPpoLearner(ROLE, NETWORK);
    learner.writeState({ ...(await learner.readState()), steps: Number.MAX_SAFE_INTEGER });
    expect((await learner.readState()).steps).toBe(Number.MAX_SAFE_INTEGER);
  });

  it("refuses a network that cannot be", async () => {
    await expect(createWasmPpoLearner(ROLE, { ...NETWORK, hidden: [] })).rejects.toThrow(
      new ConfigurationError("PPO learner: needed 1 to 4 hidden layers, came 0. Use e.g. [64, 64]."),
    );
  });
});

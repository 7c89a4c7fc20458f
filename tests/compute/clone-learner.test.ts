import { describe, expect, it } from "vitest";
import { createCloneLearner, type CloneBatch } from "../../plugin/compute/clone-learner.ts";
import { initialParameters } from "../../plugin/compute/initial-parameters.ts";
import { UnsupportedError } from "../../plugin/core/errors.ts";
import { ACTIVATIONS, layOutNetwork, type NetworkSpec } from "../../plugin/core/network-spec.ts";
import { observationSpec, unboundedFlags } from "../../plugin/core/observation-spec.ts";
import { createNormaliser, type PolicyData } from "../../plugin/core/policy.ts";
import { Random } from "../../plugin/core/random.ts";
import type { RoleSpec } from "../../plugin/core/role-spec.ts";
import { randomBatch, randomParameters, syntheticRole } from "./oracle/random-batch.ts";
import { plainForward } from "./plain-network.ts";

const ROLE = syntheticRole(5, 2, [3, 2]);
const NETWORK: NetworkSpec = { hidden: [9, 6], activation: "tanh", sharedTrunk: false };

/** What somebody might have shown: numbers in [-1, 1], a quarter of them at an end. */
function shown(role: RoleSpec, count: number, seed: number): CloneBatch {
  const batch = randomBatch(role, count, seed, 0.3);
  return { ...batch, count, continuous: batch.continuous.map((value) => Math.min(1, Math.max(-1, value))) };
}

/** Mean loss over rows in the plainest words, in float64. */
function plainLoss(data: PolicyData, batch: CloneBatch, rows: ArrayLike<number>): number {
  const { action } = data.role;
  const width = batch.observations.length / batch.count;
  const choices = batch.masks.length / batch.count;
  let sum = 0;
  for (const row of Array.from(rows)) {
    const { heads } = plainForward(data, batch.observations.subarray(row * width, (row + 1) * width));
    action.continuous.forEach((_, d) => {
      const wanted = batch.continuous[row * action.continuous.length + d];
      // Beyond the end that was shown counts as met; beyond the other end does not.
      const off = Math.abs(wanted) === 1 && wanted * heads[d] > 1 ? 0 : heads[d] - wanted;
      sum += 0.5 * off * off;
    });
    let at = row * choices;
    let head = action.continuous.length;
    action.discrete.forEach((branch, b) => {
      let total = 0;
      branch.choices.forEach((_, j) => (total += batch.masks[at + j] === 1 ? Math.exp(heads[head + j]) : 0));
      sum += Math.log(total) - heads[head + batch.discrete[row * action.discrete.length + b]];
      at += branch.choices.length;
      head += branch.choices.length;
    });
  }
  return sum / rows.length;
}

const NETWORKS = ACTIVATIONS.flatMap((activation, i) =>
  [[7], [9, 6], [5, 12, 8]].map((hidden, j): NetworkSpec => ({
    hidden,
    activation,
    sharedTrunk: (i + j) % 2 === 0,
  })),
);

describe("The clone learner", () => {
  it.each(NETWORKS)("has the gradient of its loss: $activation $hidden, shared: $sharedTrunk", async (network) => {
    const parameters = randomParameters(ROLE, network, 3);
    const normaliser = {
      ...createNormaliser(Uint8Array.of(0, 1, 0, 0, 1)),
      mean: Float32Array.of(0, 0.5, 0, 0, -1),
      variance: Float32Array.of(1, 2, 1, 1, 0.3),
    };
    const data: PolicyData = { role: ROLE, network, normaliser, parameters: parameters.slice(), birth: {} };
    const batch = shown(ROLE, 50, 4);
    const learner = await createCloneLearner(ROLE, network, { parameters });
    learner.load(batch, normaliser);
    const rows = Uint32Array.from({ length: 37 }, (_, i) => (i * 7) % 50);
    const before = learner.measure(rows).loss;
    expect(before).toBeCloseTo(plainLoss(data, batch, rows), 4);
    expect(learner.step(rows, 0, 37, 1e-3).loss).toBeCloseTo(before, 6);
    const gradient = learner.readGradient();
    const size = Math.max(...gradient.map(Math.abs));
    expect(size).toBeGreaterThan(0.05);
    const random = new Random(5);
    for (let probe = 0; probe < 60; probe++) {
      const at = random.integer(parameters.length);
      const loss = (shift: number): number => {
        const moved = Float64Array.from(parameters) as unknown as Float32Array;
        moved[at] += shift;
        return plainLoss({ ...data, parameters: moved }, batch, rows);
      };
      const expected = (loss(1e-5) - loss(-1e-5)) / 2e-5;
      expect(Math.abs(gradient[at] - expected) / size).toBeLessThan(1e-3);
    }
  });

  it("leaves the critic and the standard deviations alone", async () => {
    const parameters = randomParameters(ROLE, NETWORK, 3);
    const learner = await createCloneLearner(ROLE, NETWORK, { parameters });
    const batch = shown(ROLE, 50, 4);
    learner.load(batch, createNormaliser(new Uint8Array(5)));
    const rows = Uint32Array.from({ length: 50 }, (_, i) => i);
    for (let i = 0; i < 20; i++) learner.step(rows, 0, 50, 1e-2);
    const { logStd } = layOutNetwork(ROLE, NETWORK);
    const after = learner.readParameters();
    expect(after.subarray(logStd)).toEqual(parameters.subarray(logStd));
    expect(after.subarray(0, logStd)).not.toEqual(parameters.subarray(0, logStd));
  });

  it("measures how far each number is off, and how many choices it meets", async () => {
    const learner = await createCloneLearner(ROLE, NETWORK, { seed: 1 });
    const batch = shown(ROLE, 40, 4);
    learner.load(batch, createNormaliser(new Uint8Array(5)));
    const rows = Uint32Array.from({ length: 40 }, (_, i) => i);
    const before = learner.measure(rows);
    // The head begins near 0, so that the squared error is the mean square of what was shown.
    const square = batch.continuous.reduce((sum, value, i) => sum + (i % 2 === 0 ? value * value : 0), 0) / 40;
    expect(before.squaredErrors[0]).toBeCloseTo(square, 1);
    for (let i = 0; i < 800; i++) learner.step(rows, 0, 40, 1e-2);
    const after = learner.measure(rows);
    expect(after.agreement).toBeGreaterThan(0.95);
    expect(after.squaredErrors[0]).toBeLessThan(0.05);
  });

  it("begins with the initial parameters of its seed", async () => {
    const learner = await createCloneLearner(ROLE, NETWORK, { seed: 5 });
    expect(learner.readParameters()).toEqual(initialParameters(ROLE, NETWORK, 5));
    learner.dispose();
    learner.dispose();
  });

  it("refuses agents that see pictures", async () => {
    const observation = observationSpec({ images: [{ label: "eye", height: 8, width: 8, channels: 1 }] });
    expect(unboundedFlags(observation).length).toBe(0);
    await expect(createCloneLearner({ ...ROLE, observation }, NETWORK)).rejects.toThrow(
      new UnsupportedError(
        'Clone learner: needed observations that are numbers, came the picture "eye". Show it with numbers, or teach it by rewards.',
      ),
    );
  });
});

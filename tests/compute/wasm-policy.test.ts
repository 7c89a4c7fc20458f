import { describe, expect, it } from "vitest";
import { createPolicy } from "../../plugin/compute/wasm-policy.ts";
import { PolicyMismatchError } from "../../plugin/core/errors.ts";
import { ACTIVATIONS, type NetworkSpec } from "../../plugin/core/network-spec.ts";
import { vectorObservation } from "../../plugin/core/observation-spec.ts";
import { Random } from "../../plugin/core/random.ts";
import { syntheticRole } from "./oracle/random-batch.ts";
import { blankPolicy, plainForward, plainLogProbability, randomPolicy } from "./plain-network.ts";
import { decide } from "./decide.ts";

function normals(count: number, seed: number): Float32Array {
  const random = new Random(seed);
  return Float32Array.from({ length: count }, () => random.normal());
}

/** The largest difference between two rows of numbers. */
function farthest(a: ArrayLike<number>, b: ArrayLike<number>): number {
  expect(a.length).toBe(b.length);
  return Array.from(a, (x, i) => Math.abs(x - b[i])).reduce((most, x) => Math.max(most, x), 0);
}

const MIXED = syntheticRole(5, 3, [2, 5]);
const SMALL: NetworkSpec = { hidden: [7, 18], activation: "tanh", sharedTrunk: false };

const SHAPES = [[1], [33], [5, 3], [64, 64], [17, 4, 9], [6, 13, 2, 20]];
const NETWORKS = ACTIVATIONS.flatMap((activation, i) =>
  SHAPES.map((hidden, j): NetworkSpec => ({ hidden, activation, sharedTrunk: (i + j) % 2 === 0 })),
);

describe("The forward pass equals a plain one in float64", () => {
  it.each(NETWORKS)("$activation $hidden, shared trunk: $sharedTrunk", async (network) => {
    const data = randomPolicy(syntheticRole(7, 3), network);
    const policy = await createPolicy(data);
    const observations = normals(21 * 7, 3);
    const { continuous, values } = decide(policy, observations, { greedy: true });
    const plain = Array.from({ length: 21 }, (_, row) =>
      plainForward(data, observations.subarray(row * 7, (row + 1) * 7)),
    );
    expect(
      farthest(
        continuous,
        plain.flatMap((one) => one.heads),
      ),
    ).toBeLessThan(5e-6);
    expect(
      farthest(
        values,
        plain.map((one) => one.value),
      ),
    ).toBeLessThan(5e-6);
  });

  it("scales and clips the observations without a known range, and only those", async () => {
    const role = { ...syntheticRole(0, 2), observation: vectorObservation(["ray", "speed", "height"], ["speed"]) };
    const normaliser = {
      count: 9,
      mean: Float32Array.of(0, 4, 0),
      variance: Float32Array.of(1, 0.25, 1),
      clip: 3,
      scaled: Uint8Array.of(0, 1, 0),
    };
    const data = randomPolicy(role, SMALL, 1, { normaliser });
    const policy = await createPolicy(data);
    // Speeds of 4.5 and 100 scale to 1 and 192, which is clipped to 3; the height of 8 stays 8.
    const observations = Float32Array.of(0.5, 4.5, 8, 0.5, 100, 8);
    const { continuous } = decide(policy, observations, { greedy: true });
    const plain = [plainForward(data, [0.5, 4.5, 8]), plainForward(data, [0.5, 100, 8])];
    expect(
      farthest(
        continuous,
        plain.flatMap((one) => one.heads),
      ),
    ).toBeLessThan(5e-6);
  });
});

describe("Log probabilities equal a plain computation in float64", () => {
  it.each([{ greedy: false }, { greedy: true }])("greedy: $greedy", async ({ greedy }) => {
    const data = randomPolicy(MIXED, SMALL, 4);
    const policy = await createPolicy(data);
    policy.seed(5);
    const agents = 50;
    const observations = normals(agents * 5, 6);
    const random = new Random(7);
    const masks = Uint8Array.from({ length: agents * 7 }, (_, i) => (i % 7 === 0 || random.uniform() < 0.6 ? 1 : 0));
    for (let row = 0; row < agents; row++) masks[row * 7 + 3] = 1; // each branch keeps one
    const { continuous, discrete, logProbabilities } = decide(policy, observations, { greedy, masks });
    const plain = Array.from({ length: agents }, (_, row) =>
      plainLogProbability(
        data,
        plainForward(data, observations.subarray(row * 5, (row + 1) * 5)).heads,
        { continuous: continuous.subarray(row * 3, row * 3 + 3), discrete: discrete.subarray(row * 2, row * 2 + 2) },
        masks.subarray(row * 7, row * 7 + 7),
      ),
    );
    expect(farthest(logProbabilities, plain)).toBeLessThan(2e-5);
  });
});

describe("A policy", () => {
  it("takes the likeliest allowed choice when it is greedy", async () => {
    const role = syntheticRole(1, 0, [4]);
    const data = blankPolicy(role, (parameters, { actor }) => parameters.set([1, 5, 3, 4], actor[1].biases));
    const policy = await createPolicy(data);
    const masks = Uint8Array.of(1, 1, 1, 1, 1, 0, 1, 1, 1, 0, 1, 0);
    expect([...decide(policy, new Float32Array(3), { greedy: true, masks }).discrete]).toEqual([1, 3, 2]);
  });

  it("draws numbers with the mean and the standard deviation of its Gaussians", async () => {
    const role = syntheticRole(1, 3);
    const data = blankPolicy(role, (parameters, { actor, logStd }) => {
      parameters.set([-2, 0, 7], actor[1].biases);
      parameters.set([0, Math.log(0.1), Math.log(3)], logStd);
    });
    const policy = await createPolicy(data);
    policy.seed(1);
    const count = 60_000;
    const { continuous } = decide(policy, new Float32Array(count));
    const expected = [
      [-2, 1],
      [0, 0.1],
      [7, 3],
    ];
    expected.forEach(([mean, deviation], d) => {
      let sum = 0;
      let squares = 0;
      let beyond = 0;
      for (let i = 0; i < count; i++) {
        const z = (continuous[i * 3 + d] - mean) / deviation;
        sum += z;
        squares += z * z;
        if (Math.abs(z) > 1.96) beyond += 1;
      }
      // Four standard errors: of the mean 1/√n, of the variance √(2/n), of a share of 5% √(0.05 · 0.95 / n).
      expect(Math.abs(sum / count)).toBeLessThan(4 / Math.sqrt(count));
      expect(Math.abs(squares / count - 1)).toBeLessThan(4 * Math.sqrt(2 / count));
      expect(Math.abs(beyond / count - 0.05)).toBeLessThan(4 * Math.sqrt(0.0475 / count));
    });
  });

  it("draws choices as often as their probabilities say, and never a masked one", async () => {
    const role = syntheticRole(1, 0, [5, 2]);
    const data = blankPolicy(role, (parameters, { actor }) => {
      // A masked choice whose logit is far above all others.
      parameters.set([0, Math.log(2), 20, Math.log(3), -1, Math.log(9), 0], actor[1].biases);
    });
    const policy = await createPolicy(data);
    policy.seed(2);
    const count = 60_000;
    const masks = new Uint8Array(count * 7);
    for (let i = 0; i < count; i++) masks.set([1, 1, 0, 1, 0, 1, 1], i * 7);
    const { discrete } = decide(policy, new Float32Array(count), { masks });
    const taken = [0, 0, 0, 0, 0];
    let first = 0;
    for (let i = 0; i < count; i++) {
      taken[discrete[i * 2]] += 1;
      if (discrete[i * 2 + 1] === 0) first += 1;
    }
    expect([taken[2], taken[4]]).toEqual([0, 0]);
    const near = (share: number, p: number): void =>
      expect(Math.abs(share - p)).toBeLessThan(4 * Math.sqrt((p * (1 - p)) / count));
    near(taken[0] / count, 1 / 6);
    near(taken[1] / count, 2 / 6);
    near(taken[3] / count, 3 / 6);
    near(first / count, 0.9);
  });

  it("decides for one agent exactly as for the same agent among many", async () => {
    for (const activation of ACTIVATIONS) {
      const policy = await createPolicy(randomPolicy(MIXED, { hidden: [35, 21], activation, sharedTrunk: false }, 9));
      const observations = normals(37 * 5, 8);
      const many = decide(policy, observations, { greedy: true });
      for (let row = 0; row < 37; row++) {
        const one = decide(policy, observations.slice(row * 5, row * 5 + 5), { greedy: true });
        expect([...one.continuous]).toEqual([...many.continuous.subarray(row * 3, row * 3 + 3)]);
        expect([...one.discrete]).toEqual([...many.discrete.subarray(row * 2, row * 2 + 2)]);
        expect(one.logProbabilities[0]).toBe(many.logProbabilities[row]);
        expect(one.values[0]).toBe(many.values[row]);
      }
    }
  });

  it("decides the same after its batches have grown", async () => {
    const policy = await createPolicy(randomPolicy(MIXED, SMALL, 9));
    const observations = normals(700 * 5, 8);
    const few = decide(policy, observations.slice(0, 3 * 5), { greedy: true });
    const lots = decide(policy, observations, { greedy: true });
    const fewAgain = decide(policy, observations.slice(0, 3 * 5), { greedy: true });
    expect(lots.continuous.subarray(0, 9)).toEqual(few.continuous);
    expect(lots.values.subarray(0, 3)).toEqual(few.values);
    expect(fewAgain).toEqual(few);
  });

  it("draws the same from the same seed, and differently at every call and from another seed", async () => {
    const policy = await createPolicy(randomPolicy(MIXED, SMALL, 9));
    const draw = (): number[] => [...decide(policy, new Float32Array(5)).continuous];
    policy.seed(3);
    const first = [draw(), draw()];
    policy.seed(3);
    expect([draw(), draw()]).toEqual(first);
    expect(first[0]).not.toEqual(first[1]);
    policy.seed(4);
    expect(draw()).not.toEqual(first[0]);
  });

  it("draws again what it drew, from where its trace stood before", async () => {
    const policy = await createPolicy(randomPolicy(MIXED, SMALL));
    policy.seed(77);
    const observations = normals(6 * 5, 3);
    for (let call = 0; call < 4; call++) decide(policy, observations);
    const { seed, calls } = policy.trace!;
    expect([seed, calls]).toEqual([77, 4]);
    const drawn = decide(policy, observations);
    decide(policy, observations);
    policy.seed(seed, calls);
    expect(decide(policy, observations)).toEqual(drawn);
  });

  it("counts in its trace how often it took over parameters", async () => {
    const data = randomPolicy(MIXED, SMALL);
    const policy = await createPolicy(data);
    expect(policy.trace!.revision).toBe(0);
    policy.assign(data);
    expect(policy.trace!.revision).toBe(1);
  });

  it("does nothing for a batch of nobody", async () => {
    const policy = await createPolicy(randomPolicy(MIXED, SMALL));
    expect(decide(policy, new Float32Array(0)).continuous).toEqual(new Float32Array(0));
  });

  it("keeps an agent with a sensor that says NaN from touching its neighbours", async () => {
    const policy = await createPolicy(randomPolicy(MIXED, SMALL));
    const observations = normals(4 * 5, 8);
    const sound = decide(policy, observations, { greedy: true });
    observations[0] = NaN;
    const hurt = decide(policy, observations, { greedy: true });
    expect(hurt.continuous.subarray(3)).toEqual(sound.continuous.subarray(3));
    expect(hurt.values.subarray(1)).toEqual(sound.values.subarray(1));
  });

  it("takes over the parameters, the normaliser and the birth certificate of another", async () => {
    const data = randomPolicy(MIXED, SMALL, 1);
    const other = randomPolicy(MIXED, SMALL, 2, { birth: { seed: 2 } });
    const policy = await createPolicy(data);
    const expected = decide(await createPolicy(other), normals(50, 1), { greedy: true });
    policy.assign(other);
    expect(decide(policy, normals(50, 1), { greedy: true })).toEqual(expected);
    expect(policy.toData()).toEqual(other);
    expect(policy.birth).toEqual({ seed: 2 });
  });

  it.each([
    [
      "an activation",
      randomPolicy(MIXED, { ...SMALL, activation: "silu" }),
      "5 observations, separate silu layers [7, 18], 3 continuous actions, choices [2, 5]",
    ],
    [
      "a trunk",
      randomPolicy(MIXED, { ...SMALL, sharedTrunk: true }),
      "5 observations, shared tanh layers [7, 18], 3 continuous actions, choices [2, 5]",
    ],
    [
      "a role",
      randomPolicy(syntheticRole(4, 3, [5, 2]), SMALL),
      "4 observations, separate tanh layers [7, 18], 3 continuous actions, choices [5, 2]",
    ],
  ])("refuses to take over a policy of another shape: %s", async (_what, other, came) => {
    const policy = await createPolicy(randomPolicy(MIXED, SMALL));
    expect(() => policy.assign(other)).toThrow(
      new PolicyMismatchError(
        `Policy: needed a network with 5 observations, separate tanh layers [7, 18], 3 continuous actions, choices [2, 5], came one with ${came}. Give it a policy of the same shape.`,
      ),
    );
  });

  it("refuses to take over too few parameters", async () => {
    const data = randomPolicy(MIXED, SMALL);
    const policy = await createPolicy(data);
    const size = data.parameters.length;
    expect(() => policy.assign({ ...data, parameters: new Float32Array(3) })).toThrow(
      new PolicyMismatchError(`Policy: needed ${size} parameters, came 3. Give it a policy of the same shape.`),
    );
  });

  it("refuses to decide once it is disposed, and may be disposed twice", async () => {
    const policy = await createPolicy(randomPolicy(MIXED, SMALL));
    policy.dispose();
    policy.dispose();
    expect(() => decide(policy, new Float32Array(5))).toThrow(
      new PolicyMismatchError("Policy: needed a policy in use, came one that was disposed. Load it again."),
    );
  });
});

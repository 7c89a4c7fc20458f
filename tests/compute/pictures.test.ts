import v8 from "node:v8";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createInputGradient } from "../../plugin/compute/input-gradient.ts";
import { supportsFastMath } from "../../plugin/compute/kernels.ts";
import { createPolicy } from "../../plugin/compute/wasm-policy.ts";
import { ConfigurationError, PolicyMismatchError, UnsupportedError } from "../../plugin/core/errors.ts";
import {
  NATURE_ENCODER,
  SIMPLE_ENCODER,
  SMALL_ENCODER,
  type Convolution,
  type NetworkSpec,
} from "../../plugin/core/network-spec.ts";
import { imageSize, observationSize, observationSpec, type ImagePart } from "../../plugin/core/observation-spec.ts";
import type { PolicyData } from "../../plugin/core/policy.ts";
import { Random } from "../../plugin/core/random.ts";
import type { RoleSpec } from "../../plugin/core/role-spec.ts";
import { largestDifference } from "./oracle/agreement.ts";
import { syntheticRole } from "./oracle/random-batch.ts";
import { plainForward, plainLogProbability, randomPolicy } from "./plain-network.ts";
import { decide, type Decided } from "./decide.ts";

type Picture = Omit<ImagePart, "kind">;

const NETWORK: NetworkSpec = { hidden: [9, 6], activation: "tanh", sharedTrunk: false };
const EYE: Picture = { label: "eye", height: 11, width: 11, channels: 3 };

function seeingRole(
  images: readonly Picture[],
  numbers = 0,
  continuous = 3,
  branches: readonly number[] = [],
): RoleSpec {
  const labels = Array.from({ length: numbers }, (_, i) => `number ${i}`);
  return { ...syntheticRole(1, continuous, branches), observation: observationSpec({ labels, images }) };
}

/** Rows of made-up observations and pictures. */
function sights(role: RoleSpec, agents: number, seed: number): { observations: Float32Array; images: Uint8Array } {
  const random = new Random(seed);
  return {
    observations: Float32Array.from({ length: agents * observationSize(role.observation) }, () => random.normal()),
    images: Uint8Array.from({ length: agents * imageSize(role.observation) }, () => random.integer(256)),
  };
}

/** One row of what `sights` gives. */
function row(role: RoleSpec, seen: ReturnType<typeof sights>, agent: number): ReturnType<typeof sights> {
  const [numbers, bytes] = [observationSize(role.observation), imageSize(role.observation)];
  return {
    observations: seen.observations.slice(agent * numbers, (agent + 1) * numbers),
    images: seen.images.slice(agent * bytes, (agent + 1) * bytes),
  };
}

async function decideGreedily(data: PolicyData, seen: ReturnType<typeof sights>, fastMath = false): Promise<Decided> {
  const policy = await createPolicy(data, { fastMath });
  const decided = decide(policy, seen.observations, { greedy: true, images: seen.images });
  policy.dispose();
  return decided;
}

/** How far a policy's means and values are from a plain computation in float64, where all actions are continuous. */
async function distanceFromPlain(data: PolicyData, agents: number, fastMath = false): Promise<number> {
  const seen = sights(data.role, agents, 3);
  const { continuous, values } = await decideGreedily(data, seen, fastMath);
  const plain = Array.from({ length: agents }, (_, agent) => {
    const { observations, images } = row(data.role, seen, agent);
    return plainForward(data, observations, images);
  });
  return Math.max(
    largestDifference(
      continuous,
      plain.flatMap(({ heads }) => heads),
    ),
    largestDifference(
      values,
      plain.map(({ value }) => value),
    ),
  );
}

describe("Decisions on pictures equal a plain computation in float64", () => {
  it.each([
    ["a small grid", [EYE], SMALL_ENCODER],
    ["a camera", [{ ...EYE, height: 20, width: 20 }], SIMPLE_ENCODER],
    ["a large camera", [{ ...EYE, height: 40, width: 36, channels: 1 }], NATURE_ENCODER],
    ["two cameras", [EYE, { label: "map", height: 9, width: 14, channels: 1 }], SMALL_ENCODER],
  ])("%s", async (_what, images, convolutions) => {
    const data = randomPolicy(seeingRole(images), { ...NETWORK, convolutions });
    expect(await distanceFromPlain(data, 7)).toBeLessThan(1e-5);
  });

  it("beside numbers, some of which are scaled", async () => {
    const observation = observationSpec({ labels: ["speed", "height"], unbounded: ["speed"], images: [EYE] });
    const normaliser = {
      count: 9,
      mean: Float32Array.of(1, 0),
      variance: Float32Array.of(0.25, 1),
      clip: 3,
      scaled: Uint8Array.of(1, 0),
    };
    const data = randomPolicy({ ...seeingRole([EYE]), observation }, NETWORK, 1, { normaliser });
    expect(await distanceFromPlain(data, 21)).toBeLessThan(1e-5);
  });

  it("whatever the shapes", async () => {
    const side = fc.integer({ min: 1, max: 13 });
    const picture = fc.record({ height: side, width: side, channels: fc.integer({ min: 1, max: 7 }) });
    const convolution = fc.record({
      filters: fc.integer({ min: 1, max: 21 }),
      size: fc.integer({ min: 1, max: 5 }),
      stride: fc.integer({ min: 1, max: 4 }),
    });
    const shape = fc.record({
      pictures: fc.array(picture, { minLength: 1, maxLength: 3 }),
      convolutions: fc.array(convolution, { minLength: 1, maxLength: 3 }),
      numbers: fc.integer({ min: 0, max: 5 }),
      agents: fc.constantFrom(1, 2, 3, 4, 5, 6, 17, 70),
      sharedTrunk: fc.boolean(),
      seed: fc.nat(1000),
    });
    await fc.assert(
      fc.asyncProperty(shape, async ({ pictures, convolutions, numbers, agents, sharedTrunk, seed }) => {
        fc.pre(pictures.every(({ height, width }) => fits(Math.min(height, width), convolutions)));
        const role = seeingRole(
          pictures.map((size, i) => ({ label: `eye ${i}`, ...size })),
          numbers,
        );
        const data = randomPolicy(role, { ...NETWORK, sharedTrunk, convolutions }, seed);
        expect(await distanceFromPlain(data, agents)).toBeLessThan(1e-5);
      }),
      { numRuns: 150, seed: 1 },
    );
  });

  it("with relaxed SIMD too", async () => {
    if (!supportsFastMath()) v8.setFlagsFromString("--experimental-wasm-relaxed-simd"); // Node 20 has it behind this flag
    const data = randomPolicy(seeingRole([EYE], 3), NETWORK);
    expect(await distanceFromPlain(data, 21, true)).toBeLessThan(1e-5);
  });

  it("when choices are drawn, with their log probabilities", async () => {
    const role = seeingRole([EYE], 2, 2, [3, 4]);
    const data = randomPolicy(role, NETWORK, 4);
    const policy = await createPolicy(data);
    policy.seed(5);
    const seen = sights(role, 30, 6);
    const { continuous, discrete, logProbabilities } = decide(policy, seen.observations, { images: seen.images });
    const plain = Array.from({ length: 30 }, (_, agent) => {
      const { observations, images } = row(role, seen, agent);
      const action = {
        continuous: continuous.subarray(agent * 2, agent * 2 + 2),
        discrete: discrete.subarray(agent * 2, agent * 2 + 2),
      };
      return plainLogProbability(
        data,
        plainForward(data, observations, images).heads,
        action,
        new Uint8Array(7).fill(1),
      );
    });
    expect(largestDifference(logProbabilities, plain)).toBeLessThan(2e-5);
    expect(new Set(discrete.filter((_, i) => i % 2 === 0)).size).toBe(3); // drawn, not always the likeliest
  });
});

/** Whether every convolution finds at least its own size of pixels. */
function fits(side: number, convolutions: readonly Convolution[]): boolean {
  let left = side;
  return convolutions.every(({ size, stride }) => {
    const enough = left >= size;
    left = Math.floor((left - size) / stride) + 1;
    return enough;
  });
}

describe("A policy that sees", () => {
  it("decides for one agent exactly as for the same agent among many", async () => {
    for (const convolutions of [SMALL_ENCODER, [{ filters: 21, size: 9, stride: 2 }]]) {
      const role = seeingRole([EYE, { ...EYE, label: "map", channels: 2 }], 3, 3, [4]);
      const policy = await createPolicy(randomPolicy(role, { ...NETWORK, convolutions }, 9));
      const seen = sights(role, 71, 8);
      const many = decide(policy, seen.observations, { greedy: true, images: seen.images });
      for (let agent = 0; agent < 71; agent++) {
        const { observations, images } = row(role, seen, agent);
        const one = decide(policy, observations, { greedy: true, images });
        expect([...one.continuous]).toEqual([...many.continuous.subarray(agent * 3, agent * 3 + 3)]);
        expect(one.discrete[0]).toBe(many.discrete[agent]);
        expect(one.logProbabilities[0]).toBe(many.logProbabilities[agent]);
        expect(one.values[0]).toBe(many.values[agent]);
      }
    }
  });

  it("decides the same after its batches have grown, and for fewer agents than an array holds", async () => {
    const role = seeingRole([EYE], 2);
    const policy = await createPolicy(randomPolicy(role, NETWORK, 9));
    const seen = sights(role, 200, 8);
    const lots = decide(policy, seen.observations, { greedy: true, images: seen.images });
    const few = { continuous: new Float32Array(9), discrete: new Int32Array(0) };
    policy.decide({ agents: 3, ...seen, masks: new Uint8Array(0), actions: few }, { greedy: true });
    expect(few.continuous).toEqual(lots.continuous.slice(0, 9));
    expect(decide(policy, seen.observations, { greedy: true, images: seen.images })).toEqual(lots);
  });

  it("looks again at an array of pictures that was written anew", async () => {
    const role = seeingRole([EYE]);
    const data = randomPolicy(role, NETWORK, 9);
    const policy = await createPolicy(data);
    const { images } = sights(role, 2, 1);
    decide(policy, new Float32Array(0), { greedy: true, images });
    const next = sights(role, 2, 2);
    images.set(next.images);
    expect(decide(policy, next.observations, { greedy: true, images })).toEqual(await decideGreedily(data, next));
  });

  it("takes over the convolutions of another, and gives them back as they were", async () => {
    const role = seeingRole([EYE, { ...EYE, label: "map", channels: 2 }], 3);
    const network = { ...NETWORK, convolutions: [{ filters: 5, size: 3, stride: 2 }, SMALL_ENCODER[1]] };
    const other = randomPolicy(role, network, 2, { birth: { seed: 2 } });
    const policy = await createPolicy(randomPolicy(role, network, 1));
    policy.assign(other);
    expect(policy.toData()).toEqual(other);
    const { observations, images } = sights(role, 5, 3);
    expect(decide(policy, observations, { greedy: true, images })).toEqual(
      await decideGreedily(other, { observations, images }),
    );
  });

  it("refuses to take over one that sees through other convolutions", async () => {
    const convolutions = [{ filters: 4, size: 3, stride: 2 }];
    const policy = await createPolicy(randomPolicy(seeingRole([EYE]), { ...NETWORK, convolutions }));
    const other = randomPolicy(seeingRole([{ ...EYE, width: 12 }]), { ...NETWORK, convolutions });
    expect(() => policy.assign(other)).toThrow(
      new PolicyMismatchError(
        "Policy: needed a network with 0 observations, a picture of 11 × 11 × 3 through convolutions [4 of 3 × 3 every 2], separate tanh layers [9, 6], 3 continuous actions, choices [], came one with 0 observations, a picture of 12 × 11 × 3 through convolutions [4 of 3 × 3 every 2], separate tanh layers [9, 6], 3 continuous actions, choices []. Give it a policy of the same shape.",
      ),
    );
  });

  it.each([
    ["none", undefined],
    ["725", new Uint8Array(725)],
  ])("refuses to decide on too few pictures: %s", async (came, images) => {
    const policy = await createPolicy(randomPolicy(seeingRole([EYE]), NETWORK));
    const batch = {
      agents: 2,
      observations: new Float32Array(0),
      masks: new Uint8Array(0),
      actions: { continuous: new Float32Array(6), discrete: new Int32Array(0) },
    };
    // 2 · 11 · 11 · 3 bytes.
    expect(() => policy.decide(images ? { ...batch, images } : batch)).toThrow(
      new ConfigurationError(
        `Policy: needed 726 bytes of pictures for 2 agents, came ${came}. Give it images with 363 bytes for each agent.`,
      ),
    );
  });

  it("refuses a kernel that is larger than its picture", async () => {
    const network = { ...NETWORK, convolutions: [{ filters: 4, size: 12, stride: 1 }] };
    const data = { ...randomPolicy(seeingRole([EYE]), NETWORK), network };
    await expect(createPolicy(data)).rejects.toThrow(
      new ConfigurationError(
        'Policy: convolution 0 needs at least 12 × 12 pixels, came 11 × 11 of the picture "eye". Use smaller kernels or strides, or a larger picture.',
      ),
    );
  });

  it("has no gradient by its inputs", async () => {
    await expect(createInputGradient(randomPolicy(seeingRole([EYE]), NETWORK))).rejects.toThrow(
      new UnsupportedError(
        'InputGradient: needed observations that are numbers, came the picture "eye". Show with createEncoderView what its convolutions make of it.',
      ),
    );
  });
});

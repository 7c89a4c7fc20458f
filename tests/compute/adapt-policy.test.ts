import fc from "fast-check";
import { expect, test } from "vitest";
import { adaptPolicy } from "../../plugin/compute/adapt-policy.ts";
import { untaughtPolicy } from "../../plugin/compute/untaught-policy.ts";
import { createPolicy } from "../../plugin/compute/wasm-policy.ts";
import type { ActionSpec } from "../../plugin/core/action-spec.ts";
import { createAgentGroup } from "../../plugin/core/environment.ts";
import type { NetworkSpec } from "../../plugin/core/network-spec.ts";
import { imageParts, observationLabels, observationSpec, type ImagePart } from "../../plugin/core/observation-spec.ts";
import type { PolicyData } from "../../plugin/core/policy.ts";
import { Random } from "../../plugin/core/random.ts";
import { decodePolicy, encodePolicy } from "../../plugin/core/policy-file.ts";
import type { RoleSpec } from "../../plugin/core/role-spec.ts";

const ACTION: ActionSpec = { continuous: ["drive", "turn"], discrete: [{ label: "jump", choices: ["none", "jump"] }] };
const SMALL: NetworkSpec = { hidden: [16, 8], activation: "tanh", sharedTrunk: false };
const MAP = { label: "map", height: 7, width: 5, channels: 2 };

function roleOf(
  labels: readonly string[],
  unbounded: readonly string[] = [],
  images: Omit<ImagePart, "kind">[] = [],
): RoleSpec {
  return { observation: observationSpec({ labels, unbounded, images }), action: ACTION };
}

/** A policy whose every number is something, normaliser included. */
function taught(role: RoleSpec, network = SMALL, seed = 1): PolicyData {
  const data = untaughtPolicy(role, network, seed);
  const random = new Random(seed, 9);
  return {
    ...data,
    parameters: data.parameters.map((value) => value + 0.3 * random.normal()),
    normaliser: {
      ...data.normaliser,
      count: 50_000,
      mean: data.normaliser.mean.map((_, i) => (data.normaliser.scaled[i] === 1 ? random.normal() : 0)),
      variance: data.normaliser.variance.map((_, i) => (data.normaliser.scaled[i] === 1 ? 1 + random.uniform() : 1)),
    },
  };
}

/** What a policy does and how good it finds it, for one agent that senses that, by label. */
async function act(data: PolicyData, sensed: Readonly<Record<string, number>>, pixels?: Uint8Array): Promise<number[]> {
  const policy = await createPolicy(data);
  const group = createAgentGroup(data.role, 1);
  observationLabels(data.role.observation).forEach((label, i) => (group.observations[i] = sensed[label] ?? NaN));
  if (pixels) group.images.set(pixels);
  group.masks.fill(1);
  const values = new Float32Array(1);
  const logProbabilities = new Float32Array(1);
  policy.decide(group, { greedy: true, values, logProbabilities });
  policy.dispose();
  return [...group.actions.continuous, ...group.actions.discrete, ...values, ...logProbabilities];
}

const sense = (labels: readonly string[], seed: number): Record<string, number> => {
  const random = new Random(seed);
  return Object.fromEntries(labels.map((label) => [label, random.between(-3, 3)]));
};

test("a policy acts the same after a sensor was added behind the others, bit for bit, whatever that says", async () => {
  const before = taught(roleOf(["a", "b"], ["b"]));
  const after = adaptPolicy(before, roleOf(["a", "b", "new"], ["b"]));
  for (const value of [0, 1, -1e6, 1e6]) {
    const sensed = { ...sense(["a", "b"], 3), new: value };
    expect(await act(after, sensed)).toEqual(await act(before, sensed));
  }
});

test("a policy acts the same after sensors were added anywhere and moved, to 1e-6", async () => {
  const letters = ["a", "b", "c", "d", "e"];
  await fc.assert(
    fc.asyncProperty(
      fc.subarray(letters, { minLength: 1 }),
      fc.shuffledSubarray(["x", "y", "z"]),
      fc.boolean(),
      fc.integer({ min: 0, max: 1000 }),
      async (kept, added, sharedTrunk, seed) => {
        const unbounded = kept.filter((label) => label > "b");
        const before = taught(roleOf(kept, unbounded), { ...SMALL, sharedTrunk }, seed);
        const mixed =
          new Random(seed).uniform() < 0.5 ? [...added, ...kept.toReversed()] : [...kept.toReversed(), ...added];
        const after = adaptPolicy(before, roleOf(mixed, [...unbounded, ...added.slice(0, 1)]));
        const sensed = sense(mixed, seed);
        const [was, is] = [await act(before, sensed), await act(after, sensed)];
        is.forEach((value, i) =>
          expect(Math.abs(value - was[i])).toBeLessThanOrEqual(1e-6 * Math.max(1, Math.abs(was[i]))),
        );
      },
    ),
    { numRuns: 60 },
  );
});

test("a policy whose sensor was removed acts as if that had said 0", async () => {
  const before = taught(roleOf(["a", "gone", "b"]));
  const after = adaptPolicy(before, roleOf(["a", "b"]));
  const sensed = sense(["a", "b"], 5);
  const [is, was] = [await act(after, sensed), await act(before, { ...sensed, gone: 0 })];
  is.forEach((value, i) => expect(value).toBeCloseTo(was[i], 5));
});

test("pictures follow their label, and a new one changes nothing yet", async () => {
  const before = taught(roleOf(["a"], [], [MAP]));
  const after = adaptPolicy(before, roleOf(["new", "a"], [], [{ ...MAP, label: "other" }, MAP]));
  expect(imageParts(after.role.observation).map(({ label }) => label)).toEqual(["other", "map"]);
  const random = new Random(4);
  const map = Uint8Array.from({ length: 70 }, () => random.integer(256));
  const other = Uint8Array.from({ length: 70 }, () => random.integer(256));
  const sensed = { a: 0.5, new: 0.25 };
  const was = await act(before, sensed, map);
  const is = await act(after, sensed, Uint8Array.from([...other, ...map]));
  is.forEach((value, i) => expect(Math.abs(value - was[i])).toBeLessThanOrEqual(1e-5));
});

test("a picture of another size counts as new", () => {
  const before = taught(roleOf(["a"], [], [MAP]));
  const after = adaptPolicy(before, roleOf(["a"], [], [{ ...MAP, height: 9 }]));
  expect(after.parameters.length).toBeGreaterThan(before.parameters.length);
});

test("mean and variance follow their label, and a new label is counted soon", () => {
  const before = taught(roleOf(["far", "speed"], ["far", "speed"]));
  const { mean, variance, scaled, count, clip } = adaptPolicy(
    before,
    roleOf(["new", "speed"], ["new", "speed"]),
  ).normaliser;
  expect([...mean]).toEqual([0, before.normaliser.mean[1]]);
  expect([...variance]).toEqual([1, before.normaliser.variance[1]]);
  expect([...scaled]).toEqual([1, 1]);
  expect(count).toBe(10_240);
  expect(clip).toBe(before.normaliser.clip);
});

test("a label that has got a known range starts anew, since its numbers mean something else", async () => {
  const before = taught(roleOf(["a", "far"], ["far"]));
  const after = adaptPolicy(before, roleOf(["a", "far"]));
  expect([...after.normaliser.scaled]).toEqual([0, 0]);
  expect(await act(after, { a: 0.5, far: 1 })).toEqual(await act(after, { a: 0.5, far: -1 }));
});

test("the old policy stays as it is, and the new one can be saved", () => {
  const before = taught(roleOf(["a", "b"]));
  const copy = structuredClone(before);
  const after = adaptPolicy(before, roleOf(["b", "a", "c"]));
  expect(before).toEqual(copy);
  expect(decodePolicy(encodePolicy(after), "test").parameters).toEqual(after.parameters);
});

test("other actions are refused by name", () => {
  const role: RoleSpec = { ...roleOf(["a"]), action: { ...ACTION, continuous: ["drive", "strafe"] } };
  expect(() => adaptPolicy(taught(roleOf(["a"])), role)).toThrow(
    `adaptPolicy: the policy's action 1 is "turn", but the actuators take "strafe" there. List the actuators of the training in the same order, or teach again.`,
  );
});

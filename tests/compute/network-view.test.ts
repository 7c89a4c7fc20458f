import { describe, expect, it } from "vitest";
import { createNetworkView } from "../../plugin/compute/network-view.ts";
import { createPolicy } from "../../plugin/compute/wasm-policy.ts";
import { ConfigurationError, PolicyMismatchError } from "../../plugin/core/errors.ts";
import { ACTIVATIONS, type NetworkSpec } from "../../plugin/core/network-spec.ts";
import { observationSpec } from "../../plugin/core/observation-spec.ts";
import { Random } from "../../plugin/core/random.ts";
import { decide } from "./decide.ts";
import { syntheticRole } from "./oracle/random-batch.ts";
import { plainForward, plainHidden, randomPolicy } from "./plain-network.ts";

const ROLE = syntheticRole(5, 2, [3, 2]);
const NETWORK: NetworkSpec = { hidden: [9, 6], activation: "tanh", sharedTrunk: false };

function normals(count: number, seed: number): Float32Array {
  const random = new Random(seed);
  return Float32Array.from({ length: count }, () => random.normal());
}

function farthest(a: ArrayLike<number>, b: ArrayLike<number>): number {
  expect(a.length).toBe(b.length);
  return Math.max(...Array.from(a, (x, i) => Math.abs(x - b[i])));
}

const NETWORKS = ACTIVATIONS.flatMap((activation, i) =>
  [[7], [9, 6], [5, 12, 8, 33]].map((hidden, j): NetworkSpec => ({
    hidden,
    activation,
    sharedTrunk: (i + j) % 2 === 0,
  })),
);

describe("A network view", () => {
  it.each(NETWORKS)("agrees with the policy: $activation $hidden, shared trunk: $sharedTrunk", async (network) => {
    const data = randomPolicy(ROLE, network, 4);
    const view = await createNetworkView(data);
    const observations = normals(5 * 3, 2);
    const { continuous, values } = decide(await createPolicy(data), observations, { greedy: true });
    const estimates = new Float32Array(3);
    view.estimate({ observations }, 3, estimates);
    expect(estimates).toEqual(values);
    for (let row = 0; row < 3; row++) {
      view.look({ observations }, row);
      expect(view.means).toEqual(continuous.subarray(row * 2, row * 2 + 2));
      expect(view.value).toBe(values[row]);
    }
  });

  it.each(NETWORKS)("shows the hidden layers: $activation $hidden, shared trunk: $sharedTrunk", async (network) => {
    const data = randomPolicy(ROLE, network, 4);
    const view = await createNetworkView(data);
    const observation = normals(5, 2);
    view.look({ observations: observation });
    const expected = plainHidden(data, observation);
    expect(view.layers.map(({ name }) => name)).toEqual(expected.map(({ name }) => name));
    view.layers.forEach(({ activations }, i) =>
      expect(farthest(activations, expected[i].activations)).toBeLessThan(1e-5),
    );
  });

  it("gives the softmax of what may be chosen", async () => {
    const data = randomPolicy(ROLE, NETWORK);
    const view = await createNetworkView(data);
    const observations = normals(5, 3);
    view.look({ observations, masks: Uint8Array.of(1, 0, 1, 1, 1) });
    const weights = plainForward(data, observations).heads.slice(2).map(Math.exp);
    const first = weights[0] + weights[2];
    const second = weights[3] + weights[4];
    const expected = [weights[0] / first, 0, weights[2] / first, weights[3] / second, weights[4] / second];
    expect(farthest(view.probabilities, expected)).toBeLessThan(1e-6);
  });

  it("gives the standard deviations of the numbers", async () => {
    const data = randomPolicy(ROLE, NETWORK);
    const view = await createNetworkView(data);
    const other = randomPolicy(ROLE, NETWORK, 9);
    view.assign(other);
    view.look({ observations: normals(5, 1) });
    const fresh = await createNetworkView(other);
    fresh.look({ observations: normals(5, 1) });
    expect(view.deviations).toEqual(fresh.deviations);
    expect(view.means).toEqual(fresh.means);
    expect(view.deviations[0]).toBeGreaterThan(0.4);
  });

  it("estimates more agents than go through together as the policy does", async () => {
    const data = randomPolicy(ROLE, NETWORK);
    const view = await createNetworkView(data);
    const observations = normals(150 * 5, 5);
    const estimates = new Float32Array(150);
    view.estimate({ observations }, 150, estimates);
    expect(estimates).toEqual(decide(await createPolicy(data), observations, { greedy: true }).values);
  });

  it("sees pictures as the policy does", async () => {
    const eye = { label: "eye", height: 7, width: 6, channels: 2 };
    const role = { ...ROLE, observation: observationSpec({ labels: ["speed"], images: [eye] }) };
    const data = randomPolicy(role, { hidden: [9], activation: "silu", sharedTrunk: true });
    const view = await createNetworkView(data);
    const random = new Random(3);
    const images = Uint8Array.from({ length: 40 * 84 }, () => random.integer(256));
    const observations = normals(40, 1);
    const { continuous, values } = decide(await createPolicy(data), observations, { greedy: true, images });
    const estimates = new Float32Array(40);
    view.estimate({ observations, images }, 40, estimates);
    expect(estimates).toEqual(values);
    view.look({ observations, images }, 37);
    expect(view.means).toEqual(continuous.subarray(74, 76));
  });

  it("refuses arrays without the row that is looked at", async () => {
    const view = await createNetworkView(randomPolicy(ROLE, NETWORK));
    expect(() => view.look({ observations: new Float32Array(9) }, 1)).toThrow(
      new ConfigurationError("NetworkView: needed 10 observations for 2 agents, came 9. Give each agent 5."),
    );
  });

  it("refuses room for fewer estimates than agents", async () => {
    const view = await createNetworkView(randomPolicy(ROLE, NETWORK));
    expect(() => view.estimate({ observations: new Float32Array(10) }, 2, new Float32Array(1))).toThrow(
      new ConfigurationError("NetworkView: needed room for 2 estimates, came 1. Give a longer array."),
    );
  });

  it("refuses to look once it is disposed", async () => {
    const view = await createNetworkView(randomPolicy(ROLE, NETWORK));
    view.dispose();
    view.dispose();
    expect(() => view.look({ observations: new Float32Array(5) })).toThrow(
      new PolicyMismatchError("NetworkView: needed one in use, came one that was disposed. Make it again."),
    );
  });
});

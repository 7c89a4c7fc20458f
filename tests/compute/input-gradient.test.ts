import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { createInputGradient } from "../../plugin/compute/input-gradient.ts";
import { ConfigurationError, PolicyMismatchError } from "../../plugin/core/errors.ts";
import { ACTIVATIONS, type NetworkSpec } from "../../plugin/core/network-spec.ts";
import { vectorObservation } from "../../plugin/core/observation-spec.ts";
import type { PolicyData } from "../../plugin/core/policy.ts";
import { Random } from "../../plugin/core/random.ts";
import { collectImports, parse, readSources } from "../../scripts/layers/import-graph.ts";
import { syntheticRole } from "./oracle/random-batch.ts";
import { plainForward, randomPolicy } from "./plain-network.ts";

const ROLE = syntheticRole(5, 2, [3]);
const NETWORK: NetworkSpec = { hidden: [9, 6], activation: "tanh", sharedTrunk: false };

function normals(count: number, seed: number): Float32Array {
  const random = new Random(seed);
  return Float32Array.from({ length: count }, () => random.normal());
}

/** Central differences of a plain forward pass in float64, [agents, observation]. */
function differences(data: PolicyData, observations: Float32Array, output: number | "value", width = 5): number[] {
  const result = (row: number[]): number => {
    const { heads, value } = plainForward(data, row);
    return output === "value" ? value : heads[output];
  };
  return Array.from(observations, (raw, at) => {
    const row = [...observations.subarray(at - (at % width), at - (at % width) + width)];
    const step = 1e-5;
    row[at % width] = raw + step;
    const high = result(row);
    row[at % width] = raw - step;
    return (high - result(row)) / (2 * step);
  });
}

/** The largest difference over the largest derivative. */
function relativeError(gradient: Float32Array, expected: readonly number[]): number {
  const size = Math.max(...expected.map(Math.abs));
  expect(size).toBeGreaterThan(0.01);
  return Math.max(...expected.map((value, i) => Math.abs(value - gradient[i]))) / size;
}

const NETWORKS = ACTIVATIONS.flatMap((activation, i) =>
  [[7], [9, 6], [5, 12, 8, 3]].map((hidden, j): NetworkSpec => ({
    hidden,
    activation,
    sharedTrunk: (i + j) % 2 === 0,
  })),
);

describe("The gradient by the observations equals finite differences", () => {
  it.each(NETWORKS)("$activation $hidden, shared trunk: $sharedTrunk", async (network) => {
    const data = randomPolicy(ROLE, network, 2);
    const asked = await createInputGradient(data);
    const observations = normals(6 * 5, 3);
    const into = new Float32Array(6 * 5);
    for (const output of [1, 4, "value"] as const) {
      asked.gradient(observations, 6, output, into);
      expect(relativeError(into, differences(data, observations, output))).toBeLessThan(1e-3);
    }
  });

  it("for a single agent, and for more than fit in one go", async () => {
    const data = randomPolicy(ROLE, NETWORK, 2);
    const asked = await createInputGradient(data);
    for (const agents of [1, 17, 150]) {
      const observations = normals(agents * 5, agents);
      const into = new Float32Array(agents * 5);
      asked.gradient(observations, agents, 0, into);
      expect(relativeError(into, differences(data, observations, 0))).toBeLessThan(1e-3);
    }
  });

  it("through the normaliser, and is 0 where that clips", async () => {
    const labels = ["ray", "speed", "height"];
    const role = { ...ROLE, observation: vectorObservation(labels, ["speed", "height"]) };
    const normaliser = {
      count: 5,
      mean: Float32Array.of(0, 3, -1),
      variance: Float32Array.of(1, 4, 0.04),
      clip: 2,
      scaled: Uint8Array.of(0, 1, 1),
    };
    const data = randomPolicy(role, NETWORK, 2, { normaliser });
    const asked = await createInputGradient(data);
    // Speed 4 scales to 0.5 and −30 is clipped; height −0.9 scales to 0.5 and 7 is clipped.
    const observations = Float32Array.of(0.3, 4, 7, -9, -30, -0.9);
    const into = new Float32Array(6);
    asked.gradient(observations, 2, "value", into);
    expect(relativeError(into, differences(data, observations, "value", 3))).toBeLessThan(1e-3);
    expect([into[2], into[4]]).toEqual([0, 0]);
    expect(into[0]).not.toBe(0);
  });
});

describe("An input gradient", () => {
  it("follows the policy that it is given", async () => {
    const other = randomPolicy(ROLE, NETWORK, 8);
    const asked = await createInputGradient(randomPolicy(ROLE, NETWORK, 2));
    asked.assign(other);
    const observations = normals(5, 3);
    const into = new Float32Array(5);
    asked.gradient(observations, 1, 0, into);
    expect(relativeError(into, differences(other, observations, 0))).toBeLessThan(1e-3);
  });

  it("refuses an output that the network does not have", async () => {
    const asked = await createInputGradient(randomPolicy(ROLE, NETWORK));
    expect(() => asked.gradient(new Float32Array(5), 1, 5, new Float32Array(5))).toThrow(
      new ConfigurationError(
        `InputGradient: needed an output from 0 to 4 or "value", came 5. Means come first, then the choices' logits.`,
      ),
    );
  });

  it("refuses arrays that are too short", async () => {
    const asked = await createInputGradient(randomPolicy(ROLE, NETWORK));
    expect(() => asked.gradient(new Float32Array(10), 2, 0, new Float32Array(9))).toThrow(
      new ConfigurationError(
        "InputGradient: needed arrays of 10 numbers for 2 agents, came 9. Give each agent 5 numbers.",
      ),
    );
  });

  it("refuses a policy of another shape", async () => {
    const asked = await createInputGradient(randomPolicy(ROLE, NETWORK));
    expect(() => asked.assign(randomPolicy(ROLE, { ...NETWORK, hidden: [9, 7] }))).toThrow(
      new PolicyMismatchError(
        "InputGradient: needed a network with 5 observations, separate tanh layers [9, 6], 2 continuous actions, choices [3], came one with 5 observations, separate tanh layers [9, 7], 2 continuous actions, choices [3]. Give it a policy of the same shape.",
      ),
    );
  });

  it("refuses to answer once it is disposed", async () => {
    const asked = await createInputGradient(randomPolicy(ROLE, NETWORK));
    asked.dispose();
    asked.dispose();
    expect(() => asked.gradient(new Float32Array(5), 1, 0, new Float32Array(5))).toThrow(
      new PolicyMismatchError("InputGradient: needed one in use, came one that was disposed. Make it again."),
    );
  });

  it("is not reached by what a page needs that only plays a policy", () => {
    const sources = readSources(resolve(import.meta.dirname, "../.."), ["plugin"]);
    const reached = new Set<string>();
    const visit = (path: string): void => {
      if (reached.has(path) || !sources.has(path)) return;
      reached.add(path);
      for (const edge of collectImports(parse(path, sources.get(path)!))) if (edge.kind === "static") visit(edge.to);
    };
    visit("plugin/compute/stored-policy.ts");
    visit("plugin/scene/neural-controller.ts");
    expect(reached).toContain("plugin/compute/wasm-policy.ts");
    expect([...reached].filter((path) => /input-gradient|backward-pass|ppo-/.test(path))).toEqual([]);
  });
});

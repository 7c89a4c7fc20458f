import { describe, expect, it } from "vitest";
import { createSaliency, findOutput, namedOutputs } from "../../plugin/compute/saliency.ts";
import { ConfigurationError } from "../../plugin/core/errors.ts";
import { ACTIVATIONS, type NetworkSpec } from "../../plugin/core/network-spec.ts";
import { vectorObservation } from "../../plugin/core/observation-spec.ts";
import type { PolicyData } from "../../plugin/core/policy.ts";
import { Random } from "../../plugin/core/random.ts";
import type { RoleSpec } from "../../plugin/core/role-spec.ts";
import { syntheticRole } from "./oracle/random-batch.ts";
import { blankPolicy, plainForward, randomPolicy } from "./plain-network.ts";
import { drawSubject, worstSaliencyError } from "./saliency-subjects.ts";

describe("Explanations equal central finite differences within 1e-3", () => {
  const cases = Array.from({ length: 120 }, (_, seed) => seed);
  it.each(cases)("random network %i", async (seed) => {
    const { data, observations, rows } = drawSubject(seed);
    const saliency = await createSaliency(data);
    expect(worstSaliencyError(saliency, data, observations, rows)).toBeLessThan(1e-3);
    saliency.dispose();
  });

  it("over networks that differ in everything", () => {
    const subjects = cases.map((seed) => drawSubject(seed).data);
    const kinds = (of: (data: PolicyData) => unknown): unknown[] => [...new Set(subjects.map(of))].sort();
    expect(kinds(({ network }) => network.activation)).toEqual([...ACTIVATIONS].sort());
    expect(kinds(({ network }) => network.sharedTrunk)).toEqual([false, true]);
    expect(kinds(({ role }) => role.action.continuous.length > 0)).toEqual([false, true]);
    expect(kinds(({ role }) => role.action.discrete.length > 0)).toEqual([false, true]);
    expect(kinds(({ normaliser }) => normaliser.scaled.includes(1))).toEqual([false, true]);
  });
});

const ROLE: RoleSpec = {
  observation: vectorObservation(["ray", "speed"], ["speed"]),
  action: { continuous: ["drive"], discrete: [{ label: "jump", choices: ["no", "yes"] }] },
};
const LINEAR: NetworkSpec = { hidden: [1], activation: "linear", sharedTrunk: false };

describe("A saliency", () => {
  it("adds up to what a linear policy says, normalised observations counted from their mean", async () => {
    // drive = 3 · (2 · ray − 1 · (speed − 10) / 2): at ray 0.5 and speed 14 it is 3 · (1 − 2) = −3.
    const data: PolicyData = {
      ...blankPolicy(
        ROLE,
        (parameters, { actor }) => {
          parameters.set([2, -1], actor[0].weights);
          parameters[actor[1].weights] = 3;
        },
        LINEAR,
      ),
      normaliser: {
        count: 9,
        mean: Float32Array.of(0, 10),
        variance: Float32Array.of(1, 4),
        clip: 10,
        scaled: Uint8Array.of(0, 1),
      },
    };
    const saliency = await createSaliency(data);
    saliency.explain(Float32Array.of(0.5, 14), 0);
    expect(saliency.gradients[0]).toBeCloseTo(6, 5);
    expect(saliency.gradients[1]).toBeCloseTo(-1.5, 5);
    expect(saliency.contributions[0]).toBeCloseTo(3, 5);
    expect(saliency.contributions[1]).toBeCloseTo(-6, 5);
    expect(plainForward(data, [0.5, 14]).heads[0]).toBeCloseTo(-3, 5);
  });

  it("explains the row that it is asked about", async () => {
    const data = randomPolicy(ROLE, { hidden: [5], activation: "tanh", sharedTrunk: true });
    const saliency = await createSaliency(data);
    saliency.explain(Float32Array.of(0.4, -2), "value");
    const alone = saliency.contributions.slice();
    saliency.explain(Float32Array.of(9, 9, 0.4, -2), "value", 1);
    expect(saliency.contributions).toEqual(alone);
    saliency.explain(Float32Array.of(9, 9, 0.4, -2), "value", 0);
    expect(saliency.contributions).not.toEqual(alone);
  });

  it("follows the policy that it is given, its normaliser included", async () => {
    const network: NetworkSpec = { hidden: [5], activation: "tanh", sharedTrunk: false };
    const other = randomPolicy(ROLE, network, 8, {
      normaliser: {
        count: 3,
        mean: Float32Array.of(0, 1),
        variance: Float32Array.of(1, 9),
        clip: 5,
        scaled: Uint8Array.of(0, 1),
      },
    });
    const saliency = await createSaliency(randomPolicy(ROLE, network));
    saliency.assign(other);
    const fresh = await createSaliency(other);
    for (const one of [saliency, fresh]) one.explain(Float32Array.of(0.4, -2), 1);
    expect(saliency.contributions).toEqual(fresh.contributions);
  });

  it("names what can be asked about", () => {
    expect(namedOutputs(ROLE)).toEqual([
      { name: "drive", output: 0 },
      { name: "jump: no", output: 1 },
      { name: "jump: yes", output: 2 },
      { name: "value", output: "value" },
    ]);
    expect(findOutput(namedOutputs(ROLE), "jump: yes", "Why")).toBe(2);
  });

  it("refuses a name that no output has", () => {
    expect(() => findOutput(namedOutputs(ROLE), "fly", 'Why "guard"')).toThrow(
      new ConfigurationError(
        'Why "guard": needed the name of an output, came "fly". Use one of: "drive", "jump: no", "jump: yes", "value".',
      ),
    );
  });

  it("refuses a row that is not there", async () => {
    const saliency = await createSaliency(randomPolicy(syntheticRole(5, 1), LINEAR));
    expect(() => saliency.explain(new Float32Array(5), 0, 1)).toThrow(
      new ConfigurationError("Saliency: needed 5 numbers of row 1, came 5 numbers in all. Give each agent 5."),
    );
  });

  it("gives the same arrays every time", async () => {
    const saliency = await createSaliency(randomPolicy(syntheticRole(5, 1), LINEAR));
    const { gradients, contributions } = saliency;
    const random = new Random(1);
    saliency.explain(
      Float32Array.from({ length: 5 }, () => random.normal()),
      0,
    );
    expect(saliency.gradients).toBe(gradients);
    expect(saliency.contributions).toBe(contributions);
  });
});

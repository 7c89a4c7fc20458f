import { expect, test } from "vitest";
import { ConfigurationError } from "../../plugin/core/errors.ts";
import { assertNetworkSpec, layOutNetwork, type NetworkSpec } from "../../plugin/core/network-spec.ts";
import { vectorObservation } from "../../plugin/core/observation-spec.ts";
import type { RoleSpec } from "../../plugin/core/role-spec.ts";

/** 3 observations; 1 number and 2 alternatives, so 3 outputs. */
const ROLE: RoleSpec = {
  observation: vectorObservation(["a", "b", "c"]),
  action: { continuous: ["drive"], discrete: [{ label: "jump", choices: ["no", "yes"] }] },
};

function network(changes: Partial<NetworkSpec> = {}): NetworkSpec {
  return { hidden: [5, 4], activation: "tanh", sharedTrunk: false, ...changes };
}

test("actor, log standard deviations and critic lie one after the other", () => {
  const layout = layOutNetwork(ROLE, network());
  expect(layout.actor).toEqual([
    { name: "actor 0", inputs: 3, outputs: 5, weights: 0, biases: 15 },
    { name: "actor 1", inputs: 5, outputs: 4, weights: 20, biases: 40 },
    { name: "actor head", inputs: 4, outputs: 3, weights: 44, biases: 56 },
  ]);
  expect(layout.logStd).toBe(59);
  expect(layout.critic).toEqual([
    { name: "critic 0", inputs: 3, outputs: 5, weights: 60, biases: 75 },
    { name: "critic 1", inputs: 5, outputs: 4, weights: 80, biases: 100 },
    { name: "critic head", inputs: 4, outputs: 1, weights: 104, biases: 108 },
  ]);
  expect(layout.size).toBe(109);
});

test("with a shared trunk the critic has only its head", () => {
  const layout = layOutNetwork(ROLE, network({ sharedTrunk: true }));
  expect(layout.actor.map((layer) => layer.name)).toEqual(["trunk 0", "trunk 1", "actor head"]);
  expect(layout.critic).toEqual([{ name: "critic head", inputs: 4, outputs: 1, weights: 60, biases: 64 }]);
  expect(layout.size).toBe(65);
});

test.each<[string, Partial<NetworkSpec>, string]>([
  ["no layers", { hidden: [] }, "needed 1 to 4 hidden layers, came 0. Use e.g. [64, 64]."],
  ["five layers", { hidden: [1, 1, 1, 1, 1] }, "needed 1 to 4 hidden layers, came 5. Use e.g. [64, 64]."],
  ["a width of 0", { hidden: [0] }, "needed hidden widths from 1 to 1024, came 0. Use e.g. [64, 64]."],
  ["a broken width", { hidden: [2.5] }, "needed hidden widths from 1 to 1024, came 2.5. Use e.g. [64, 64]."],
  ["a width of 1025", { hidden: [1025] }, "needed hidden widths from 1 to 1024, came 1025. Use e.g. [64, 64]."],
  [
    "an unknown activation",
    { activation: "gelu" as never },
    'needed an activation among linear, relu, leakyRelu, tanh, silu, came "gelu". Choose one of them.',
  ],
])("a network with %s is refused", (_, changes, problem) => {
  expect(() => assertNetworkSpec(network(changes), "ppo")).toThrow(new ConfigurationError(`ppo: ${problem}`));
});

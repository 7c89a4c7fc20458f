import { expect, test } from "vitest";
import type { DiscreteBranch } from "../../plugin/core/action-spec.ts";
import { PolicyMismatchError } from "../../plugin/core/errors.ts";
import { vectorObservation } from "../../plugin/core/observation-spec.ts";
import type { RoleSpec } from "../../plugin/core/role-spec.ts";
import { assertSameRole } from "../../plugin/core/same-role.ts";

const WHO = 'NeuralController "guard"';
const SENSORS = "List the sensors of the training in the same order, or teach again.";
const ACTUATORS = "List the actuators of the training in the same order, or teach again.";

function role(sees: string[], moves: string[] = ["drive"], discrete: DiscreteBranch[] = []): RoleSpec {
  return { observation: vectorObservation(sees), action: { continuous: moves, discrete } };
}

function gear(...choices: string[]): DiscreteBranch {
  return { label: "gear", choices };
}

test("a role is the same as an equal one", () => {
  expect(() =>
    assertSameRole(role(["a"], ["b"], [gear("low", "high")]), role(["a"], ["b"], [gear("low", "high")]), WHO),
  ).not.toThrow();
});

test.each([
  [
    "a missing observation",
    role(["speed", "ray 0°"]),
    role(["speed"]),
    `the policy's observation 1 is "ray 0°", but the sensors give nothing there. ${SENSORS}`,
  ],
  [
    "another observation",
    role(["ray 0°", "speed"]),
    role(["ray 9°", "speed"]),
    `the policy's observation 0 is "ray 0°", but the sensors give "ray 9°" there. ${SENSORS}`,
  ],
  [
    "an observation too many",
    role(["speed"]),
    role(["speed", "ray 0°"]),
    `the policy has no observation 1, but the sensors give "ray 0°" there. ${SENSORS}`,
  ],
  [
    "another action",
    role(["a"], ["drive", "turn"]),
    role(["a"], ["drive", "jump"]),
    `the policy's action 1 is "turn", but the actuators take "jump" there. ${ACTUATORS}`,
  ],
  [
    "a missing choice",
    role(["a"], ["drive"], [gear("low", "high")]),
    role(["a"], ["drive"]),
    `the policy's choice 0 is "gear", but the actuators take nothing there. ${ACTUATORS}`,
  ],
  [
    "another alternative",
    role(["a"], ["drive"], [gear("low", "high")]),
    role(["a"], ["drive"], [gear("low", "top")]),
    `the policy's alternative 1 of "gear" is "high", but the actuators take "top" there. ${ACTUATORS}`,
  ],
  [
    "an alternative too many",
    role(["a"], ["drive"], [gear("low", "high")]),
    role(["a"], ["drive"], [gear("low", "high", "top")]),
    `the policy has no alternative 2 of "gear", but the actuators take "top" there. ${ACTUATORS}`,
  ],
])("%s is named", (_, taught, wanted, problem) => {
  expect(() => assertSameRole(taught, wanted, WHO)).toThrow(new PolicyMismatchError(`${WHO}: ${problem}`));
});

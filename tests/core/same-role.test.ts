import { expect, test } from "vitest";
import type { DiscreteBranch } from "../../plugin/core/action-spec.ts";
import { PolicyMismatchError } from "../../plugin/core/errors.ts";
import { observationSpec, vectorObservation, type ImagePart } from "../../plugin/core/observation-spec.ts";
import type { RoleSpec } from "../../plugin/core/role-spec.ts";
import { assertSameRole } from "../../plugin/core/same-role.ts";

const WHO = 'NeuralController "guard"';
const SENSORS = "List the sensors of the training in the same order, or teach again.";
const ACTUATORS = "List the actuators of the training in the same order, or teach again.";

function role(sees: string[], moves: string[] = ["drive"], discrete: DiscreteBranch[] = []): RoleSpec {
  return { observation: vectorObservation(sees), action: { continuous: moves, discrete } };
}

function seeing(...images: Omit<ImagePart, "kind">[]): RoleSpec {
  return { observation: observationSpec({ labels: ["a"], images }), action: { continuous: ["b"], discrete: [] } };
}

const EYE = { label: "eye", height: 20, width: 24, channels: 3 };

function gear(...choices: string[]): DiscreteBranch {
  return { label: "gear", choices };
}

test("a role is the same as an equal one", () => {
  expect(() =>
    assertSameRole(role(["a"], ["b"], [gear("low", "high")]), role(["a"], ["b"], [gear("low", "high")]), WHO),
  ).not.toThrow();
});

test("a role that sees is the same as an equal one", () => {
  expect(() => assertSameRole(seeing(EYE), seeing(EYE), WHO)).not.toThrow();
});

test.each([
  [
    "a missing picture",
    seeing(EYE),
    seeing(),
    `the policy's picture 0 is "eye", but the sensors give nothing there. ${SENSORS}`,
  ],
  [
    "a picture too many",
    seeing(EYE),
    seeing(EYE, { ...EYE, label: "map" }),
    `the policy has no picture 1, but the sensors give "map" there. ${SENSORS}`,
  ],
  [
    "another picture",
    seeing(EYE),
    seeing({ ...EYE, label: "map" }),
    `the policy's picture 0 is "eye", but the sensors give "map" there. ${SENSORS}`,
  ],
  [
    "a picture of another size",
    seeing(EYE),
    seeing({ ...EYE, height: 24, channels: 1 }),
    `the policy's picture "eye" has 24 × 20 pixels of 3 channels, but the sensors give 24 × 24 pixels of 1 channel there. Give the sensor the size of the training, or teach again.`,
  ],
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

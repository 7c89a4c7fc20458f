import { expect, test } from "vitest";
import {
  addPart,
  movePart,
  removePart,
  renameTargets,
  setOption,
  setSettings,
} from "../../../plugin/scene/keep/edit-controller.ts";
import { messageOf } from "../test-world.ts";
import { SEEKER } from "./examples.ts";

const kinds = ({ sensors }: typeof SEEKER): string[] => sensors.map(({ kind }) => kind);

test("edits give another description and leave the first as it is", () => {
  const before = structuredClone(SEEKER);
  const added = addPart(SEEKER, "sensors", { kind: "contact" }, 0);
  expect(kinds(added)).toEqual(["contact", "directionTo", "lastAction"]);
  expect(kinds(movePart(added, "sensors", 0, 2))).toEqual(["directionTo", "lastAction", "contact"]);
  expect(kinds(removePart(added, "sensors", 1))).toEqual(["contact", "lastAction"]);
  expect(SEEKER).toEqual(before);
});

test("an option is set, replaced in its place, and left out", () => {
  const set = setOption(SEEKER, "sensors", 0, { name: "up", value: true });
  expect(set.sensors[0].options).toEqual({ target: "ball", maximum: 20, up: true });
  const replaced = setOption(set, "sensors", 0, { name: "maximum", value: 5 });
  expect(Object.entries(replaced.sensors[0].options!)).toEqual([
    ["target", "ball"],
    ["maximum", 5],
    ["up", true],
  ]);
  const left = setOption(SEEKER, "actuators", 0, { name: "speed", value: undefined });
  expect(left.actuators[0]).toEqual({ kind: "drive" });
});

test("settings are set and left out", () => {
  const set = setSettings(SEEKER, { greedy: false, decisionsPerSecond: undefined });
  expect(set.greedy).toBe(false);
  expect(Object.keys(set)).not.toContain("decisionsPerSecond");
});

test("targets are renamed, also those of stacked sensors", () => {
  const stacked = addPart(SEEKER, "sensors", { kind: "stacked", options: { sensor: SEEKER.sensors[0], count: 2 } });
  const { sensors } = renameTargets(stacked, (id) => `${id} 2`);
  expect(sensors[0].options).toEqual({ target: "ball 2", maximum: 20 });
  expect(sensors[2].options).toEqual({
    sensor: { kind: "directionTo", options: { target: "ball 2", maximum: 20 } },
    count: 2,
  });
});

test("places that are not there and the last part are refused", () => {
  expect(messageOf(() => removePart(SEEKER, "sensors", 2))).toBe(
    'Controller "seeker": needed a place from 0 to 1 among its 2 sensors, came 2. Count from 0.',
  );
  const single = removePart(SEEKER, "actuators", 1);
  expect(messageOf(() => removePart(single, "actuators", 0))).toBe(
    'Controller "seeker": needed at least 1 of its actuators to stay, came a removal of the last. Add another one first, or remove the controller.',
  );
});

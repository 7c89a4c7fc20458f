import { afterEach, expect, test } from "vitest";
import { drive } from "../../plugin/scene/actuators/drive.ts";
import { ACTUATOR_KINDS, createActuator, createSensor, SENSOR_KINDS } from "../../plugin/scene/registry.ts";
import { directionTo } from "../../plugin/scene/sensors/direction-to.ts";
import { lastAction } from "../../plugin/scene/sensors/last-action.ts";
import { rayFan } from "../../plugin/scene/sensors/ray-fan.ts";
import { stacked } from "../../plugin/scene/sensors/stacked.ts";
import type { Sensor } from "../../plugin/scene/sensor.ts";
import { createTestWorld, messageOf, read, type TestWorld } from "./test-world.ts";

let world: TestWorld | null = null;
afterEach(() => world?.dispose());

/** What a scene file keeps of a part. */
function stored(part: { kind?: string; options?: unknown }): { kind: string; options: Record<string, unknown> } {
  return JSON.parse(JSON.stringify({ kind: part.kind, options: part.options })) as ReturnType<typeof stored>;
}

test("sensors come back from plain JSON and sense the same", async () => {
  world = await createTestWorld();
  const { scene } = world;
  const agent = world.node("agent");
  const thief = world.box("thief", { at: [0, 0, 5], tags: "thief" });
  const sensors: Sensor[] = [
    rayFan({ rays: 3, range: 9, sees: ["thief"] }),
    directionTo(thief, { maximum: 10, remember: 1 }),
    stacked(directionTo(thief, { label: "goal" }), 2),
    lastAction([drive({ speed: 1 })]),
  ];
  for (const sensor of sensors) {
    const { kind, options } = stored(sensor);
    expect(read(createSensor(kind, options, scene), agent)).toEqual(read(sensor, agent));
  }
});

test("every kind of actuator can be made from plain JSON", () => {
  const options = { speed: 2, radiansPerSecond: 1 };
  expect(ACTUATOR_KINDS.map((kind) => createActuator(kind, options).kind)).toEqual(ACTUATOR_KINDS);
  expect(createActuator("drive", { speed: 2, reverse: 0 }).options).toEqual({ speed: 2, reverse: 0 });
});

test("every kind of sensor can be made from plain JSON", async () => {
  world = await createTestWorld();
  const { scene } = world;
  world.node("thief");
  const options = {
    rays: 1,
    range: 1,
    target: "thief",
    cells: [3, 3],
    cellSize: 1,
    sees: ["wall"],
    actuators: [{ labels: ["a"], branches: [] }],
    sensor: { kind: "velocity" },
    count: 2,
  };
  expect(SENSOR_KINDS.map((kind) => createSensor(kind, options, scene).kind)).toEqual(SENSOR_KINDS);
});

test("a target that is found by a function cannot be described", () => {
  expect(directionTo(() => null).kind).toBeUndefined();
});

test("unknown kinds and nodes are refused", async () => {
  world = await createTestWorld();
  const { scene } = world;
  expect(messageOf(() => createActuator("fly", {}))).toBe(
    `createActuator: needed a built-in kind, came "fly". Use one of: "drive", "turn", "movePlane", "jump".`,
  );
  expect(messageOf(() => createSensor("toString", {}, scene))).toMatch(
    /^createSensor: needed a built-in kind, came "toString"\. Use one of: "rayFan", /,
  );
  expect(messageOf(() => createSensor("distanceTo", { target: "nobody" }, scene))).toBe(
    `createSensor: needed the id of a node in this scene as "target", came "nobody". Load the scene first, or choose another target.`,
  );
});

import { afterEach, describe, expect, test } from "vitest";
import { choice } from "../../../plugin/scene/actuators/choice.ts";
import { movePlane } from "../../../plugin/scene/actuators/move-plane.ts";
import { distanceTo } from "../../../plugin/scene/sensors/distance-to.ts";
import { lastAction } from "../../../plugin/scene/sensors/last-action.ts";
import { stacked } from "../../../plugin/scene/sensors/stacked.ts";
import { value } from "../../../plugin/scene/sensors/value.ts";
import { createTestWorld, messageOf, read, type TestWorld } from "../test-world.ts";

let world: TestWorld | null = null;
afterEach(() => world?.dispose());

describe("distanceTo", () => {
  test("is a share of the maximum, and 1 without a target", async () => {
    world = await createTestWorld();
    const agent = world.node("agent");
    const flag = world.node("flag", [3, 4, 0]);
    expect(read(distanceTo(flag, { maximum: 20, label: "flag" }), agent)).toEqual({ "flag distance": 0.25 });
    expect(read(distanceTo(flag, { maximum: 2 }), agent)).toEqual({ "target distance": 1 });
    expect(
      read(
        distanceTo(() => null, { maximum: 2 }),
        agent,
      ),
    ).toEqual({ "target distance": 1 });
  });

  test("is in scene units without a maximum", async () => {
    world = await createTestWorld();
    const sensor = distanceTo(world.node("flag", [3, 4, 0]));
    expect(sensor.unbounded).toEqual(["target distance"]);
    expect(read(sensor, world.node("agent"))).toEqual({ "target distance": 5 });
  });
});

describe("value", () => {
  test("is scaled from its range to [-1, 1] and clipped", async () => {
    world = await createTestWorld();
    const agent = world.node("agent");
    let health = 75;
    const sensor = value("health", () => health, { range: [0, 100] });
    expect(read(sensor, agent)).toEqual({ health: 0.5 });
    health = 400;
    expect(read(sensor, agent)).toEqual({ health: 1 });
  });

  test("without a range is left as it is and has no known range", async () => {
    world = await createTestWorld();
    const sensor = value("gold", () => 4000);
    expect(sensor.unbounded).toEqual(["gold"]);
    expect(read(sensor, world.node("agent"))).toEqual({ gold: 4000 });
  });

  test("refuses a range that is upside down", () => {
    expect(messageOf(() => value("health", () => 0, { range: [1, 1] }))).toBe(
      `value "health": needed a range whose low end is below its high end, came 1 to 1. Give the lowest and the highest value.`,
    );
  });
});

describe("lastAction", () => {
  const actuators = [movePlane({ speed: 1 }), choice("door", ["leave", "open", "close"], () => {})];

  test("gives the decided numbers and which alternative was taken", async () => {
    world = await createTestWorld();
    const agent = world.node("agent");
    const sensor = lastAction(actuators);
    expect(Object.values(read(sensor, agent))).toEqual([0, 0, 0, 0, 0]);
    sensor.decided?.(Float32Array.of(0.5, -1, 2));
    expect(read(sensor, agent)).toEqual({
      "last move x": 0.5,
      "last move z": -1,
      "last door leave": 0,
      "last door open": 0,
      "last door close": 1,
    });
    sensor.reset?.(agent);
    expect(Object.values(read(sensor, agent))).toEqual([0, 0, 0, 0, 0]);
  });

  test("refuses an agent with other actuators", () => {
    expect(messageOf(() => lastAction(actuators).decided?.(Float32Array.of(1)))).toBe(
      "lastAction: needed 3 decided values, came 1. Give it all of the agent's actuators, in their order.",
    );
  });

  test("refuses an empty list", () => {
    expect(messageOf(() => lastAction([]))).toBe(
      "lastAction: needed at least 1 actuator, came none. Give it all of the agent's.",
    );
  });
});

describe("stacked", () => {
  test("gives the newest observation first, then earlier ones", async () => {
    world = await createTestWorld();
    const agent = world.node("agent");
    let now = 1;
    const sensor = stacked(
      value("x", () => now),
      3,
    );
    expect(read(sensor, agent)).toEqual({ x: 1, "x 1 ago": 1, "x 2 ago": 1 });
    now = 2;
    read(sensor, agent);
    now = 3;
    expect(read(sensor, agent)).toEqual({ x: 3, "x 1 ago": 2, "x 2 ago": 1 });
    sensor.reset?.(agent);
    expect(read(sensor, agent)).toEqual({ x: 3, "x 1 ago": 3, "x 2 ago": 3 });
  });

  test("keeps earlier values without a known range unbounded too", () => {
    expect(
      stacked(
        value("x", () => 0),
        2,
      ).unbounded,
    ).toEqual(["x", "x 1 ago"]);
  });

  test("refuses a count below 2", () => {
    expect(
      messageOf(() =>
        stacked(
          value("x", () => 0),
          1,
        ),
      ),
    ).toBe(
      `stacked: needed "count" to be a whole number of at least 2 and of at most 32, came 1. Count the newest observation too.`,
    );
  });
});

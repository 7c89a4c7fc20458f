import { afterEach, describe, expect, test } from "vitest";
import { directionTo } from "../../../plugin/scene/sensors/direction-to.ts";
import { createTestWorld, face, messageOf, read, type TestWorld } from "../test-world.ts";

let world: TestWorld | null = null;
afterEach(() => world?.dispose());

const UNKNOWN = { "target forward": 0, "target right": 0, "target distance": 1, "target visible": 0 };

test("the direction is in the agent's own axes and of length 1", async () => {
  world = await createTestWorld();
  const agent = world.node("agent", [1, 0, 1]);
  const thief = world.node("thief", [4, 0, 5]);
  // The way is (3, 4), 5 long: 4/5 forward, 3/5 right, half of the maximum.
  expect(read(directionTo(thief, { maximum: 10 }), agent)).toEqual({
    "target forward": 0.8,
    "target right": 0.6,
    "target distance": 0.5,
    "target visible": 1,
  });
  // Turned right by 90°, the agent has +X ahead and +Z on its left.
  face(agent, Math.PI / 2);
  expect(read(directionTo(thief, { maximum: 10 }), agent)).toMatchObject({
    "target forward": 0.6,
    "target right": -0.8,
  });
});

test("height counts in the direction only when it is asked for", async () => {
  world = await createTestWorld();
  const agent = world.node("agent");
  const bird = world.node("bird", [0, 4, 3]);
  expect(read(directionTo(bird, { maximum: 10, up: true, label: "bird" }), agent)).toEqual({
    "bird forward": 0.6,
    "bird right": 0,
    "bird up": 0.8,
    "bird distance": 0.5,
    "bird visible": 1,
  });
  expect(read(directionTo(bird, { maximum: 10 }), agent)).toMatchObject({
    "target forward": 1,
    "target distance": 0.5,
  });
});

test("a target beyond the maximum, none, or a disposed one is not sensed", async () => {
  world = await createTestWorld();
  const agent = world.node("agent");
  const thief = world.node("thief", [0, 0, 10.1]);
  expect(read(directionTo(thief, { maximum: 10 }), agent)).toEqual(UNKNOWN);
  expect(
    read(
      directionTo(() => null, { maximum: 10 }),
      agent,
    ),
  ).toEqual(UNKNOWN);
  thief.position.z = 5;
  const sensor = directionTo(thief, { maximum: 10 });
  expect(read(sensor, agent)["target visible"]).toBe(1);
  thief.dispose();
  expect(read(sensor, agent)).toEqual(UNKNOWN);
});

test("without a maximum the distance is in scene units and has no known range", async () => {
  world = await createTestWorld();
  const sensor = directionTo(world.node("thief", [0, 0, 70]));
  expect(sensor.unbounded).toEqual(["target distance"]);
  expect(read(sensor, world.node("agent"))["target distance"]).toBe(70);
});

test("a target outside of the field of view is not sensed", async () => {
  world = await createTestWorld();
  const agent = world.node("agent");
  const thief = world.node("thief", [2, 0, 2]);
  // The thief stands 45° to the right: inside of a field of 91°, outside of one of 89°.
  const visible = (degrees: number): number | undefined =>
    read(directionTo(thief, { maximum: 9, fieldOfView: (degrees * Math.PI) / 180 }), agent)["target visible"];
  expect([visible(91), visible(89)]).toEqual([1, 0]);
});

describe.each([false, true])("line of sight, physics %s", (physics) => {
  test("is broken by a wall and not by the target itself", async () => {
    world = await createTestWorld({ physics });
    const agent = world.box("agent", { mass: 1 });
    const thief = world.box("thief", { at: [0, 0, 8], mass: 1 });
    const sensor = directionTo(thief, { maximum: 10, lineOfSight: true });
    expect(read(sensor, agent)["target visible"]).toBe(1);
    world.box("wall", { at: [0, 0, 4] });
    expect(read(sensor, agent)).toEqual(UNKNOWN);
  });

  test("goes from the agent's eye to the place that was asked for", async () => {
    world = await createTestWorld({ physics });
    const agent = world.box("agent", { mass: 1 });
    const thief = world.box("thief", { at: [0, 0, 8], mass: 1 });
    world.box("low wall", { at: [0, 0, 4], size: [1, 2, 1] });
    const over = directionTo(thief, { maximum: 10, lineOfSight: true, origin: [0, 2, 0], aim: [0, 2, 0] });
    expect(read(over, agent)["target visible"]).toBe(1);
  });

  test("reaches a target that is a part of the body that is hit", async () => {
    world = await createTestWorld({ physics });
    const agent = world.box("agent", { mass: 1 });
    const thief = world.box("thief", { at: [0, 0, 8], mass: 1 });
    const head = world.node("head");
    head.parent = thief;
    expect(read(directionTo(head, { maximum: 10, lineOfSight: true }), agent)["target visible"]).toBe(1);
  });
});

test("the last seen place is remembered, with a growing age, and then forgotten", async () => {
  world = await createTestWorld();
  const agent = world.node("agent");
  const thief = world.node("thief", [0, 0, 5]);
  const sensor = directionTo(thief, { maximum: 10, remember: 2 });
  expect(read(sensor, agent)).toMatchObject({ "target visible": 1, "target age": 0 });
  thief.position.set(50, 0, 0);
  sensor.tick?.(agent, 0.5);
  // The agent has gone on to z = 3 and still knows of z = 5.
  agent.position.z = 3;
  expect(read(sensor, agent)).toEqual({
    "target forward": 1,
    "target right": 0,
    "target distance": 0.2,
    "target visible": 0,
    "target age": 0.25, // 0.5 of 2 seconds
  });
  sensor.tick?.(agent, 1.5);
  expect(read(sensor, agent)).toEqual({ ...UNKNOWN, "target age": 1 });
});

test("nothing is remembered beyond the end of an episode", async () => {
  world = await createTestWorld();
  const agent = world.node("agent");
  const thief = world.node("thief", [0, 0, 5]);
  const sensor = directionTo(thief, { maximum: 10, remember: 2 });
  read(sensor, agent);
  thief.position.z = 50;
  sensor.reset?.(agent);
  expect(read(sensor, agent)).toEqual({ ...UNKNOWN, "target age": 1 });
});

test.each([
  [{ maximum: 0 }, `directionTo: needed "maximum" to be a number above 0, came 0. Give a distance in scene units.`],
  [{ remember: -1 }, `directionTo: needed "remember" to be a number of at least 0, came -1. Give seconds.`],
])("directionTo with %j is refused", (options, message) => {
  expect(messageOf(() => directionTo(() => null, options))).toBe(message);
});

test("an offset that is not three numbers is refused", () => {
  const aim = [0, 1] as unknown as [number, number, number];
  expect(messageOf(() => directionTo(() => null, { aim }))).toBe(
    `directionTo: needed "aim" to be 3 numbers, came [0,1]. Give right, up and forward in scene units.`,
  );
});

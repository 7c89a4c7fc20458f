import { Vector3 } from "@babylonjs/core/Maths/math.vector.js";
import { afterEach, expect, test } from "vitest";
import { velocity } from "../../../plugin/scene/sensors/velocity.ts";
import { createTestWorld, face, messageOf, read, type TestWorld } from "../test-world.ts";

let world: TestWorld | null = null;
afterEach(() => world?.dispose());

test("a body's velocity is told in its own axes, as shares of the maximum", async () => {
  world = await createTestWorld({ physics: true });
  const agent = world.box("agent", { mass: 1 });
  face(agent, Math.PI / 2); // +X is ahead, -Z is on the right
  agent.physicsBody?.setLinearVelocity(new Vector3(2, 1, -4));
  expect(read(velocity({ maximum: 4 }), agent)).toEqual({
    "velocity forward": 0.5,
    "velocity right": 1,
    "velocity up": 0.25,
  });
});

test("faster than the maximum counts as the maximum", async () => {
  world = await createTestWorld({ physics: true });
  const agent = world.box("agent", { mass: 1 });
  agent.physicsBody?.setLinearVelocity(new Vector3(-9, 0, 9));
  expect(read(velocity({ maximum: 4, planar: true }), agent)).toEqual({ "velocity forward": 1, "velocity right": -1 });
});

test("without a maximum the values are scene units a second without a known range", async () => {
  world = await createTestWorld({ physics: true });
  const agent = world.box("agent", { mass: 1 });
  agent.physicsBody?.setLinearVelocity(new Vector3(0, 0, 30));
  const sensor = velocity({ planar: true });
  expect(sensor.unbounded).toEqual(["velocity forward", "velocity right"]);
  expect(read(sensor, agent)["velocity forward"]).toBe(30);
});

test("without physics it is how far the node came in the last frame", async () => {
  world = await createTestWorld();
  const agent = world.node("agent");
  const sensor = velocity();
  sensor.tick?.(agent, 0.1);
  agent.position.set(0.3, 0, 0.1);
  sensor.tick?.(agent, 0.1);
  expect(read(sensor, agent)).toEqual({ "velocity forward": 1, "velocity right": 3, "velocity up": 0 });
});

test("a jump to the start of an episode is no velocity", async () => {
  world = await createTestWorld();
  const agent = world.node("agent");
  const sensor = velocity();
  sensor.tick?.(agent, 0.1);
  agent.position.set(100, 0, 0);
  sensor.reset?.(agent);
  sensor.tick?.(agent, 0.1);
  expect(read(sensor, agent)["velocity right"]).toBe(0);
});

test("a maximum of 0 is refused", () => {
  expect(messageOf(() => velocity({ maximum: 0 }))).toBe(
    `velocity: needed "maximum" to be a number above 0, came 0. Give a speed in scene units a second.`,
  );
});

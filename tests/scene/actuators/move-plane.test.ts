import { afterEach, expect, test } from "vitest";
import { movePlane } from "../../../plugin/scene/actuators/move-plane.ts";
import { createTestWorld, face, messageOf, type TestWorld } from "../test-world.ts";

let world: TestWorld | null = null;
afterEach(() => world?.dispose());

test("both actions together never move faster than the speed", async () => {
  world = await createTestWorld();
  const agent = world.node("agent");
  movePlane({ speed: 2 }).act(agent, Float32Array.of(1, 1), 0, 1);
  expect(agent.position.length()).toBeCloseTo(2, 6);
  expect(agent.position.x).toBeCloseTo(Math.SQRT2, 6);
});

test("small actions move slowly", async () => {
  world = await createTestWorld();
  const agent = world.node("agent");
  movePlane({ speed: 2 }).act(agent, Float32Array.of(0.5, -0.25), 0, 1);
  expect([agent.position.x, agent.position.z]).toEqual([1, -0.5]);
});

test("in the body's frame, the actions are right and forward", async () => {
  world = await createTestWorld();
  const agent = world.node("agent");
  face(agent, Math.PI / 2);
  const actuator = movePlane({ speed: 2, frame: "body" });
  expect(actuator.labels).toEqual(["move right", "move forward"]);
  actuator.act(agent, Float32Array.of(0, 1), 0, 1);
  expect(agent.position.x).toBeCloseTo(2, 6);
});

test("a body gets the velocity and keeps its vertical part", async () => {
  world = await createTestWorld({ physics: true, gravity: 10 });
  const agent = world.box("agent", { mass: 1 });
  const actuator = movePlane({ speed: 2 });
  for (let frame = 0; frame < 60; frame++) {
    actuator.act(agent, Float32Array.of(-1, 0), 0, 1 / 60);
    world.frames(1);
  }
  expect(agent.position.x).toBeCloseTo(-2, 2);
  expect(agent.physicsBody!.getLinearVelocity().y).toBeCloseTo(-10, 0);
});

test("each component changes no faster than the acceleration", async () => {
  world = await createTestWorld();
  const agent = world.node("agent");
  movePlane({ speed: 2, acceleration: 1 }).act(agent, Float32Array.of(0, 1), 0, 0.5);
  expect(agent.position.z).toBeCloseTo(0.25, 6); // speed 0.5 for 0.5 s
});

test("an unknown frame is refused", () => {
  expect(messageOf(() => movePlane({ speed: 1, frame: "screen" as "world" }))).toBe(
    `movePlane: needed "frame" to be "world" or "body", came "screen". Choose one of them.`,
  );
});

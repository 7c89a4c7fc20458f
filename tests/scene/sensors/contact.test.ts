import { Vector3 } from "@babylonjs/core/Maths/math.vector.js";
import { afterEach, expect, test } from "vitest";
import { contact } from "../../../plugin/scene/sensors/contact.ts";
import { createTestWorld, read, type TestWorld } from "../test-world.ts";

let world: TestWorld | null = null;
afterEach(() => world?.dispose());

test("a body that runs into a wall feels it, and no longer after it has left", async () => {
  world = await createTestWorld({ physics: true });
  const agent = world.box("agent", { mass: 1 });
  world.box("wall", { at: [0, 0, 2], tags: "wall" });
  const sensor = contact({ with: ["wall", "thief"] });
  sensor.attach?.(agent);
  world.frames(1);
  expect(read(sensor, agent)).toEqual({ "contact wall": 0, "contact thief": 0 });
  // The gap of 1 is crossed in a quarter of a second.
  agent.physicsBody?.setLinearVelocity(new Vector3(0, 0, 4));
  world.frames(20);
  expect(read(sensor, agent)).toEqual({ "contact wall": 1, "contact thief": 0 });
  agent.physicsBody?.setLinearVelocity(new Vector3(0, 0, -4));
  world.frames(10);
  read(sensor, agent);
  world.frames(10);
  expect(read(sensor, agent)).toEqual({ "contact wall": 0, "contact thief": 0 });
});

test("it stops listening when it is disposed", async () => {
  world = await createTestWorld({ physics: true });
  const agent = world.box("agent", { mass: 1 });
  const sensor = contact();
  sensor.attach?.(agent);
  const collisions = agent.physicsBody!.getCollisionObservable();
  expect(collisions.observers.length).toBe(1);
  sensor.dispose?.();
  sensor.dispose?.();
  // Babylon removes an observer after the present call stack.
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(collisions.observers.length).toBe(0);
});

test("without physics, overlapping boxes touch", async () => {
  world = await createTestWorld();
  const agent = world.box("agent");
  const thief = world.box("thief", { at: [0, 0, 1.1], tags: "thief" });
  const sensor = contact({ with: ["thief"] });
  sensor.attach?.(agent);
  expect(read(sensor, agent)).toEqual({ "contact thief": 0 });
  thief.position.z = 0.9;
  expect(read(sensor, agent)).toEqual({ "contact thief": 1 });
  thief.setEnabled(false);
  expect(read(sensor, agent)).toEqual({ "contact thief": 0 });
});

test("without tags, one number tells of anything", async () => {
  world = await createTestWorld();
  const agent = world.box("agent");
  world.box("crate", { at: [0.9, 0, 0] });
  const sensor = contact();
  sensor.attach?.(agent);
  expect(read(sensor, agent)).toEqual({ "contact anything": 1 });
});

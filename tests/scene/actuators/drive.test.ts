import { Vector3 } from "@babylonjs/core/Maths/math.vector.js";
import { afterEach, describe, expect, test } from "vitest";
import { drive } from "../../../plugin/scene/actuators/drive.ts";
import { createTestWorld, face, messageOf, type TestWorld } from "../test-world.ts";

let world: TestWorld | null = null;
afterEach(() => world?.dispose());

describe("driving a body", () => {
  test("covers speed times time, along the node's forward axis", async () => {
    world = await createTestWorld({ physics: true });
    const agent = world.box("agent", { mass: 1 });
    face(agent, Math.PI / 2);
    agent.physicsBody!.disablePreStep = false;
    world.frames(1);
    agent.physicsBody!.disablePreStep = true;
    const actuator = drive({ speed: 3 });
    for (let frame = 0; frame < 60; frame++) {
      actuator.act(agent, Float32Array.of(0.5), 0, 1 / 60);
      world.frames(1);
    }
    // Half of 3 for one second, along +X.
    expect(agent.position.x).toBeCloseTo(1.5, 2);
    expect(agent.position.z).toBeCloseTo(0, 2);
  });

  test("lets it fall, and takes sideways velocity away", async () => {
    world = await createTestWorld({ physics: true, gravity: 10 });
    const agent = world.box("agent", { mass: 1 });
    agent.physicsBody!.setLinearVelocity(new Vector3(5, 0, 0));
    const actuator = drive({ speed: 3 });
    for (let frame = 0; frame < 30; frame++) {
      actuator.act(agent, Float32Array.of(1), 0, 1 / 60);
      world.frames(1);
    }
    const velocity = agent.physicsBody!.getLinearVelocity();
    expect(velocity.x).toBeCloseTo(0, 5);
    expect(velocity.y).toBeCloseTo(-5, 1); // 10 for half a second
    expect(velocity.z).toBeCloseTo(3, 5);
  });

  test("stops it when it is reset", async () => {
    world = await createTestWorld({ physics: true });
    const agent = world.box("agent", { mass: 1 });
    const actuator = drive({ speed: 3 });
    actuator.act(agent, Float32Array.of(1), 0, 1 / 60);
    actuator.reset?.(agent);
    expect(agent.physicsBody!.getLinearVelocity().length()).toBe(0);
  });
});

describe("driving a node without physics", () => {
  test("changes its position", async () => {
    world = await createTestWorld();
    const agent = world.node("agent", [1, 2, 3]);
    face(agent, Math.PI);
    drive({ speed: 3, reverse: 1 }).act(agent, Float32Array.of(9, 1), 1, 0.5);
    expect(agent.position.asArray().map((x) => Math.round(x * 1e6) / 1e6)).toEqual([1, 2, 1.5]);
  });

  test("moves a child in the world and not in its parent's axes", async () => {
    world = await createTestWorld();
    const ship = world.node("ship", [10, 0, 0]);
    face(ship, Math.PI / 2);
    const agent = world.node("agent", [0, 0, 2]);
    agent.parent = ship;
    // The ship looks along +X, so the agent begins at x = 12 and looks along +X too.
    drive({ speed: 2 }).act(agent, Float32Array.of(1), 0, 0.5);
    agent.computeWorldMatrix(true);
    expect(agent.absolutePosition.x).toBeCloseTo(13, 5);
    expect(agent.absolutePosition.z).toBeCloseTo(0, 5);
  });

  test("goes backwards at the reverse speed", async () => {
    world = await createTestWorld();
    const agent = world.node("agent");
    drive({ speed: 3, reverse: 1 }).act(agent, Float32Array.of(-0.5), 0, 1);
    expect(agent.position.z).toBeCloseTo(-0.5, 6);
  });

  test("changes its speed no faster than the acceleration", async () => {
    world = await createTestWorld();
    const agent = world.node("agent");
    const actuator = drive({ speed: 3, acceleration: 2 });
    actuator.act(agent, Float32Array.of(1), 0, 0.5); // speed 1 for 0.5 s
    actuator.act(agent, Float32Array.of(1), 0, 0.5); // speed 2 for 0.5 s
    actuator.act(agent, Float32Array.of(1), 0, 1); // speed 3 for 1 s
    expect(agent.position.z).toBeCloseTo(0.5 + 1 + 3, 6);
  });

  test("is possible beside a body that is not to be used", async () => {
    world = await createTestWorld({ physics: true });
    const agent = world.box("agent", { mass: 1 });
    drive({ speed: 3, physics: "off" }).act(agent, Float32Array.of(1), 0, 1);
    expect(agent.position.z).toBeCloseTo(3, 6);
  });
});

test("required physics that is missing is refused", async () => {
  world = await createTestWorld();
  const agent = world.node("golem 1");
  expect(messageOf(() => drive({ speed: 3, physics: "required" }).attach?.(agent))).toBe(
    `drive: needed a node with a physics body, came "golem 1" without one. Give it a PhysicsAggregate before the controller.`,
  );
});

test("numbers that cannot work are refused", () => {
  expect(messageOf(() => drive({ speed: -1 }))).toBe(
    `drive: needed "speed" to be a number above 0, came -1. Give scene units a second.`,
  );
  expect(messageOf(() => drive({ speed: Number.NaN }))).toBe(
    `drive: needed "speed" to be a number above 0, came NaN. Give scene units a second.`,
  );
  expect(messageOf(() => drive({ speed: 1, physics: "maybe" as "auto" }))).toBe(
    `drive: needed "physics" to be "auto" or "required" or "off", came "maybe". Choose one of them.`,
  );
});

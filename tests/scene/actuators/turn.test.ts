import { afterEach, expect, test } from "vitest";
import { turn } from "../../../plugin/scene/actuators/turn.ts";
import { createTestWorld, face, messageOf, type TestWorld } from "../test-world.ts";

let world: TestWorld | null = null;
afterEach(() => world?.dispose());

test("a body whose inertia is locked turns right at the rate times the action", async () => {
  world = await createTestWorld({ physics: true });
  const agent = world.box("agent", { mass: 1 });
  const actuator = turn({ radiansPerSecond: Math.PI });
  for (let frame = 0; frame < 30; frame++) {
    actuator.act(agent, Float32Array.of(0.5), 0, 1 / 60);
    world.frames(1);
  }
  // Half of π for half a second: 45° to the right, which is towards +X.
  expect(agent.forward.x).toBeCloseTo(Math.SQRT1_2, 2);
  expect(agent.forward.z).toBeCloseTo(Math.SQRT1_2, 2);
});

test("it stops turning when it is reset", async () => {
  world = await createTestWorld({ physics: true });
  const agent = world.box("agent", { mass: 1 });
  const actuator = turn({ radiansPerSecond: 2 });
  actuator.act(agent, Float32Array.of(1), 0, 1 / 60);
  actuator.reset?.(agent);
  expect(agent.physicsBody!.getAngularVelocity().y).toBe(0);
});

test.each([true, false])("a node without physics turns too, quaternion %s", async (quaternion) => {
  world = await createTestWorld();
  const agent = world.node("agent");
  if (quaternion) face(agent, 0);
  turn({ radiansPerSecond: 2 }).act(agent, Float32Array.of(-1), 0, 0.25);
  agent.computeWorldMatrix(true);
  // Half a radian to the left.
  expect(agent.forward.x).toBeCloseTo(Math.sin(-0.5), 6);
});

test("a rate of 0 is refused", () => {
  expect(messageOf(() => turn({ radiansPerSecond: 0 }))).toBe(
    `turn: needed "radiansPerSecond" to be a number above 0, came 0. Give radians a second.`,
  );
});

import type { Mesh } from "@babylonjs/core/Meshes/mesh.js";
import { afterEach, expect, test } from "vitest";
import type { Actuator } from "../../../plugin/scene/actuator.ts";
import { jump } from "../../../plugin/scene/actuators/jump.ts";
import { createTestWorld, messageOf, type TestWorld } from "../test-world.ts";

let world: TestWorld | null = null;
afterEach(() => world?.dispose());

const JUMP = Float32Array.of(1);

async function standing(): Promise<{ agent: Mesh; actuator: Actuator; mask: () => number[] }> {
  world = await createTestWorld({ physics: true, gravity: 10 });
  world.box("floor", { at: [0, -1, 0], size: [50, 1, 50] });
  const agent = world.box("agent", { mass: 1 });
  const actuator = jump({ speed: 5 });
  actuator.attach?.(agent);
  world.frames(30);
  const mask = (): number[] => {
    const row = Uint8Array.of(1, 1);
    actuator.mask?.(agent, row, 0);
    return [...row];
  };
  return { agent, actuator, mask };
}

test("a jump reaches speed² / (2 · gravity)", async () => {
  const { agent, actuator } = await standing();
  const ground = agent.position.y;
  actuator.decided?.(agent, JUMP, 0);
  let highest = 0;
  for (let frame = 0; frame < 60; frame++) {
    actuator.act(agent, JUMP, 0, 1 / 60);
    world?.frames(1);
    highest = Math.max(highest, agent.position.y - ground);
  }
  expect(highest).toBeCloseTo(1.25, 1); // 25 / 20
});

test("jumping is masked in the air and allowed again on the ground", async () => {
  const { agent, actuator, mask } = await standing();
  expect(mask()).toEqual([1, 1]);
  actuator.decided?.(agent, JUMP, 0);
  actuator.act(agent, JUMP, 0, 1 / 60);
  world?.frames(20);
  expect(mask()).toEqual([1, 0]);
  world?.frames(100);
  expect(mask()).toEqual([1, 1]);
});

test("one decision is one jump, however long it holds", async () => {
  const { agent, actuator } = await standing();
  actuator.decided?.(agent, JUMP, 0);
  for (let frame = 0; frame < 120; frame++) {
    actuator.act(agent, JUMP, 0, 1 / 60);
    world?.frames(1);
  }
  // In the air for 1 s, and then it stays down.
  expect(Math.abs(agent.physicsBody!.getLinearVelocity().y)).toBeLessThan(0.5);
});

test("the choice of none does nothing", async () => {
  const { agent, actuator } = await standing();
  actuator.decided?.(agent, Float32Array.of(0), 0);
  actuator.act(agent, Float32Array.of(0), 0, 1 / 60);
  expect(agent.physicsBody!.getLinearVelocity().y).toBeLessThan(0.5);
});

test("a node without a body is refused", async () => {
  world = await createTestWorld();
  const frog = world.node("frog");
  expect(messageOf(() => jump({ speed: 5 }).attach?.(frog))).toBe(
    `jump: needed a node with a physics body, came "frog" without one. Give it a PhysicsAggregate before the controller.`,
  );
});

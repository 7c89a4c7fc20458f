import { CreateGround } from "@babylonjs/core/Meshes/Builders/groundBuilder.js";
import { afterEach, describe, expect, it } from "vitest";
import { createPolicy } from "../../../plugin/compute/wasm-policy.ts";
import { ValueFloor } from "../../../plugin/editor/model/value-floor.ts";
import { drive, distanceTo, NeuralController, type Policy } from "../../../plugin/index.ts";
import { blankPolicy } from "../../compute/plain-network.ts";
import { createTestWorld, type TestWorld } from "../../scene/test-world.ts";

let world: TestWorld;
afterEach(() => world?.dispose());

/** A seeker on a ground of 4 metres, with a policy whose critic says how far away its goal at the middle is: 1 at 10 metres. */
async function createSeeker(): Promise<{ controller: NeuralController; policy: Policy }> {
  world = await createTestWorld();
  CreateGround("ground", { width: 4, height: 4 }, world.scene).position.y = 1;
  const controller = new NeuralController("seeker", {
    sensors: [distanceTo(world.node("goal"), { maximum: 10 })],
    actuators: [drive({ speed: 1 })],
  });
  const policy = await createPolicy(
    blankPolicy(controller.role, (parameters, { critic }) => {
      parameters[critic[0].weights] = 1;
      parameters[critic[1].weights] = 1;
    }),
  );
  world.node("seeker").addBehavior(controller);
  return { controller, policy };
}

/** Lets a map be made; its network is prepared meanwhile. */
async function settle(floor: ValueFloor): Promise<void> {
  for (let frame = 0; frame < 2000 && !(floor.least < floor.greatest); frame++) {
    floor.step();
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  for (let frame = 0; frame < 600; frame++) floor.step();
}

describe("The map on the floor", () => {
  it("lies just above the ground and tells the least and the greatest that is expected", async () => {
    const { controller, policy } = await createSeeker();
    controller.policy = policy;
    const floor = new ValueFloor(world.scene, controller);
    await settle(floor);
    const mesh = world.scene.getMeshByName("value map")!;
    expect(mesh.position.asArray()).toEqual([0, 1.02, 0]);
    expect([mesh.isPickable, mesh.doNotSerialize, mesh.isEnabled()]).toEqual([false, true, true]);
    // Squares of a sixth of a metre: the middle of the nearest is √2/12 metres away, that of the farthest 23 times as far.
    expect(floor.least).toBeCloseTo(Math.SQRT2 / 12 / 10, 4);
    expect(floor.greatest).toBeCloseTo((23 * Math.SQRT2) / 12 / 10, 4);
    floor.dispose();
  });

  it("says so where nothing has been learned, and goes on once there is a policy", async () => {
    const { controller, policy } = await createSeeker();
    const floor = new ValueFloor(world.scene, controller);
    floor.step();
    expect(floor.problem).toBe("It has not learned anything yet, so it expects nothing. Teach it first.");
    expect(world.scene.getMeshByName("value map")!.isEnabled()).toBe(false);
    controller.policy = policy;
    expect(floor.problem).toBe(null);
    floor.dispose();
  });

  it("says so where the critic was taught nothing", async () => {
    const { controller, policy } = await createSeeker();
    const data = policy.toData();
    controller.policy = await createPolicy({ ...data, birth: { ...data.birth, algorithm: "behaviour cloning" } });
    const floor = new ValueFloor(world.scene, controller);
    expect(floor.problem).toBe(
      "It learned by heart what was shown, not what that is worth: its estimates say nothing. Teach it on.",
    );
    floor.dispose();
  });

  it("leaves nothing in the scene, and does nothing once it is gone", async () => {
    const { controller, policy } = await createSeeker();
    controller.policy = policy;
    const { scene } = world;
    const counts = (): number[] => [scene.meshes.length, scene.materials.length, scene.textures.length];
    const before = counts();
    const floor = new ValueFloor(scene, controller);
    expect(counts()).not.toEqual(before);
    floor.dispose();
    floor.dispose();
    floor.step();
    expect(counts()).toEqual(before);
  });
});

import { afterEach, describe, expect, it } from "vitest";
import { createPolicy } from "../../../plugin/compute/wasm-policy.ts";
import type { Policy } from "../../../plugin/core/policy.ts";
import { drive } from "../../../plugin/scene/actuators/drive.ts";
import { NeuralController } from "../../../plugin/scene/neural-controller.ts";
import { directionTo } from "../../../plugin/scene/sensors/direction-to.ts";
import { distanceTo } from "../../../plugin/scene/sensors/distance-to.ts";
import { rayFan } from "../../../plugin/scene/sensors/ray-fan.ts";
import { value } from "../../../plugin/scene/sensors/value.ts";
import { velocity } from "../../../plugin/scene/sensors/velocity.ts";
import { valueMap } from "../../../plugin/scene/understand/value-map.ts";
import { blankPolicy, randomPolicy } from "../../compute/plain-network.ts";
import { NETWORK } from "../recorder/recorded-flight.ts";
import { createTestWorld, messageOf, type TestWorld } from "../test-world.ts";

let world: TestWorld;
afterEach(() => world?.dispose());

/** A seeker whose critic says how far away its goal is: 1 at 10 metres. */
async function createSeeker(): Promise<NeuralController> {
  const goal = world.node("goal", [2, 0, 1]);
  const controller = new NeuralController("seeker", {
    sensors: [value("mood", () => 0.25, { range: [-1, 1] }), distanceTo(goal, { maximum: 10 })],
    actuators: [drive({ speed: 1 })],
  });
  controller.policy = await createPolicy(
    blankPolicy(controller.role, (parameters, { critic }) => {
      parameters[critic[0].weights + 1] = 1;
      parameters[critic[1].weights] = 1;
    }),
  );
  world.node("seeker", [0, 0, 0]).addBehavior(controller);
  return controller;
}

describe("A value map", () => {
  it("holds what the critic says where the agent would stand", async () => {
    world = await createTestWorld();
    const controller = await createSeeker();
    world.frames(1);
    const map = valueMap(controller, { area: [0, 0, 4, 2], columns: 4, rows: 2 });
    await map.ready();
    expect(map.advance(1000)).toBe(true);
    // Middles of squares of 1 metre: at (1.5, 0.5) the goal at (2, 1) is √0.5 metres away, which counts a tenth each.
    expect(map.values[1]).toBeCloseTo(Math.sqrt(0.5) / 10, 5);
    // And from (3.5, 1.5) it is √(1.5² + 0.5²).
    expect(map.values[7]).toBeCloseTo(Math.sqrt(2.5) / 10, 5);
    expect(map.least).toBeCloseTo(Math.sqrt(0.5) / 10, 5);
    expect([map.progress, map.hasCritic]).toEqual([1, true]);
    expect(map.held).toEqual(["mood"]);
  });

  it("is filled bit by bit within its time, and can begin anew", async () => {
    world = await createTestWorld();
    const controller = await createSeeker();
    const map = valueMap(controller, { area: [0, 0, 4, 2], columns: 4, rows: 2 });
    await map.ready();
    for (let place = 1; place < 8; place++) {
      expect(map.advance(0)).toBe(false);
      expect(map.progress).toBe(place / 8);
    }
    expect(map.advance(0)).toBe(true);
    map.restart();
    expect(map.progress).toBe(0);
    expect(map.values[7]).toBeCloseTo(Math.sqrt(2.5) / 10, 5);
  });

  it("says the same for an agent with a parent that is turned and moved", async () => {
    world = await createTestWorld();
    const controller = await createSeeker();
    const parent = world.node("raft", [3, 0, -2]);
    parent.rotation.y = 0.7;
    controller.attachedNode!.parent = parent;
    world.frames(1);
    const map = valueMap(controller, { area: [0, 0, 4, 2], columns: 4, rows: 2 });
    await map.ready();
    map.advance(1000);
    expect(map.values[1]).toBeCloseTo(Math.sqrt(0.5) / 10, 5);
  });

  it("disturbs nothing: the game goes on to the last bit as without it", async () => {
    const play = async (maps: boolean): Promise<string> => {
      world = await createTestWorld({ physics: true, gravity: 9.8 });
      world.box("floor", { at: [0, -1, 0], size: [40, 1, 40] });
      const thief = world.box("thief", { at: [4, 0, 4], mass: 1, tags: "thief" });
      const golem = world.box("golem", { at: [0, 0.1, 0], mass: 2 });
      world.box("wall", { at: [2, 0, 2], size: [3, 2, 0.2] });
      const controller = new NeuralController("golem", {
        sensors: [
          rayFan({ rays: 5, range: 8, sees: ["thief"] }),
          directionTo(thief, { maximum: 8, lineOfSight: true, remember: 3 }),
          velocity({ maximum: 3 }),
        ],
        actuators: [drive({ speed: 3 })],
        greedy: false,
      });
      const policy: Policy = await createPolicy(randomPolicy(controller.role, NETWORK, 3));
      policy.seed(4);
      controller.policy = policy;
      golem.addBehavior(controller);
      const map = valueMap(controller, { area: [-9, -9, 9, 9] });
      await map.ready();
      let end = "";
      for (let frame = 0; frame < 90; frame++) {
        world.frames(1);
        if (maps && map.advance(0.3)) map.restart();
        const { position: p, rotationQuaternion: q } = golem;
        end += `${controller.observation.join()} ${p.x} ${p.y} ${p.z} ${q!.x} ${q!.y} ${q!.z} ${q!.w}\n`;
      }
      if (maps) expect(map.least).toBeLessThan(map.greatest);
      map.dispose();
      map.dispose();
      world.dispose();
      return end;
    };
    expect(await play(true)).toBe(await play(false));
  });

  it("refuses an area without a size", async () => {
    world = await createTestWorld();
    const controller = await createSeeker();
    expect(messageOf(() => valueMap(controller, { area: [0, 0, 0, 2] }))).toBe(
      'Value map of "seeker": needed an area of least x, least z, greatest x, greatest z, came [0,0,0,2]. Give a rectangle on the ground.',
    );
  });

  it("refuses a controller without a node", () => {
    const controller = new NeuralController("lost", {
      sensors: [value("mood", () => 0)],
      actuators: [drive({ speed: 1 })],
    });
    expect(messageOf(() => valueMap(controller, { area: [0, 0, 1, 1] }))).toBe(
      'Value map of "lost": needed a controller that drives a node, came one without. Call node.addBehavior(controller) first.',
    );
  });
});

import type { LinesMesh } from "@babylonjs/core/Meshes/linesMesh.js";
import { afterEach, expect, test } from "vitest";
import { drive } from "../../plugin/scene/actuators/drive.ts";
import { DebugView } from "../../plugin/scene/debug-view.ts";
import { NeuralController } from "../../plugin/scene/neural-controller.ts";
import { directionTo } from "../../plugin/scene/sensors/direction-to.ts";
import { rayFan } from "../../plugin/scene/sensors/ray-fan.ts";
import { createTestWorld, type TestWorld } from "./test-world.ts";

let world: TestWorld;
afterEach(() => world?.dispose());

/** A guard at the origin that drives ahead, with 3 rays to a wall at distance 4.5 and a thief at 2 on its left. */
function createGuard(rays = 3): NeuralController {
  world.box("wall", { at: [0, 0, 5], tags: "wall" });
  const thief = world.node("thief", [-2, 0, 0]);
  const guard = new NeuralController("guard", {
    sensors: [rayFan({ rays, range: 9, angle: Math.PI, sees: ["wall"] }), directionTo(thief, { maximum: 10 })],
    actuators: [drive({ speed: 0.001 })],
    heuristic: (actions) => actions.set("drive", 1),
  });
  world.node("golem").addBehavior(guard);
  return guard;
}

/** The ends of each drawn line, rounded. */
function linesOf(mesh: LinesMesh, count: number): number[][] {
  const positions = Array.from(mesh.getVerticesData("position") ?? []);
  return Array.from({ length: count }, (_, i) =>
    positions.slice(6 * i, 6 * i + 6).map((x) => Math.round(x * 10) / 10 + 0),
  );
}

test("rays, targets and actions are drawn where they are", async () => {
  world = await createTestWorld();
  const view = new DebugView(world.scene, { controllers: [createGuard()] });
  world.frames(1);
  expect(linesOf(view.mesh, view.lineCount)).toEqual([
    [0, 0, 0, -9, 0, 0], // left: nothing within 9
    [0, 0, 0, 0, 0, 4.5], // ahead: the wall
    [0, 0, 0, 9, 0, 0], // right: nothing
    [0, 0, 0, -2, 0, 0], // the thief
    [0, 0, 0, 0, 0, 2], // driving ahead
  ]);
});

test("lines keep their mesh from frame to frame, and more lines than there was room for fit", async () => {
  world = await createTestWorld();
  const view = new DebugView(world.scene, { controllers: [createGuard(200)] });
  const meshes = world.scene.meshes.length;
  const { mesh } = view;
  world.frames(3);
  expect(view.lineCount).toBe(202);
  expect(linesOf(mesh, 202)[201]).toEqual([0, 0, 0, 0, 0, 2]);
  expect([world.scene.meshes.length, view.mesh]).toEqual([meshes, mesh]);
});

test("agents do not see the lines", async () => {
  world = await createTestWorld();
  const guard = createGuard();
  new DebugView(world.scene, { controllers: [guard] });
  world.frames(20);
  expect(guard.observed("ray 90° hit")).toBe(0);
});

test("nothing is drawn while it is off", async () => {
  world = await createTestWorld();
  const view = new DebugView(world.scene, { controllers: [createGuard()], enabled: false });
  world.frames(1);
  expect([view.enabled, view.mesh.isEnabled(), view.lineCount]).toEqual([false, false, 0]);
  view.enabled = true;
  world.frames(1);
  expect(view.lineCount).toBe(5);
});

test("agents that are removed or disposed of are no longer drawn", async () => {
  world = await createTestWorld();
  const guard = createGuard();
  const other = createGuard();
  const view = new DebugView(world.scene, { controllers: [guard, other] });
  world.frames(1);
  view.remove(guard);
  world.frames(1);
  const alone = view.lineCount;
  other.dispose();
  world.frames(1);
  expect([alone, view.lineCount, view.has(other)]).toEqual([5, 0, false]);
});

test("disposing twice leaves neither mesh nor observer", async () => {
  world = await createTestWorld();
  const meshes = world.scene.meshes.length;
  const materials = world.scene.materials.length;
  const observers = world.scene.onBeforeRenderObservable.observers.length;
  const view = new DebugView(world.scene);
  view.dispose();
  view.dispose();
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(world.scene.meshes.length).toBe(meshes);
  expect(world.scene.materials.length).toBe(materials);
  expect(world.scene.onBeforeRenderObservable.observers.length).toBe(observers);
});

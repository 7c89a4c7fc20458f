import { EngineStore } from "@babylonjs/core/Engines/engineStore.js";
import { CreateBox } from "@babylonjs/core/Meshes/Builders/boxBuilder.js";
import { PhysicsMotionType, PhysicsShapeType } from "@babylonjs/core/Physics/v2/IPhysicsEnginePlugin.js";
import { PhysicsAggregate } from "@babylonjs/core/Physics/v2/physicsAggregate.js";
import { PhysicsBody } from "@babylonjs/core/Physics/v2/physicsBody.js";
import { PhysicsShapeBox } from "@babylonjs/core/Physics/v2/physicsShape.js";
import { Quaternion, Vector3 } from "@babylonjs/core/Maths/math.vector.js";
import { TransformNode } from "@babylonjs/core/Meshes/transformNode.js";
import { expect, test, vi } from "vitest";
import { ConfigurationError } from "../../plugin/core/errors.ts";
import { loadHavok } from "../../plugin/havok-node.ts";
import { createHeadlessScene } from "../../plugin/scene/headless-scene.ts";

test("a headless scene without Havok has no physics", () => {
  const { scene, dispose } = createHeadlessScene();
  expect(scene.isPhysicsEnabled()).toBe(false);
  dispose();
});

test("gravity pulls as told", async () => {
  const { scene, dispose } = createHeadlessScene({ havok: await loadHavok(), gravity: { x: 0, y: -2, z: 0 } });
  expect(scene.getPhysicsEngine()?.gravity.asArray()).toEqual([0, -2, 0]);
  dispose();
});

test("the engine tells the time of one step", () => {
  const { scene, dispose } = createHeadlessScene({ stepsPerSecond: 50 });
  expect(scene.getEngine().getDeltaTime()).toBe(20); // 1000 ms / 50
  dispose();
});

test("disposal ends scene and engine, and may come twice", async () => {
  const engines = EngineStore.Instances.length;
  const { scene, dispose } = createHeadlessScene({ havok: await loadHavok() });
  dispose();
  dispose();
  expect([scene.isDisposed, EngineStore.Instances.length]).toEqual([true, engines]);
});

test("disposal brings back the scene that was the latest before", () => {
  const page = createHeadlessScene();
  createHeadlessScene().dispose();
  expect(EngineStore.LastCreatedScene).toBe(page.scene);
  page.dispose();
});

test("nothing is printed", () => {
  const log = vi.spyOn(console, "log").mockImplementation(() => {});
  createHeadlessScene().dispose();
  expect(log).not.toHaveBeenCalled();
  log.mockRestore();
});

test("a hundred worlds with bodies and shapes of their own leave Havok's memory as the first one did", async () => {
  const havok = await loadHavok();
  const live = (): void => {
    const { scene, dispose } = createHeadlessScene({ havok });
    for (let i = 0; i < 20; i++) {
      new PhysicsAggregate(CreateBox("box", {}, scene), PhysicsShapeType.CONVEX_HULL, { mass: 1 }, scene);
      const body = new PhysicsBody(new TransformNode("node", scene), PhysicsMotionType.DYNAMIC, false, scene);
      body.shape = new PhysicsShapeBox(Vector3.Zero(), Quaternion.Identity(), Vector3.One(), scene);
    }
    dispose();
  };
  for (let i = 0; i < 10; i++) live();
  const released = vi.spyOn(havok, "HP_Shape_Release");
  const made = vi.spyOn(havok, "HP_Shape_CreateBox");
  const bytes = havok.HEAPU8.buffer.byteLength;
  for (let i = 0; i < 100; i++) live();
  expect(havok.HEAPU8.buffer.byteLength).toBe(bytes);
  expect(made).toHaveBeenCalledTimes(100 * 20);
  expect(released).toHaveBeenCalledTimes(100 * 40); // 20 boxes, 20 hulls
  vi.restoreAllMocks();
});

test("a Havok that was not initialised is refused", async () => {
  const { default: HavokPhysics } = await import("@babylonjs/havok");
  expect(() => createHeadlessScene({ havok: HavokPhysics as never })).toThrow(
    new ConfigurationError(
      "createHeadlessScene: needed an initialised Havok, came a function. Pass the result of await HavokPhysics().",
    ),
  );
});

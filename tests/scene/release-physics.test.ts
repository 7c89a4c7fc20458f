import { HavokPlugin } from "@babylonjs/core/Physics/v2/Plugins/havokPlugin.js";
import { PhysicsMotionType } from "@babylonjs/core/Physics/v2/IPhysicsEnginePlugin.js";
import { PhysicsBody } from "@babylonjs/core/Physics/v2/physicsBody.js";
import { PhysicsShapeSphere } from "@babylonjs/core/Physics/v2/physicsShape.js";
import { NullEngine } from "@babylonjs/core/Engines/nullEngine.js";
import { Vector3 } from "@babylonjs/core/Maths/math.vector.js";
import { TransformNode } from "@babylonjs/core/Meshes/transformNode.js";
import { Scene } from "@babylonjs/core/scene.js";
import "@babylonjs/core/Physics/joinedPhysicsEngineComponent.js";
import { expect, test } from "vitest";
import { loadHavok } from "../../plugin/havok-node.ts";
import { releasePhysics } from "../../plugin/scene/release-physics.ts";
import { listShapes } from "../../plugin/scene/shape-materials.ts";

test("frees every body and shape, those without a body too", async () => {
  const scene = new Scene(new NullEngine());
  scene.enablePhysics(Vector3.Zero(), new HavokPlugin(true, await loadHavok()));
  const body = new PhysicsBody(new TransformNode("ball", scene), PhysicsMotionType.DYNAMIC, false, scene);
  body.shape = new PhysicsShapeSphere(Vector3.Zero(), 1, scene);
  new PhysicsShapeSphere(Vector3.Zero(), 2, scene);
  const before = listShapes(scene).length;
  releasePhysics(scene);
  expect([before, listShapes(scene).length, body.isDisposed]).toEqual([2, 0, true]);
  scene.dispose();
});

test("does nothing in a scene without physics", () => {
  const scene = new Scene(new NullEngine());
  expect(() => releasePhysics(scene)).not.toThrow();
  scene.dispose();
});

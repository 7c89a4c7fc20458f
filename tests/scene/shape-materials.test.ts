import { Quaternion, Vector3 } from "@babylonjs/core/Maths/math.vector.js";
import { TransformNode } from "@babylonjs/core/Meshes/transformNode.js";
import { PhysicsMaterialCombineMode } from "@babylonjs/core/Physics/v2/physicsMaterial.js";
import { PhysicsMotionType } from "@babylonjs/core/Physics/v2/IPhysicsEnginePlugin.js";
import { PhysicsBody } from "@babylonjs/core/Physics/v2/physicsBody.js";
import { PhysicsShapeBox, PhysicsShapeSphere } from "@babylonjs/core/Physics/v2/physicsShape.js";
import type { Scene } from "@babylonjs/core/scene.js";
import { afterEach, beforeEach, expect, test } from "vitest";
import { loadHavok } from "../../plugin/havok-node.ts";
import { createHeadlessScene, type HeadlessScene } from "../../plugin/scene/headless-scene.ts";
import { SceneEnvironment } from "../../plugin/scene/scene-environment.ts";
import { completeMaterials, listShapes } from "../../plugin/scene/shape-materials.ts";
import { tinyLesson } from "../fixtures/lessons/tiny-lesson.ts";

let headless: HeadlessScene;

beforeEach(async () => {
  headless = createHeadlessScene({ havok: await loadHavok() });
});

afterEach(() => {
  headless.dispose();
});

const makeBox = (scene: Scene): PhysicsShapeBox =>
  new PhysicsShapeBox(Vector3.Zero(), Quaternion.Identity(), Vector3.One(), scene);

/** What Havok itself holds: static and dynamic friction, restitution, and how the two bodies' values are combined. */
async function materialOf(shape: PhysicsShapeBox): Promise<unknown[]> {
  const havok = await loadHavok();
  return havok.HP_Shape_GetMaterial(shape._pluginData as never)[1];
}

test("a shape without a material gets all of Babylon's default one", async () => {
  const havok = await loadHavok();
  const shape = makeBox(headless.scene);
  completeMaterials(headless.scene, new Set());
  const { MINIMUM, MAXIMUM } = havok.MaterialCombine;
  expect(await materialOf(shape)).toEqual([0.5, 0.5, 0, MINIMUM, MAXIMUM]);
});

test("a shape with a material keeps it", async () => {
  const shape = makeBox(headless.scene);
  shape.material = { friction: 0.9, restitution: 0.25, frictionCombine: PhysicsMaterialCombineMode.MAXIMUM };
  const before = await materialOf(shape);
  completeMaterials(headless.scene, new Set());
  expect(await materialOf(shape)).toEqual(before);
});

test("shapes that are to be left alone are", () => {
  const mine = makeBox(headless.scene);
  completeMaterials(headless.scene, new Set([mine]));
  expect((mine as unknown as { _material: unknown })._material).toBeUndefined();
});

test("shapes that a lesson builds are completed", () => {
  const lesson = tinyLesson({
    physics: true,
    build(arena) {
      const world = tinyLesson().build(arena);
      const body = new PhysicsBody(world.node, PhysicsMotionType.STATIC, false, arena.scene);
      body.shape = new PhysicsShapeSphere(Vector3.Zero(), 1, arena.scene);
      return world;
    },
  });
  new SceneEnvironment(lesson, headless.scene, { arenas: 2 });
  expect(listShapes(headless.scene).map((shape) => shape.material)).toEqual([{}, {}]);
});

test("a scene without physics has no shapes", () => {
  const plain = createHeadlessScene();
  new TransformNode("node", plain.scene);
  expect(listShapes(plain.scene)).toEqual([]);
  plain.dispose();
});

import { Quaternion, Vector3 } from "@babylonjs/core/Maths/math.vector.js";
import { CreateBox } from "@babylonjs/core/Meshes/Builders/boxBuilder.js";
import type { Mesh } from "@babylonjs/core/Meshes/mesh.js";
import { TransformNode } from "@babylonjs/core/Meshes/transformNode.js";
import { PhysicsShapeType } from "@babylonjs/core/Physics/v2/IPhysicsEnginePlugin.js";
import { PhysicsAggregate } from "@babylonjs/core/Physics/v2/physicsAggregate.js";
import type { Scene } from "@babylonjs/core/scene.js";
import { afterEach, expect, test } from "vitest";
import { loadHavok } from "../../plugin/havok-node.ts";
import { createHeadlessScene, type HeadlessScene } from "../../plugin/scene/headless-scene.ts";
import { PhysicsStepper } from "../../plugin/scene/physics-stepper.ts";

const scenes: HeadlessScene[] = [];

afterEach(() => {
  for (const scene of scenes.splice(0)) scene.dispose();
});

async function makeScene(): Promise<Scene> {
  const headless = createHeadlessScene({ havok: await loadHavok() });
  scenes.push(headless);
  return headless.scene;
}

/** A box that flies and tumbles, below a parent. */
function throwBox(scene: Scene, parentRotation = Quaternion.Identity(), x = 10): Mesh {
  const parent = new TransformNode("parent", scene);
  parent.position.set(x, 20, 30);
  parent.rotationQuaternion = parentRotation;
  parent.computeWorldMatrix(true);
  const box = CreateBox("box", { size: 1 }, scene);
  box.parent = parent;
  new PhysicsAggregate(box, PhysicsShapeType.BOX, { mass: 1 }, scene);
  box.physicsBody?.setLinearVelocity(new Vector3(1, 2, 3));
  box.physicsBody?.setAngularVelocity(new Vector3(3, -2, 1));
  return box;
}

test.each([
  ["moved", Quaternion.Identity()],
  ["turned", Quaternion.RotationYawPitchRoll(1, 0.5, 0)],
])("nodes follow their bodies as with Babylon's own stepping, below a %s parent", async (_kind, rotation) => {
  const [ours, theirs] = [await makeScene(), await makeScene()];
  const [a, b] = [throwBox(ours, rotation.clone()), throwBox(theirs, rotation.clone())];
  const stepper = new PhysicsStepper(ours);
  for (let i = 0; i < 60; i++) {
    stepper.step(1 / 60);
    theirs._advancePhysicsEngineStep(1000 / 60);
  }
  expect(Vector3.Distance(a.position, b.position)).toBeLessThan(1e-5);
  expect(Math.abs(Quaternion.Dot(a.rotationQuaternion!, b.rotationQuaternion!))).toBeCloseTo(1, 6);
});

test("bodies that come later move too", async () => {
  const scene = await makeScene();
  const stepper = new PhysicsStepper(scene);
  throwBox(scene);
  stepper.step(1 / 60);
  const late = throwBox(scene, Quaternion.Identity(), 50);
  for (let i = 0; i < 30; i++) stepper.step(1 / 60);
  expect(late.position.x).toBeCloseTo(0.5, 2); // half a second at 1 a second
});

test("bodies that go do not disturb the others", async () => {
  const scene = await makeScene();
  const stepper = new PhysicsStepper(scene);
  const [gone, stays] = [throwBox(scene), throwBox(scene, Quaternion.Identity(), 50)];
  stepper.step(1 / 60);
  gone.dispose();
  for (let i = 0; i < 29; i++) stepper.step(1 / 60);
  expect(stays.position.x).toBeCloseTo(0.5, 2);
});

test("after disposal Babylon moves the nodes again", async () => {
  const scene = await makeScene();
  const box = throwBox(scene);
  const stepper = new PhysicsStepper(scene);
  stepper.step(1 / 60);
  stepper.dispose();
  stepper.dispose();
  const before = box.position.x;
  scene._advancePhysicsEngineStep(100);
  expect(box.position.x).toBeGreaterThan(before + 0.05);
});

test("the scene's observers hear of every step", async () => {
  const scene = await makeScene();
  const heard: string[] = [];
  scene.onBeforePhysicsObservable.add(() => void heard.push("before"));
  scene.onAfterPhysicsObservable.add(() => void heard.push("after"));
  new PhysicsStepper(scene).step(1 / 60);
  expect(heard).toEqual(["before", "after"]);
});

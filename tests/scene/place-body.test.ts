import { Quaternion, Vector3 } from "@babylonjs/core/Maths/math.vector.js";
import { CreateBox } from "@babylonjs/core/Meshes/Builders/boxBuilder.js";
import type { Mesh } from "@babylonjs/core/Meshes/mesh.js";
import { TransformNode } from "@babylonjs/core/Meshes/transformNode.js";
import { PhysicsRaycastResult } from "@babylonjs/core/Physics/physicsRaycastResult.js";
import { PhysicsShapeType } from "@babylonjs/core/Physics/v2/IPhysicsEnginePlugin.js";
import { PhysicsAggregate } from "@babylonjs/core/Physics/v2/physicsAggregate.js";
import { afterEach, beforeEach, expect, test } from "vitest";
import { loadHavok } from "../../plugin/havok-node.ts";
import { createHeadlessScene, type HeadlessScene } from "../../plugin/scene/headless-scene.ts";
import { physicsOf } from "../../plugin/scene/physics.ts";
import { PhysicsStepper } from "../../plugin/scene/physics-stepper.ts";
import { placeBody } from "../../plugin/scene/place-body.ts";

let headless: HeadlessScene;
let root: TransformNode;

beforeEach(async () => {
  headless = createHeadlessScene({ havok: await loadHavok(), gravity: { x: 0, y: 0, z: 0 } });
  root = new TransformNode("root", headless.scene);
  root.position.set(100, 0, 0);
});

afterEach(() => {
  headless.dispose();
});

function makeBox(mass: number): Mesh {
  const box = CreateBox("box", { size: 1 }, headless.scene);
  box.parent = root;
  new PhysicsAggregate(box, PhysicsShapeType.BOX, { mass }, headless.scene);
  return box;
}

/** Whether a ray along z finds something at x and height 0. */
function somethingAt(x: number): boolean {
  const result = new PhysicsRaycastResult();
  physicsOf(headless.scene)?.raycastToRef(new Vector3(x, 0, -5), new Vector3(x, 0, 5), result);
  return result.hasHit;
}

test("a node without physics is placed in its parent's coordinates", () => {
  const node = new TransformNode("node", headless.scene);
  node.parent = root;
  placeBody(node, { x: 1, y: 2, z: 3 });
  expect(node.absolutePosition.asArray()).toEqual([101, 2, 3]);
});

test("a number as rotation turns about the vertical axis", () => {
  const node = new TransformNode("node", headless.scene);
  placeBody(node, { x: 0, y: 0, z: 0 }, Math.PI / 2);
  const ahead = node.getDirection(new Vector3(0, 0, 1)).asArray();
  expect(ahead[0]).toBeCloseTo(1, 6); // +Z turned by a quarter looks along +X
  expect(ahead[2]).toBeCloseTo(0, 6);
});

test("a quaternion as rotation is copied", () => {
  const node = new TransformNode("node", headless.scene);
  const rotation = Quaternion.RotationYawPitchRoll(0.3, 0.2, 0.1);
  placeBody(node, { x: 0, y: 0, z: 0 }, rotation);
  expect(node.rotationQuaternion?.asArray()).toEqual(rotation.asArray());
  expect(node.rotationQuaternion).not.toBe(rotation);
});

test.each([
  ["static", 0],
  ["dynamic", 1],
])("rays find a %s body at its new place at once, and no longer at the old one", (_kind, mass) => {
  const box = makeBox(mass);
  const stepper = new PhysicsStepper(headless.scene);
  stepper.step(1 / 60);
  placeBody(box, { x: 20, y: 0, z: 0 });
  expect([somethingAt(100), somethingAt(120)]).toEqual([false, true]);
});

test("a placed body stays there when physics goes on", () => {
  const box = makeBox(1);
  const stepper = new PhysicsStepper(headless.scene);
  placeBody(box, { x: 20, y: 1, z: -3 }, 0.5);
  for (let i = 0; i < 10; i++) stepper.step(1 / 60);
  const at = box.position.asArray();
  expect(at[0]).toBeCloseTo(20, 4);
  expect(at[1]).toBeCloseTo(1, 4);
  expect(at[2]).toBeCloseTo(-3, 4);
  expect(box.rotationQuaternion?.toEulerAngles().y).toBeCloseTo(0.5, 4);
});

test("a placed body stands still", () => {
  const box = makeBox(1);
  box.physicsBody?.setLinearVelocity(new Vector3(5, 0, 0));
  box.physicsBody?.setAngularVelocity(new Vector3(0, 5, 0));
  placeBody(box, { x: 0, y: 0, z: 0 });
  expect(box.physicsBody?.getLinearVelocity().asArray()).toEqual([0, 0, 0]);
  expect(box.physicsBody?.getAngularVelocity().asArray()).toEqual([0, 0, 0]);
});

test("a placed body still tells of collisions", () => {
  const [left, right] = [makeBox(1), makeBox(0)];
  let collisions = 0;
  left.physicsBody?.setCollisionCallbackEnabled(true);
  left.physicsBody?.getCollisionObservable().add(() => collisions++);
  placeBody(left, { x: 0, y: 0, z: 0 });
  placeBody(right, { x: 1.2, y: 0, z: 0 });
  left.physicsBody?.setLinearVelocity(new Vector3(3, 0, 0));
  const stepper = new PhysicsStepper(headless.scene);
  for (let i = 0; i < 10; i++) stepper.step(1 / 60); // 0.2 away, 0.05 a step
  expect(collisions).toBeGreaterThan(0);
});

test("a body fallen asleep wakes up when it is placed", () => {
  const box = makeBox(1);
  const stepper = new PhysicsStepper(headless.scene);
  for (let i = 0; i < 300; i++) stepper.step(1 / 60);
  placeBody(box, { x: 0, y: 0, z: 0 });
  physicsOf(headless.scene)?.setGravity(new Vector3(0, -10, 0));
  for (let i = 0; i < 60; i++) stepper.step(1 / 60);
  expect(box.position.y).toBeLessThan(-4); // half of 10 for a second is 5
});

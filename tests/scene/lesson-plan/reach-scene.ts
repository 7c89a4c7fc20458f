import { Vector3 } from "@babylonjs/core/Maths/math.vector.js";
import { CreateBox } from "@babylonjs/core/Meshes/Builders/boxBuilder.js";
import { CreateGround } from "@babylonjs/core/Meshes/Builders/groundBuilder.js";
import { CreateSphere } from "@babylonjs/core/Meshes/Builders/sphereBuilder.js";
import type { Mesh } from "@babylonjs/core/Meshes/mesh.js";
import { PhysicsShapeType } from "@babylonjs/core/Physics/v2/IPhysicsEnginePlugin.js";
import { PhysicsAggregate } from "@babylonjs/core/Physics/v2/physicsAggregate.js";
import type { Scene } from "@babylonjs/core/scene.js";
import type { ControllerDescription } from "../../../plugin/scene/keep/description.ts";
import { keepController } from "../../../plugin/scene/keep/keep-controller.ts";
import type { LessonPlan } from "../../../plugin/scene/lesson-plan/plan.ts";

/** What a designer drags together in a minute: a ground, a box that is taught, and a ball. */
export interface ReachScene {
  readonly ground: Mesh;
  readonly box: Mesh;
  readonly ball: Mesh;
}

/** A box that sees where the ball is, drives and turns. */
export const SEEKER: ControllerDescription = {
  name: "seeker",
  sensors: [{ kind: "directionTo", options: { target: "ball", maximum: 20 } }],
  actuators: [
    { kind: "drive", options: { speed: 3 } },
    { kind: "turn", options: { radiansPerSecond: Math.PI } },
  ],
};

/** Box and ball begin anywhere on the ground; the box is paid for each metre nearer, and for getting there. */
export const REACH_PLAN: LessonPlan = {
  version: 1,
  name: "reach the ball",
  node: "box",
  controller: "seeker",
  rewards: [
    { kind: "approach", weight: 0.2, options: { target: "ball" } },
    { kind: "time", weight: 0.05 },
  ],
  ends: [{ kind: "reached", options: { target: "ball", within: 1.5 }, reward: 1 }],
  resets: [
    { kind: "randomPose", node: "box", options: { area: [-8, -8, 8, 8], apart: 3 } },
    { kind: "randomPose", node: "ball", options: { area: [-8, -8, 8, 8], apart: 3 } },
  ],
  timeLimitSeconds: 15,
};

/** Builds the scene, with bodies where it has a physics engine. The box keeps its controller in its metadata. */
export function buildReachScene(scene: Scene): ReachScene {
  const ground = CreateGround("ground", { width: 24, height: 24 }, scene);
  const box = CreateBox("box", { size: 1 }, scene);
  box.position.set(-3, 0.5, 0);
  const ball = CreateSphere("ball", { diameter: 1, segments: 8 }, scene);
  ball.position.set(3, 0.5, 2);
  if (scene._physicsEngine) addReachBodies(scene);
  keepController(box, SEEKER);
  return { ground, box, ball };
}

/** Gives the scene's meshes their bodies, as the code of a game does: scene files hold none. */
export function addReachBodies(scene: Scene): void {
  const mesh = (id: string): Mesh => scene.getMeshById(id) as Mesh;
  new PhysicsAggregate(mesh("ground"), PhysicsShapeType.BOX, { mass: 0 }, scene);
  const { body } = new PhysicsAggregate(mesh("box"), PhysicsShapeType.BOX, { mass: 1 }, scene);
  body.setMassProperties({ mass: 1, inertia: Vector3.Zero() });
  new PhysicsAggregate(mesh("ball"), PhysicsShapeType.SPHERE, { mass: 0.2 }, scene);
}

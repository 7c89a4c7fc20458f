import { Quaternion, Vector3 } from "@babylonjs/core/Maths/math.vector.js";
import { TransformNode } from "@babylonjs/core/Meshes/transformNode.js";
import { PhysicsMotionType } from "@babylonjs/core/Physics/v2/IPhysicsEnginePlugin.js";
import { PhysicsBody } from "@babylonjs/core/Physics/v2/physicsBody.js";
import {
  PhysicsShapeBox,
  PhysicsShapeCapsule,
  PhysicsShapeCylinder,
  type PhysicsShape,
} from "@babylonjs/core/Physics/v2/physicsShape.js";
import type { Scene } from "@babylonjs/core/scene.js";
import { placeBody } from "../../../plugin/index.ts";
import { yardConfig } from "../rules/config.ts";
import type { YardLayout } from "../rules/layout.ts";

/** Everything solid in one yard. Nodes are children of its root; nothing is drawn. */
export interface YardBodies {
  readonly thief: TransformNode;
  readonly golems: readonly TransformNode[];
  /** In the order of `yardConfig.obstacles`. */
  readonly obstacles: readonly TransformNode[];
}

/** Height of a golem's middle, where its body has its origin. */
export const GOLEM_MIDDLE = yardConfig.golem.height / 2;

/** Height of the thief's middle. */
export const THIEF_MIDDLE = yardConfig.thief.height / 2;

/**
 * Makes the bodies of one yard: walls, obstacles, the thief and golems. Needs a scene with Havok.
 *
 * Golems and thief are upright capsules without weight, which slide along what they touch; so there need be no ground.
 *
 * @param root - Stands in the yard's middle.
 */
export function makeYardBodies(root: TransformNode, golems: number): YardBodies {
  const scene = root.getScene();
  makeWalls(root);
  const obstacles = yardConfig.obstacles.map((size, index) => {
    const node = makeNode(`obstacle ${index}`, root, size.height / 2);
    const shape =
      size.shape === "box"
        ? makeBox(2 * size.halfWidth, size.height, 2 * size.halfDepth, scene)
        : new PhysicsShapeCylinder(
            new Vector3(0, -size.height / 2, 0),
            new Vector3(0, size.height / 2, 0),
            size.radius,
            scene,
          );
    makeBody(node, shape, PhysicsMotionType.STATIC);
    return node;
  });
  const thief = makeWalker("thief", root, yardConfig.thief);
  thief.metadata = { tags: ["thief"] };
  return {
    obstacles,
    thief,
    golems: Array.from({ length: golems }, (_, index) => makeWalker(`golem ${index}`, root, yardConfig.golem)),
  };
}

/** Puts everything where a layout wants it, and stops it. */
export function placeYard(bodies: YardBodies, layout: YardLayout): void {
  layout.obstacles.forEach((obstacle, index) => {
    const yaw = obstacle.shape === "box" ? obstacle.yaw : 0;
    placeBody(bodies.obstacles[index], { x: obstacle.x, y: obstacle.height / 2, z: obstacle.z }, yaw);
  });
  placeBody(bodies.thief, { x: layout.thief.x, y: THIEF_MIDDLE, z: layout.thief.z }, layout.thief.yaw);
  bodies.golems.forEach((golem, index) => {
    const { x, z, yaw } = layout.golems[index];
    placeBody(golem, { x, y: GOLEM_MIDDLE, z }, yaw);
  });
}

/** Heading of an upright node, as everywhere in the rules. */
export function headingOf(node: TransformNode): number {
  const rotation = node.rotationQuaternion;
  return rotation ? 2 * Math.atan2(rotation.y, rotation.w) : node.rotation.y;
}

function makeWalls(root: TransformNode): void {
  const { side, wallThickness, wallHeight } = yardConfig;
  const distance = (side + wallThickness) / 2;
  const length = side + 2 * wallThickness;
  for (const [name, x, z] of [
    ["north", 0, 1],
    ["east", 1, 0],
    ["south", 0, -1],
    ["west", -1, 0],
  ] as const) {
    const node = makeNode(`${name} wall`, root, wallHeight / 2);
    node.position.x = x * distance;
    node.position.z = z * distance;
    const scene = root.getScene();
    const shape = makeBox(x === 0 ? length : wallThickness, wallHeight, x === 0 ? wallThickness : length, scene);
    makeBody(node, shape, PhysicsMotionType.STATIC);
  }
}

function makeWalker(
  name: string,
  root: TransformNode,
  { radius, height, mass }: { radius: number; height: number; mass: number },
): TransformNode {
  const node = makeNode(name, root, height / 2);
  const end = height / 2 - radius;
  const shape = new PhysicsShapeCapsule(new Vector3(0, -end, 0), new Vector3(0, end, 0), radius, root.getScene());
  const body = makeBody(node, shape, PhysicsMotionType.DYNAMIC);
  // Without inertia nothing but its own will turns it.
  body.setMassProperties({ mass, inertia: Vector3.Zero() });
  body.setGravityFactor(0);
  return node;
}

function makeNode(name: string, root: TransformNode, height: number): TransformNode {
  const node = new TransformNode(name, root.getScene());
  node.parent = root;
  node.position.y = height;
  node.rotationQuaternion = Quaternion.Identity();
  return node;
}

function makeBox(width: number, height: number, depth: number, scene: Scene): PhysicsShape {
  return new PhysicsShapeBox(Vector3.Zero(), Quaternion.Identity(), new Vector3(width, height, depth), scene);
}

function makeBody(node: TransformNode, shape: PhysicsShape, motion: PhysicsMotionType): PhysicsBody {
  node.computeWorldMatrix(true);
  shape.material = { friction: 0, restitution: 0 };
  const body = new PhysicsBody(node, motion, false, node.getScene());
  body.shape = shape;
  return body;
}

import { Quaternion } from "@babylonjs/core/Maths/math.vector.js";
import type { TransformNode } from "@babylonjs/core/Meshes/transformNode.js";
import type { PhysicsBody } from "@babylonjs/core/Physics/v2/physicsBody.js";
import { ConfigurationError } from "../core/errors.ts";
import type { Vector } from "./sensor.ts";

/**
 * Puts a node somewhere at once, its physics body with it, and stops it: for `reset` in a lesson.
 *
 * Works for nodes without physics too, and for static bodies, so that obstacles can stand elsewhere in each episode.
 * Rays and collisions find the body at its new place from the next call on.
 *
 * @param position - In the parent's coordinates, like `node.position`.
 * @param rotation - In the parent's coordinates, or an angle about the vertical axis in radians. Default 0.
 * @throws ConfigurationError for a body with thin instances.
 */
export function placeBody(node: TransformNode, position: Vector, rotation: Quaternion | number = 0): void {
  const body = node.physicsBody;
  if (body && body.numInstances > 0) {
    throw new ConfigurationError(
      `placeBody: needed a node with one physics body, came "${node.name}" with ${body.numInstances} thin instances. Give each its own node.`,
    );
  }
  node.position.set(position.x, position.y, position.z);
  node.rotationQuaternion ??= new Quaternion();
  if (typeof rotation === "number") Quaternion.RotationYawPitchRollToRef(rotation, 0, 0, node.rotationQuaternion);
  else node.rotationQuaternion.copyFrom(rotation);
  node.computeWorldMatrix(true);
  if (body) moveBody(body, node);
}

/** How many bodies were placed so far: Havok may keep their poses elsewhere since then. */
export function placementCount(): number {
  return placements;
}

let placements = 0;

function moveBody(body: PhysicsBody, node: TransformNode): void {
  const plugin = node.getScene().getPhysicsEngine()?.getPhysicsPlugin() as unknown as HavokInternals;
  const { hpBodyId, worldRegion } = body._pluginData as BodyInternals;
  const world = worldRegion?.world ?? plugin.world;
  const position = node.absolutePosition;
  const rotation = node.absoluteRotationQuaternion;
  const origin = worldRegion?.floatingOrigin ?? ORIGIN;
  const havok = plugin._hknp;
  // Taken out and put in again because Havok 1.3.14 moves a body in its search tree only at the next step: until then
  // rays find the body neither at the old place nor at the new one.
  havok.HP_World_RemoveBody(world, hpBodyId);
  havok.HP_Body_SetQTransform(hpBodyId, [
    [position.x - origin.x, position.y - origin.y, position.z - origin.z],
    [rotation.x, rotation.y, rotation.z, rotation.w],
  ]);
  havok.HP_Body_SetLinearVelocity(hpBodyId, STILL);
  havok.HP_Body_SetAngularVelocity(hpBodyId, STILL);
  havok.HP_World_AddBody(world, hpBodyId, false);
  placements++;
}

const ORIGIN: Vector = { x: 0, y: 0, z: 0 };
const STILL = [0, 0, 0];

/** What is used of Babylon.js 9.35's Havok plugin beyond its documented face. */
interface HavokInternals {
  readonly world: unknown;
  readonly _hknp: {
    HP_World_RemoveBody(world: unknown, body: unknown): void;
    HP_World_AddBody(world: unknown, body: unknown, startsAsleep: boolean): void;
    HP_Body_SetQTransform(body: unknown, transform: [number[], number[]]): void;
    HP_Body_SetLinearVelocity(body: unknown, velocity: readonly number[]): void;
    HP_Body_SetAngularVelocity(body: unknown, velocity: readonly number[]): void;
  };
}

interface BodyInternals {
  readonly hpBodyId: unknown;
  readonly worldRegion?: { readonly world: unknown; readonly floatingOrigin: Vector };
}

import { Vector3 } from "@babylonjs/core/Maths/math.vector.js";
import type { TransformNode } from "@babylonjs/core/Meshes/transformNode.js";
import { DEBUG_COLOURS } from "../debug-colours.ts";
import { movedBody, type PhysicsUse } from "../physics.ts";
import { worldMatrixOf, type Pose } from "../pose.ts";
import type { DebugPen } from "../sensor.ts";

const velocity = new Vector3();
const tip = new Vector3();

/**
 * Moves a node over the ground for one frame: through its physics body, whose vertical velocity is kept, else by changing
 * its position.
 *
 * @param x - Velocity along the world's X, in scene units a second.
 * @param z - Velocity along the world's Z.
 */
export function moveOverGround(node: TransformNode, x: number, z: number, use: PhysicsUse, seconds: number): void {
  const body = movedBody(node, use);
  if (body) {
    body.getLinearVelocityToRef(velocity);
    body.setLinearVelocity(velocity.set(x, velocity.y, z));
  } else if (node.parent) {
    worldMatrixOf(node);
    node.setAbsolutePosition(
      velocity.copyFrom(node.absolutePosition).addInPlaceFromFloats(x * seconds, 0, z * seconds),
    );
  } else {
    node.position.addInPlaceFromFloats(x * seconds, 0, z * seconds);
  }
}

/** Takes the speed over the ground from a node's physics body, if it has one. */
export function stopOverGround(node: TransformNode, use: PhysicsUse): void {
  if (movedBody(node, use)) moveOverGround(node, 0, 0, use, 0);
}

/** Brings `from` nearer to `to`, by at most `step`. */
export function approach(from: number, to: number, step: number): number {
  return from < to ? Math.min(to, from + step) : Math.max(to, from - step);
}

/** Draws an arrow's shaft for the debug view: right and forward in the pose's axes, in scene units. */
export function drawAction(pose: Pose, right: number, forward: number, pen: DebugPen): void {
  pen.line(pose.position, pose.toWorld(right, 0, forward, tip), DEBUG_COLOURS.action);
}

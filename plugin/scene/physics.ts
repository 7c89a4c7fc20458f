import type { PhysicsBody } from "@babylonjs/core/Physics/v2/physicsBody.js";
import type { IPhysicsEngine } from "@babylonjs/core/Physics/IPhysicsEngine.js";
import type { PhysicsEngine } from "@babylonjs/core/Physics/v2/physicsEngine.js";
import type { TransformNode } from "@babylonjs/core/Meshes/transformNode.js";
import type { Scene } from "@babylonjs/core/scene.js";
import { ConfigurationError } from "../core/errors.ts";

/** Whether an actuator moves a node's physics body, must have one, or moves the node itself. */
export type PhysicsUse = "auto" | "required" | "off";

/** @returns The scene's physics engine of version 2 (Havok), or null. */
export function physicsOf(scene: Scene): PhysicsEngine | null {
  const engine = scene.getPhysicsEngine();
  return engine && isVersion2(engine) ? engine : null;
}

function isVersion2(engine: IPhysicsEngine): engine is PhysicsEngine {
  return engine.getPluginVersion() === 2;
}

/** @returns The node's own physics body, or null; bodies made of thin instances do not count. */
export function bodyOf(node: TransformNode): PhysicsBody | null {
  const body = node.physicsBody;
  return body && !body.isDisposed && body.numInstances === 0 ? body : null;
}

/** @throws ConfigurationError when physics is required and the node has no body. */
export function assertPhysics(node: TransformNode, use: PhysicsUse, who: string): void {
  if (use !== "required" || bodyOf(node)) return;
  throw new ConfigurationError(
    `${who}: needed a node with a physics body, came "${node.name}" without one. Give it a PhysicsAggregate before the controller.`,
  );
}

/** @returns The body that an actuator is to move now, or null when it is to move the node itself. */
export function movedBody(node: TransformNode, use: PhysicsUse): PhysicsBody | null {
  return use === "off" ? null : bodyOf(node);
}

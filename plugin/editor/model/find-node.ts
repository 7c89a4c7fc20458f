import type { TransformNode } from "@babylonjs/core/Meshes/transformNode.js";
import type { Scene } from "@babylonjs/core/scene.js";

/** The mesh or plain node with an id, or null. */
export function findNode(scene: Scene, id: unknown): TransformNode | null {
  if (typeof id !== "string") return null;
  return scene.getMeshById(id) ?? scene.getTransformNodeById(id);
}

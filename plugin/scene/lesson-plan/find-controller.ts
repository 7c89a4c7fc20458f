import type { Node } from "@babylonjs/core/node.js";
import type { TransformNode } from "@babylonjs/core/Meshes/transformNode.js";
import type { Scene } from "@babylonjs/core/scene.js";
import { attachedController } from "../keep/attach-controller.ts";
import { describeController } from "../keep/describe-controller.ts";
import type { ControllerDescription } from "../keep/description.ts";
import { keptControllers } from "../keep/keep-controller.ts";

/** A node of a scene by its id, as sensors find it, or null. */
export function findSceneNode(scene: Scene, id: string): TransformNode | null {
  return scene.getMeshById(id) ?? scene.getTransformNodeById(id);
}

/** A controller that was looked for. */
export interface FoundController {
  readonly controller: ControllerDescription | null;
  /** Why there is none although something of that name is there, or null. */
  readonly refusal: string | null;
}

/**
 * The description of a node's controller: what the node keeps in its metadata, or else what lives on it. Throws nothing:
 * metadata may come from anybody's file, and live sensors may be code.
 */
export function findController(node: Node | null, name: unknown): FoundController {
  if (!node || typeof name !== "string") return { controller: null, refusal: null };
  try {
    const kept = keptControllers(node).find((one) => one.name === name);
    if (kept) return { controller: kept, refusal: null };
    const live = attachedController(node, name);
    return { controller: live && describeController(live, { policy: null }), refusal: null };
  } catch (error) {
    return { controller: null, refusal: (error as Error).message };
  }
}

import type { Node } from "@babylonjs/core/node.js";
import type { Scene } from "@babylonjs/core/scene.js";
import { METADATA_KEY, type ControllerDescription } from "../keep/description.ts";
import { isRecord } from "./find-option-problems.ts";

/** A node of a scene by its id, as sensors find it, or null. */
export function findSceneNode(scene: Scene, id: string): ReturnType<Scene["getMeshById"]> | Node | null {
  return scene.getMeshById(id) ?? scene.getTransformNodeById(id);
}

/**
 * The description of a controller that a node keeps in its metadata, or null. Metadata may come from anybody's file, so what
 * does not look like a controller is none.
 */
export function findController(node: Node | null, name: unknown): ControllerDescription | null {
  const metadata: unknown = node?.metadata;
  const kept = isRecord(metadata) && Object.hasOwn(metadata, METADATA_KEY) ? metadata[METADATA_KEY] : null;
  const controllers = isRecord(kept) && Object.hasOwn(kept, "controllers") ? kept["controllers"] : null;
  if (!Array.isArray(controllers)) return null;
  const found: unknown = controllers.find((one) => isRecord(one) && one["name"] === name);
  if (!isRecord(found)) return null;
  return isParts(found["sensors"]) && isParts(found["actuators"]) ? (found as unknown as ControllerDescription) : null;
}

function isParts(value: unknown): boolean {
  if (!Array.isArray(value)) return false;
  return value.every(
    (part) =>
      isRecord(part) &&
      typeof part["kind"] === "string" &&
      (part["options"] === undefined || isRecord(part["options"])),
  );
}

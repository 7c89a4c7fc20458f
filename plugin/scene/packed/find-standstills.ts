import type { TransformNode } from "@babylonjs/core/Meshes/transformNode.js";
import type { Scene } from "@babylonjs/core/scene.js";
import { NeuralController } from "../neural-controller.ts";
import type { Unpackable } from "./packed-scene.ts";

/**
 * Names what moves or is there in the game, and stands still or is missing in a packed scene.
 *
 * @param taught - Id of the node that is taught.
 */
export function findStandstills(scene: Scene, taught: string | undefined): Unpackable[] {
  const found: Unpackable[] = [];
  const note = (node: string, what: string, why: string, matters: boolean): void => {
    found.push({ node, what, why, matters });
  };
  const { _activeAnimatables: animatables = [] } = scene as unknown as { _activeAnimatables?: readonly Animatable[] };
  const animated = new Set(animatables.map(({ target }) => target));
  for (const node of [...scene.transformNodes, ...scene.meshes] as TransformNode[]) {
    for (const behavior of node.behaviors) {
      if (node.id === taught || !(behavior instanceof NeuralController)) continue;
      note(node.name, `the agent "${behavior.name}"`, "only one is taught; meanwhile this one stands still", true);
    }
    if (animated.has(node)) note(node.name, "an animation", "it is not played; the node stays where it is now", true);
    if ((node as { hasThinInstances?: boolean }).hasThinInstances === true) {
      note(node.name, "thin instances", "only the mesh itself is there while teaching; give each its own node", true);
    }
    if (node.isUsingPivotMatrix()) {
      note(
        node.name,
        "a pivot",
        "the node turns about its origin while teaching; bake the pivot, or use a parent",
        true,
      );
    }
    if (node.physicsBody && node.physicsBody.numInstances > 0) {
      note(node.name, "a body of thin instances", "it is missing while teaching; give each its own node", true);
    }
  }
  for (const { name } of scene.particleSystems) {
    note(name, "particles", "agents do not sense them; they are not there while teaching", false);
  }
  const plugin = scene._physicsEngine?.getPhysicsPlugin() as unknown as ConstraintPlugin | null | undefined;
  if ((plugin?._constraintToBodyIdPair?.size ?? 0) > 0) {
    note("physics", "joints", "bodies are free of each other while teaching", true);
  }
  return found;
}

interface Animatable {
  readonly target: unknown;
}

/** What is used of Babylon.js 9.35's Havok plugin beyond its documented face. */
interface ConstraintPlugin {
  readonly _constraintToBodyIdPair?: ReadonlyMap<unknown, unknown>;
}

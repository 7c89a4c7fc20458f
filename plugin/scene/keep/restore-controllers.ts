import type { Node } from "@babylonjs/core/node.js";
import { TransformNode } from "@babylonjs/core/Meshes/transformNode.js";
import type { Scene } from "@babylonjs/core/scene.js";
import type { KernelOptions } from "../../compute/kernels.ts";
import type { NeuralController } from "../neural-controller.ts";
import { ConfigurationError } from "../../core/errors.ts";
import { attachController, attachedController } from "./attach-controller.ts";
import type { ControllerDescription } from "./description.ts";
import { settleGltf } from "./gltf-extras.ts";
import { listIn, nameKeeper, readBlock } from "./keepsake.ts";
import { PolicyShelf } from "./policy-shelf.ts";
import type { KeptPolicyOptions } from "./policy-keeping.ts";
import { readController } from "./read-controller.ts";

/** How `restoreControllers` finds and runs policies. */
export interface RestoreOptions extends KeptPolicyOptions, KernelOptions {}

/** What could not be brought back. */
export interface RestoreProblem {
  /** The node that keeps it, or the scene. */
  readonly keeper: Node | Scene;
  /** Who, what was needed, what came, and what to do, in one line. */
  readonly words: string;
  readonly error: Error;
}

/** What `restoreControllers` did. */
export interface RestoreReport {
  /** Those that were attached now, in the order of the scene's nodes. */
  readonly controllers: readonly NeuralController[];
  /** Empty where everything came back. */
  readonly problems: readonly RestoreProblem[];
  /** What was not as it was kept and was put right, e.g. a policy that was adapted to a new sensor. One line each. */
  readonly notes: readonly string[];
}

/**
 * Brings back the controllers that a scene keeps in its nodes' metadata, with their policies, e.g. after loading a `.babylon` or a
 * glTF file.
 *
 * Whatever is broken is reported and stops nothing else. A controller whose policy cannot be had is attached without one. A
 * policy whose sensors have changed since is adapted, see `adaptPolicy`. Nodes that have their controllers already are left
 * alone, so that it may be called again, e.g. when more of the scene has come. Controllers with the same policy share it, and so
 * decide in one batch. Give nodes their physics bodies before, where actuators need them.
 *
 * @throws the reason of `options.signal` when that is aborted; nothing for whatever the scene holds.
 */
export async function restoreControllers(scene: Scene, options: RestoreOptions = {}): Promise<RestoreReport> {
  options.signal?.throwIfAborted();
  if (scene.isLoading) await new Promise((resolve) => scene.onDataLoadedObservable.addOnce(resolve));
  const controllers: NeuralController[] = [];
  const problems: RestoreProblem[] = [];
  const notes: string[] = [];
  const trying = (keeper: Node | Scene, act: () => void): void => {
    try {
      act();
    } catch (error) {
      problems.push(describeProblem(keeper, error));
    }
  };

  // Step 1. What glTF has moved or lost.
  notes.push(...settleGltf(scene, (node, error) => problems.push(describeProblem(node, error))));

  // Step 2. The controllers.
  const shelf = new PolicyShelf(options);
  for (const node of [...scene.transformNodes, ...scene.meshes, ...scene.cameras, ...scene.lights]) {
    const seen = new Set<string>();
    trying(node, () => {
      listIn(node, readBlock(node), "controllers").forEach((entry, index) => {
        trying(node, () => {
          const description = readController(entry, nameKeeper(node), `controllers[${index}]`);
          const isThere = !seen.has(description.name) && attachedController(node, description.name) !== null;
          seen.add(description.name);
          if (isThere) return;
          const controller = attachTo(node, description);
          controllers.push(controller);
          if (description.policy) shelf.order(node, controller, description.policy);
        });
      });
    });
  }

  // Step 3. Their policies.
  for (const { node, note, error } of await shelf.deliver()) {
    if (error) problems.push(describeProblem(node, error));
    if (note !== undefined) notes.push(note);
  }
  options.signal?.throwIfAborted();
  return { controllers, problems, notes };
}

function attachTo(node: Node, description: ControllerDescription): NeuralController {
  if (node instanceof TransformNode) return attachController(node, description);
  throw new ConfigurationError(
    `${nameKeeper(node)}: needed a mesh or a transform node for its controller, came a ${node.getClassName()}. Keep the controller on the mesh that is to move.`,
  );
}

function describeProblem(keeper: Node | Scene, thrown: unknown): RestoreProblem {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  return { keeper, words: error.message.replace(/\s*[\r\n\u2028\u2029]+\s*/g, " "), error };
}

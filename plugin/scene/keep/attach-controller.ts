import type { Node } from "@babylonjs/core/node.js";
import type { TransformNode } from "@babylonjs/core/Meshes/transformNode.js";
import { ConfigurationError } from "../../core/errors.ts";
import type { Policy } from "../../core/policy.ts";
import { NeuralController } from "../neural-controller.ts";
import { createParts } from "./create-parts.ts";
import type { ControllerDescription } from "./description.ts";
import { nameKeeper } from "./keepsake.ts";
import { readController } from "./read-controller.ts";

/**
 * Makes a controller from its description and gives it to a node. Its policy, if it is to have one, is handed in or set later;
 * `restoreControllers` loads those that are kept.
 *
 * @throws ConfigurationError for a description that cannot work, a target that is not there, a node that has a controller of
 * that name already or lacks what a part needs; PolicyMismatchError for a policy with other labels. Nothing has changed then.
 */
export function attachController(
  node: TransformNode,
  description: ControllerDescription,
  policy?: Policy,
): NeuralController {
  const who = nameKeeper(node);
  const { name, sensors, actuators, decisionsPerSecond, interpolate, greedy, phase } = readController(description, who);
  if (attachedController(node, name)) {
    throw new ConfigurationError(
      `${who}: needed a name that none of its controllers has, came "${name}". Give another name, or remove that controller first.`,
    );
  }
  const controller = new NeuralController(name, {
    ...createParts({ sensors, actuators }, node.getScene(), `${who}: controller "${name}"`),
    ...(decisionsPerSecond !== undefined && { decisionsPerSecond }),
    ...(interpolate !== undefined && { interpolate }),
    ...(greedy !== undefined && { greedy }),
    ...(phase !== undefined && { phase }),
    ...(policy && { policy }),
  });
  node.addBehavior(controller);
  return controller;
}

/** The controller of that name that a node has, or null. */
export function attachedController(node: Node, name: string): NeuralController | null {
  for (const behavior of node.behaviors) {
    if (behavior instanceof NeuralController && behavior.name === name) return behavior;
  }
  return null;
}

import type { TransformNode } from "@babylonjs/core/Meshes/transformNode.js";
import { ConfigurationError } from "../../core/errors.ts";
import type { Actuator } from "../actuator.ts";
import { createActuator, createSensor, type NodesById, type PartDescription, type PartOptions } from "../registry.ts";
import type { Sensor } from "../sensor.ts";
import { partForm } from "../forms/part-form.ts";
import type { ControllerDescription } from "./description.ts";

/** Where targets are looked for: a Babylon `Scene`, or one arena of many. Without lists of nodes, by id alone. */
export interface PlaceOfNodes extends NodesById {
  readonly meshes?: readonly TransformNode[];
  readonly transformNodes?: readonly TransformNode[];
}

/** What a controller is made of. */
export interface AgentParts {
  readonly sensors: readonly Sensor[];
  readonly actuators: readonly Actuator[];
}

/**
 * Makes the sensors and actuators of a described controller. Targets are found by their id; where no node has it, by that name,
 * if a single node is called so.
 *
 * @param who - Named at the start of messages, e.g. `Controller "guard"`.
 * @throws ConfigurationError for a node that is not there, or options that cannot work.
 */
export function createParts(
  { sensors, actuators }: Pick<ControllerDescription, "sensors" | "actuators">,
  scene: PlaceOfNodes,
  who: string,
): AgentParts {
  const moving = actuators.map(({ kind, options = {} }, index) =>
    naming(`${who}: actuator ${index}`, () => createActuator(kind, options)),
  );
  const sensing = sensors.map((part, index) =>
    naming(`${who}: sensor ${index}`, () => {
      const { kind, options = {} } = complete(part, moving, scene);
      return createSensor(kind, options, scene);
    }),
  );
  return { sensors: sensing, actuators: moving };
}

/** The part with the ids of the nodes that are meant in this scene, and with what follows from the agent's actuators. */
function complete(part: PartDescription, actuators: readonly Actuator[], scene: PlaceOfNodes): PartDescription {
  const { kind, options = {} } = part;
  if (kind === "lastAction") {
    return { kind, options: { actuators: actuators.map(({ labels, branches }) => ({ labels, branches })) } };
  }
  const changes: [string, unknown][] = [];
  for (const { type, name } of partForm("sensors", kind)?.fields ?? []) {
    const value = options[name];
    if (type === "node" && typeof value === "string") changes.push([name, findNode(value, scene).id]);
    if (type === "sensor") changes.push([name, complete(value as PartDescription, actuators, scene)]);
  }
  return { kind, options: { ...options, ...(Object.fromEntries(changes) as PartOptions) } };
}

/**
 * The node that a kept id means: the one with that id, else the only one with that name, since glTF keeps no ids.
 *
 * @throws ConfigurationError when there is none, or when several have the name.
 */
export function findNode(id: string, scene: PlaceOfNodes): TransformNode {
  const found = scene.getMeshById(id) ?? scene.getTransformNodeById(id);
  if (found) return found;
  const named = [...(scene.meshes ?? []), ...(scene.transformNodes ?? [])].filter(({ name }) => name === id);
  if (named.length === 1) return named[0];
  const came = named.length === 0 ? "none" : `${named.length} of that name`;
  throw new ConfigurationError(
    `needed a node of this scene with the id ${JSON.stringify(id)}, came ${came}. Load the scene first, or choose another target.`,
  );
}

/** Puts who it was about before the message of whatever is thrown. */
function naming<T>(who: string, make: () => T): T {
  try {
    return make();
  } catch (cause) {
    throw new ConfigurationError(`${who}: ${(cause as Error).message}`, { cause });
  }
}

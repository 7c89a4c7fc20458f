import type { TransformNode } from "@babylonjs/core/Meshes/transformNode.js";
import { ConfigurationError } from "../core/errors.ts";
import { quoteAll } from "../core/observation-spec.ts";
import type { Actuator } from "./actuator.ts";
import { drive, type DriveOptions } from "./actuators/drive.ts";
import { jump, type JumpOptions } from "./actuators/jump.ts";
import { movePlane, type MovePlaneOptions } from "./actuators/move-plane.ts";
import { turn, type TurnOptions } from "./actuators/turn.ts";
import type { Sensor } from "./sensor.ts";
import { angularVelocity } from "./sensors/angular-velocity.ts";
import { contact } from "./sensors/contact.ts";
import { directionTo } from "./sensors/direction-to.ts";
import { distanceTo } from "./sensors/distance-to.ts";
import { gridSensor, type GridSensorOptions } from "./sensors/grid-sensor.ts";
import { lastAction, type ActionLabels } from "./sensors/last-action.ts";
import { orientation } from "./sensors/orientation.ts";
import { rayCone, type RayConeOptions } from "./sensors/ray-cone.ts";
import { rayFan, type RayFanOptions } from "./sensors/ray-fan.ts";
import { stacked } from "./sensors/stacked.ts";
import { velocity } from "./sensors/velocity.ts";

/**
 * What a built-in was made with, as plain JSON: a sensor's or actuator's own `options`. Nodes are given by their id.
 */
export type PartOptions = Readonly<Record<string, unknown>>;

/** Where nodes are looked up by id: a Babylon `Scene`, or one arena of many that stand in a scene. */
export interface NodesById {
  getMeshById(id: string): TransformNode | null;
  getTransformNodeById(id: string): TransformNode | null;
}

/** A built-in as plain JSON, the way scenes store it. */
export interface PartDescription {
  readonly kind: string;
  readonly options?: PartOptions;
}

// The factories check numbers, names and words themselves.
const SENSORS: Readonly<Record<string, (options: PartOptions, scene: NodesById) => Sensor>> = {
  rayFan: (options) => rayFan(options as unknown as RayFanOptions),
  rayCone: (options) => rayCone(options as unknown as RayConeOptions),
  directionTo: ({ target, ...rest }, scene) => directionTo(findNode(target, scene), rest),
  distanceTo: ({ target, ...rest }, scene) => distanceTo(findNode(target, scene), rest),
  velocity: (options) => velocity(options),
  angularVelocity: (options) => angularVelocity(options),
  orientation: (options) => orientation(options),
  contact: (options) => contact(options),
  lastAction: ({ actuators }) => lastAction((actuators ?? []) as readonly ActionLabels[]),
  gridSensor: (options) => gridSensor(options as unknown as GridSensorOptions),
  stacked: ({ sensor, count }, scene) => stacked(createInner(sensor, scene), count as number),
};

const ACTUATORS: Readonly<Record<string, (options: PartOptions) => Actuator>> = {
  drive: (options) => drive(options as unknown as DriveOptions),
  turn: (options) => turn(options as unknown as TurnOptions),
  movePlane: (options) => movePlane(options as unknown as MovePlaneOptions),
  jump: (options) => jump(options as unknown as JumpOptions),
};

/** Kinds that `createSensor` knows. */
export const SENSOR_KINDS: readonly string[] = Object.keys(SENSORS);

/** Kinds that `createActuator` knows. */
export const ACTUATOR_KINDS: readonly string[] = Object.keys(ACTUATORS);

/**
 * Makes a built-in sensor from plain JSON, e.g. `createSensor("directionTo", { target: "thief", maximum: 20 }, scene)`.
 *
 * @throws ConfigurationError for an unknown kind, an unknown node, or options that cannot work.
 */
export function createSensor(kind: string, options: PartOptions, scene: NodesById): Sensor {
  const create = Object.hasOwn(SENSORS, kind) ? SENSORS[kind] : undefined;
  if (!create) throw unknownKind("createSensor", kind, SENSOR_KINDS);
  return create(options, scene);
}

/**
 * Makes a built-in actuator from plain JSON, e.g. `createActuator("drive", { speed: 3 })`.
 *
 * @throws ConfigurationError for an unknown kind, or options that cannot work.
 */
export function createActuator(kind: string, options: PartOptions): Actuator {
  const create = Object.hasOwn(ACTUATORS, kind) ? ACTUATORS[kind] : undefined;
  if (!create) throw unknownKind("createActuator", kind, ACTUATOR_KINDS);
  return create(options);
}

function unknownKind(who: string, kind: string, known: readonly string[]): ConfigurationError {
  return new ConfigurationError(`${who}: needed a built-in kind, came "${kind}". Use one of: ${quoteAll(known)}.`);
}

function createInner(description: unknown, scene: NodesById): Sensor {
  const { kind, options = {} } = (description ?? {}) as Partial<PartDescription>;
  return createSensor(String(kind), options, scene);
}

function findNode(id: unknown, scene: NodesById): TransformNode {
  const node = typeof id === "string" ? (scene.getMeshById(id) ?? scene.getTransformNodeById(id)) : null;
  if (node) return node;
  throw new ConfigurationError(
    `createSensor: needed the id of a node in this scene as "target", came ${JSON.stringify(id)}. Load the scene first, or choose another target.`,
  );
}

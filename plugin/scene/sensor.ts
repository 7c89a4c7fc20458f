import type { Node } from "@babylonjs/core/node.js";
import type { TransformNode } from "@babylonjs/core/Meshes/transformNode.js";
import type { ImagePart } from "../core/observation-spec.ts";

/**
 * Turns something about an agent into numbers.
 *
 * Your own takes six lines: `{ labels: ["health"], read: (node, out, offset) => { out[offset] = health(node) * 2 - 1 } }`.
 * One instance belongs to one agent, since a sensor may remember things.
 */
export interface Sensor {
  /** One name per number, unique within the agent. */
  readonly labels: readonly string[];
  /** Labels whose values have no known range, so that a running normaliser scales them. Default none: values in [-1, 1]. */
  readonly unbounded?: readonly string[];
  /** The picture that it gives besides its numbers; a sensor that gives nothing else has no labels. */
  readonly image?: ImagePart;
  /** Name in the registry of built-in sensors, e.g. `"rayFan"`. */
  readonly kind?: string;
  /** What the built-in was made with, as plain JSON (nodes by id). */
  readonly options?: Readonly<Record<string, unknown>>;
  /** Writes `labels.length` numbers from `out[offset]` on. Called once a decision; must not allocate. */
  read(node: TransformNode, out: Float32Array, offset: number): void;
  /**
   * Writes the picture's bytes, [height, width, channels], from `out[offset]` on. Needed by sensors with an `image`; called
   * once a decision, after `read`; must not allocate.
   */
  readImage?(node: TransformNode, out: Uint8Array, offset: number): void;
  /** Called one decision before `read`, for sensors whose values take time to arrive. */
  prepare?(node: TransformNode): void;
  /** Called once, when the agent gets it. @throws ConfigurationError when the node lacks what the sensor needs. */
  attach?(node: TransformNode): void;
  /** Forgets everything remembered, at the start of an episode. */
  reset?(node: TransformNode): void;
  /**
   * Told what was decided, once a decision: for each of the agent's actuators, in order, its numbers clipped to [-1, 1]
   * and then the numbers of its taken choices.
   */
  decided?(actions: Float32Array): void;
  /** Called at every frame or physics step, after the agent has acted, for sensors that measure time; must not allocate. */
  tick?(node: TransformNode, seconds: number): void;
  /** Draws what was last read, for the debug view. */
  draw?(node: TransformNode, pen: DebugPen): void;
  /** Frees what `attach` made. May be called twice. */
  dispose?(): void;
}

/** What sensors and actuators draw with. Coordinates are world coordinates, colours linear in [0, 1]. */
export interface DebugPen {
  line(from: Vector, to: Vector, colour: Colour): void;
}

/** Anything with three coordinates; a Babylon `Vector3` is one. */
export interface Vector {
  x: number;
  y: number;
  z: number;
}

/** Anything with three colour channels; a Babylon `Color3` is one. */
export interface Colour {
  r: number;
  g: number;
  b: number;
}

/** A node, or how to find it at the time of need: for targets that change. */
export type NodeSource = TransformNode | (() => TransformNode | null);

/** @returns The node that is meant at present, or null. */
export function currentNode(source: NodeSource): TransformNode | null {
  const node = typeof source === "function" ? source() : source;
  return node && !(node as Node).isDisposed() ? node : null;
}

import { Vector3 } from "@babylonjs/core/Maths/math.vector.js";
import type { TransformNode } from "@babylonjs/core/Meshes/transformNode.js";
import type { Actuator } from "../actuator.ts";
import { assertNumber, assertOneOf } from "../check-option.ts";
import { DEBUG_COLOURS } from "../debug-colours.ts";
import { assertPhysics, type PhysicsUse } from "../physics.ts";
import { Pose } from "../pose.ts";
import type { DebugPen } from "../sensor.ts";
import { approach, moveOverGround, stopOverGround } from "./motion.ts";

export interface MovePlaneOptions {
  /** Speed at full action in any direction, in scene units a second, above 0. */
  readonly speed: number;
  /** Whether the actions are along the world's X and Z, or the node's right and forward. Default `"world"`. */
  readonly frame?: "world" | "body";
  /** How fast each component of the velocity changes, in scene units a second per second. Default: at once. */
  readonly acceleration?: number;
  /** Default `"auto"`: through the physics body where there is one. */
  readonly physics?: PhysicsUse;
}

/**
 * Moves the agent over the ground in any direction without turning it: two numbers from -1 to 1.
 *
 * They are `"move x"` and `"move z"`, or `"move right"` and `"move forward"` in the body's frame. Both together never move
 * faster than `speed`. A physics body gets its velocity set at every frame and keeps the vertical part; see `drive`.
 *
 * @throws ConfigurationError for numbers that cannot work; when given to an agent, for required physics that is missing.
 */
export function movePlane(options: MovePlaneOptions): Actuator {
  const { speed, frame = "world", acceleration, physics = "auto" } = options;
  assertNumber("movePlane", "speed", speed, { above: 0 }, "Give scene units a second.");
  assertOneOf("movePlane", "frame", frame, ["world", "body"]);
  if (acceleration !== undefined) {
    assertNumber("movePlane", "acceleration", acceleration, { above: 0 }, "Leave it out to change speed at once.");
  }
  assertOneOf("movePlane", "physics", physics, ["auto", "required", "off"]);
  const pose = new Pose();
  const wanted = new Vector3();
  const current = new Vector3();

  /** The wanted direction over the ground in world coordinates, at most 1 long. */
  function aim(node: TransformNode, first: number, second: number): void {
    pose.read(node);
    if (frame === "body") pose.toWorldDirection(first, 0, second, wanted);
    else wanted.set(first, 0, second);
    const length = Math.sqrt(wanted.x * wanted.x + wanted.z * wanted.z);
    wanted.scaleInPlace(1 / Math.max(1, length));
  }

  return {
    kind: "movePlane",
    options: { ...options },
    labels: frame === "world" ? ["move x", "move z"] : ["move right", "move forward"],
    branches: [],
    attach: (node: TransformNode) => assertPhysics(node, physics, "movePlane"),
    act(node: TransformNode, values: Float32Array, offset: number, seconds: number): void {
      aim(node, values[offset], values[offset + 1]);
      const step = acceleration === undefined ? Infinity : acceleration * seconds;
      current.x = approach(current.x, wanted.x * speed, step);
      current.z = approach(current.z, wanted.z * speed, step);
      moveOverGround(node, current.x, current.z, physics, seconds);
    },
    reset(node: TransformNode): void {
      current.setAll(0);
      stopOverGround(node, physics);
    },
    draw(node: TransformNode, values: Float32Array, offset: number, pen: DebugPen): void {
      aim(node, values[offset], values[offset + 1]);
      wanted.scaleInPlace(2).addInPlace(pose.position);
      pen.line(pose.position, wanted, DEBUG_COLOURS.action);
    },
  };
}

import type { TransformNode } from "@babylonjs/core/Meshes/transformNode.js";
import type { Actuator } from "../actuator.ts";
import { assertNumber, assertOneOf } from "../check-option.ts";
import { assertPhysics, type PhysicsUse } from "../physics.ts";
import { Pose } from "../pose.ts";
import type { DebugPen } from "../sensor.ts";
import { approach, drawAction, moveOverGround, stopOverGround } from "./motion.ts";

export interface DriveOptions {
  /** Speed at full action, in scene units a second, above 0. */
  readonly speed: number;
  /** Speed backwards at the action -1, at least 0. Default `speed`; 0 for agents that only go forward. */
  readonly reverse?: number;
  /** How fast the speed changes, in scene units a second per second, above 0. Default: at once. */
  readonly acceleration?: number;
  /** Default `"auto"`: through the physics body where there is one. */
  readonly physics?: PhysicsUse;
}

/**
 * Drives the agent forward and backward, along its +Z over the ground: one number, `"drive"`, from -1 to 1.
 *
 * With a physics body it sets the body's velocity at every frame: vertical velocity is kept, so that the agent falls as
 * it should, and sideways velocity is taken away, as by wheels. Keeping such a body upright is its builder's part, e.g.
 * `body.setMassProperties({ mass: 1, inertia: Vector3.Zero() })`. Without one it changes the node's position.
 *
 * @throws ConfigurationError for numbers that cannot work; when given to an agent, for required physics that is missing.
 */
export function drive(options: DriveOptions): Actuator {
  const { speed, reverse = speed, acceleration, physics = "auto" } = options;
  assertNumber("drive", "speed", speed, { above: 0 }, "Give scene units a second.");
  assertNumber("drive", "reverse", reverse, { atLeast: 0 }, "Give scene units a second, or 0 to go only forward.");
  if (acceleration !== undefined) {
    assertNumber("drive", "acceleration", acceleration, { above: 0 }, "Leave it out to change speed at once.");
  }
  assertOneOf("drive", "physics", physics, ["auto", "required", "off"]);
  const pose = new Pose();
  let current = 0;
  return {
    kind: "drive",
    options: { ...options },
    labels: ["drive"],
    branches: [],
    attach: (node: TransformNode) => assertPhysics(node, physics, "drive"),
    act(node: TransformNode, values: Float32Array, offset: number, seconds: number): void {
      const action = values[offset];
      const wanted = action * (action < 0 ? reverse : speed);
      current = acceleration === undefined ? wanted : approach(current, wanted, acceleration * seconds);
      const { forward } = pose.read(node);
      moveOverGround(node, forward.x * current, forward.z * current, physics, seconds);
    },
    reset(node: TransformNode): void {
      current = 0;
      stopOverGround(node, physics);
    },
    draw(node: TransformNode, values: Float32Array, offset: number, pen: DebugPen): void {
      drawAction(pose.read(node), 0, 2 * values[offset], pen);
    },
  };
}

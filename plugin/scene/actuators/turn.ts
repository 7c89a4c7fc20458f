import { Quaternion, Vector3 } from "@babylonjs/core/Maths/math.vector.js";
import type { TransformNode } from "@babylonjs/core/Meshes/transformNode.js";
import type { Actuator } from "../actuator.ts";
import { assertNumber, assertOneOf } from "../check-option.ts";
import { assertPhysics, movedBody, type PhysicsUse } from "../physics.ts";
import { isMirrored, Pose } from "../pose.ts";
import type { DebugPen } from "../sensor.ts";
import { drawAction } from "./motion.ts";

export interface TurnOptions {
  /** Rate at full action, in radians a second, above 0. */
  readonly radiansPerSecond: number;
  /** Default `"auto"`: through the physics body where there is one. */
  readonly physics?: PhysicsUse;
}

/**
 * Turns the agent about the vertical: one number, `"turn"`, from -1 (left) to 1 (right).
 *
 * With a physics body it sets the body's angular velocity about the world's Y at every frame and keeps the rest; a body
 * whose inertia is locked turns too. Without one it turns the node about its own up axis.
 *
 * @throws ConfigurationError for a rate that is not above 0; when given to an agent, for required physics that is missing.
 */
export function turn(options: TurnOptions): Actuator {
  const { radiansPerSecond, physics = "auto" } = options;
  assertNumber("turn", "radiansPerSecond", radiansPerSecond, { above: 0 }, "Give radians a second.");
  assertOneOf("turn", "physics", physics, ["auto", "required", "off"]);
  const pose = new Pose();
  return {
    kind: "turn",
    options: { ...options },
    labels: ["turn"],
    branches: [],
    attach: (node: TransformNode) => assertPhysics(node, physics, "turn"),
    act(node: TransformNode, values: Float32Array, offset: number, seconds: number): void {
      turnNode(node, values[offset] * radiansPerSecond, physics, seconds);
    },
    reset(node: TransformNode): void {
      if (movedBody(node, physics)) turnNode(node, 0, physics, 0);
    },
    draw(node: TransformNode, values: Float32Array, offset: number, pen: DebugPen): void {
      drawAction(pose.read(node), values[offset], 0, pen);
    },
  };
}

const rates = new Vector3();
const yaw = new Quaternion();

function turnNode(node: TransformNode, rate: number, physics: PhysicsUse, seconds: number): void {
  const body = movedBody(node, physics);
  if (body) {
    body.getAngularVelocityToRef(rates);
    body.setAngularVelocity(rates.set(rates.x, rate, rates.z));
    return;
  }
  // What mirrors the world around a node makes a left turn of a right one.
  const { parent } = node;
  const angle = parent && isMirrored(parent.getWorldMatrix().m) ? -rate * seconds : rate * seconds;
  if (node.rotationQuaternion) {
    Quaternion.RotationYawPitchRollToRef(angle, 0, 0, yaw);
    node.rotationQuaternion.multiplyInPlace(yaw);
  } else {
    node.rotation.y += angle;
  }
}

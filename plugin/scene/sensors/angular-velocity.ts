import { Vector3 } from "@babylonjs/core/Maths/math.vector.js";
import type { TransformNode } from "@babylonjs/core/Meshes/transformNode.js";
import { assertNumber } from "../check-option.ts";
import { bodyOf } from "../physics.ts";
import { Pose } from "../pose.ts";
import type { Sensor } from "../sensor.ts";

export interface AngularVelocityOptions {
  /** Rate that counts as 1, in radians a second, above 0. Default: none, and the values have no known range. */
  readonly maximum?: number;
  /** Whether only yaw is given, for agents that stay upright. Default false. */
  readonly yawOnly?: boolean;
}

/**
 * Tells how fast the agent itself turns, about its own axes.
 *
 * Gives `"turning yaw"` (about up; positive to the right) and, unless yaw only, `"turning pitch"` (about right; positive
 * nose down) and `"turning roll"` (about forward; positive to the left): in [-1, 1] as shares of `maximum`, or without a
 * maximum in radians a second. Taken from the physics body where there is one; else from how the node turned since the
 * last frame. Runs at each decision; makes no objects.
 *
 * @throws ConfigurationError for a maximum that is not above 0.
 */
export function angularVelocity(options: AngularVelocityOptions = {}): Sensor {
  const { maximum, yawOnly = false } = options;
  if (maximum !== undefined) {
    assertNumber("angularVelocity", "maximum", maximum, { above: 0 }, "Give radians a second.");
  }
  const labels = ["turning yaw", ...(yawOnly ? [] : ["turning pitch", "turning roll"])];
  const current = new Vector3();
  let pose = new Pose();
  let previous = new Pose();
  let turning = false;
  const scaled = (rate: number): number => (maximum === undefined ? rate : Math.min(1, Math.max(-1, rate / maximum)));
  return {
    kind: "angularVelocity",
    options: { ...options },
    labels,
    ...(maximum === undefined ? { unbounded: labels } : {}),
    read(node: TransformNode, out: Float32Array, offset: number): void {
      bodyOf(node)?.getAngularVelocityToRef(current);
      pose.read(node);
      out[offset] = scaled(Vector3.Dot(current, pose.up));
      if (yawOnly) return;
      out[offset + 1] = scaled(Vector3.Dot(current, pose.right));
      out[offset + 2] = scaled(Vector3.Dot(current, pose.forward));
    },
    tick(node: TransformNode, seconds: number): void {
      if (bodyOf(node) || seconds <= 0) return;
      pose.read(node);
      if (turning) turnBetween(previous, pose, current).scaleInPlace(1 / seconds);
      [pose, previous] = [previous, pose];
      turning = true;
    },
    reset(): void {
      turning = false;
      current.setAll(0);
    },
  };
}

const cross = new Vector3();

/** The rotation that leads from one pose to another, as an axis whose length is the angle in radians. */
function turnBetween(before: Pose, after: Pose, out: Vector3): Vector3 {
  out.setAll(0);
  out.addInPlace(Vector3.CrossToRef(before.right, after.right, cross));
  out.addInPlace(Vector3.CrossToRef(before.up, after.up, cross));
  out.addInPlace(Vector3.CrossToRef(before.forward, after.forward, cross));
  // The sum is 2 sin(angle) along the axis; the dot products add up to 1 + 2 cos(angle).
  const doubleSine = out.length();
  if (doubleSine < 1e-9) return out.setAll(0);
  const doubleCosine =
    Vector3.Dot(before.right, after.right) +
    Vector3.Dot(before.up, after.up) +
    Vector3.Dot(before.forward, after.forward) -
    1;
  return out.scaleInPlace(Math.atan2(doubleSine, doubleCosine) / doubleSine);
}

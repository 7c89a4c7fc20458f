import { Vector3 } from "@babylonjs/core/Maths/math.vector.js";
import type { TransformNode } from "@babylonjs/core/Meshes/transformNode.js";
import { assertNumber } from "../check-option.ts";
import { bodyOf } from "../physics.ts";
import { Pose } from "../pose.ts";
import type { Sensor } from "../sensor.ts";

export interface VelocityOptions {
  /** Speed that counts as 1, in scene units a second, above 0. Default: none, and the values have no known range. */
  readonly maximum?: number;
  /** Whether the up component is left out, for agents on a plane. Default false. */
  readonly planar?: boolean;
}

/**
 * Tells how fast the agent itself moves, in its own axes.
 *
 * Gives `"velocity forward"`, `"velocity right"` and, unless planar, `"velocity up"`: in [-1, 1] as shares of
 * `maximum`, or without a maximum in scene units a second. Taken from the physics body where there is one; else from how
 * far the node came since the last frame. Runs at each decision; makes no objects.
 *
 * @throws ConfigurationError for a maximum that is not above 0.
 */
export function velocity(options: VelocityOptions = {}): Sensor {
  const { maximum, planar = false } = options;
  if (maximum !== undefined) {
    assertNumber("velocity", "maximum", maximum, { above: 0 }, "Give a speed in scene units a second.");
  }
  const labels = ["velocity forward", "velocity right", ...(planar ? [] : ["velocity up"])];
  const pose = new Pose();
  const current = new Vector3();
  const previous = new Vector3();
  let moving = false;
  const scaled = (speed: number): number =>
    maximum === undefined ? speed : Math.min(1, Math.max(-1, speed / maximum));
  return {
    kind: "velocity",
    options: { ...options },
    labels,
    ...(maximum === undefined ? { unbounded: labels } : {}),
    read(node: TransformNode, out: Float32Array, offset: number): void {
      bodyOf(node)?.getLinearVelocityToRef(current);
      pose.read(node);
      out[offset] = scaled(Vector3.Dot(current, pose.forward));
      out[offset + 1] = scaled(Vector3.Dot(current, pose.right));
      if (!planar) out[offset + 2] = scaled(Vector3.Dot(current, pose.up));
    },
    tick(node: TransformNode, seconds: number): void {
      if (bodyOf(node) || seconds <= 0) return;
      const { position } = pose.read(node);
      if (moving) position.subtractToRef(previous, current).scaleInPlace(1 / seconds);
      previous.copyFrom(position);
      moving = true;
    },
    reset(): void {
      moving = false;
      current.setAll(0);
    },
  };
}

import type { TransformNode } from "@babylonjs/core/Meshes/transformNode.js";
import { assertOneOf } from "../check-option.ts";
import { ConfigurationError } from "../../core/errors.ts";
import { Pose } from "../pose.ts";
import type { Sensor } from "../sensor.ts";

const LABELS = {
  heading: ["heading sine", "heading cosine"],
  up: ["up x", "up y", "up z"],
  forward: ["forward x", "forward y", "forward z"],
} as const;

export interface OrientationOptions {
  /**
   * `"heading"` for where the agent looks on the map, `"up"` and `"forward"` for those axes in the world; up and forward
   * together say everything. Default `["heading"]`.
   */
  readonly parts?: readonly (keyof typeof LABELS)[];
}

/**
 * Tells how the agent stands in the world, without the jump that an angle makes at a whole turn.
 *
 * `heading` gives sine and cosine of the angle from the world's +Z to the node's forward axis, positive to the right, both
 * 0 while it looks straight up or down; `up` and `forward` give that axis as x, y and z. All in [-1, 1]. Runs at each
 * decision; makes no objects.
 *
 * @throws ConfigurationError for no parts, or for a part of another name.
 */
export function orientation(options: OrientationOptions = {}): Sensor {
  const { parts = ["heading"] } = options;
  if (parts.length === 0) {
    throw new ConfigurationError(
      `orientation: needed at least 1 part, came none. Ask for "heading", "up" or "forward".`,
    );
  }
  for (const part of parts) assertOneOf("orientation", "parts", part, Object.keys(LABELS));
  const pose = new Pose();
  return {
    kind: "orientation",
    options: { ...options },
    labels: parts.flatMap((part) => [...LABELS[part]]),
    read(node: TransformNode, out: Float32Array, offset: number): void {
      const { forward, up } = pose.read(node);
      let at = offset;
      for (const part of parts) {
        if (part === "heading") {
          const length = Math.sqrt(forward.x * forward.x + forward.z * forward.z);
          out[at++] = length > 1e-6 ? forward.x / length : 0;
          out[at++] = length > 1e-6 ? forward.z / length : 0;
        } else {
          const axis = part === "up" ? up : forward;
          out[at++] = axis.x;
          out[at++] = axis.y;
          out[at++] = axis.z;
        }
      }
    },
  };
}

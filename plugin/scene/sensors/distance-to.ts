import type { TransformNode } from "@babylonjs/core/Meshes/transformNode.js";
import { Vector3 } from "@babylonjs/core/Maths/math.vector.js";
import { assertNumber } from "../check-option.ts";
import { Pose } from "../pose.ts";
import { currentNode, type NodeSource, type Sensor } from "../sensor.ts";
import { describeTarget } from "./target.ts";

export interface DistanceToOptions {
  /** Distance that counts as 1, in scene units, above 0. Default: none, and the value has no known range. */
  readonly maximum?: number;
  /** Begins the label. Default `"target"`. */
  readonly label?: string;
}

/**
 * Tells how far away a target is, in a straight line between the two nodes' origins.
 *
 * Gives one number, `"target distance"`: 0 here to 1 at `maximum` and beyond, and 1 when there is no target; without a
 * maximum, scene units, and 0 when there is no target. Runs at each decision; makes no objects.
 *
 * @throws ConfigurationError for a maximum that is not above 0.
 */
export function distanceTo(target: NodeSource, options: DistanceToOptions = {}): Sensor {
  const { maximum, label = "target" } = options;
  if (maximum !== undefined) {
    assertNumber("distanceTo", "maximum", maximum, { above: 0 }, "Give a distance in scene units.");
  }
  const name = `${label} distance`;
  const pose = new Pose();
  const targetPose = new Pose();
  return {
    ...describeTarget("distanceTo", target, options),
    labels: [name],
    ...(maximum === undefined ? { unbounded: [name] } : {}),
    read(node: TransformNode, out: Float32Array, offset: number): void {
      const goal = currentNode(target);
      if (!goal) {
        out[offset] = maximum === undefined ? 0 : 1;
        return;
      }
      const distance = Vector3.Distance(pose.read(node).position, targetPose.read(goal).position);
      out[offset] = maximum === undefined ? distance : Math.min(1, distance / maximum);
    },
  };
}

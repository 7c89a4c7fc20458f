import { Vector3 } from "@babylonjs/core/Maths/math.vector.js";
import type { TransformNode } from "@babylonjs/core/Meshes/transformNode.js";
import { assertNumber, assertOffset, type Offset } from "../check-option.ts";
import { DEBUG_COLOURS } from "../debug-colours.ts";
import { bodyOf } from "../physics.ts";
import { Pose } from "../pose.ts";
import { currentNode, type DebugPen, type NodeSource, type Sensor } from "../sensor.ts";
import { Sight } from "../sight.ts";
import { isPartOf } from "../tags.ts";
import { describeTarget } from "./target.ts";

export interface DirectionToOptions {
  /**
   * How far the agent senses the target, in scene units, above 0. Default: at any distance, and the distance is given
   * in scene units as a value without a known range.
   */
  readonly maximum?: number;
  /** Begins the labels. Default `"target"`. Needed when an agent has several of these. */
  readonly label?: string;
  /** Whether the direction has an up component too. Default false: a direction within the node's horizontal plane. */
  readonly up?: boolean;
  /** Whether something in between hides the target. Default false. */
  readonly lineOfSight?: boolean;
  /** How wide the agent sees, around its forward axis, in radians, above 0. Default 2π: all around. */
  readonly fieldOfView?: number;
  /** For so many seconds an unseen target is taken to be where it was last seen. Default 0: forgotten at once. */
  readonly remember?: number;
  /** Where the agent looks from, in its axes (right, up, forward). Default its origin. */
  readonly origin?: Offset;
  /** What the agent looks at, in the target's axes. Default the target's origin. */
  readonly aim?: Offset;
  /** With physics: bits of the collision groups that hide the target. Default all. */
  readonly collideWith?: number;
}

/**
 * Tells in which direction a target is, how far away, and whether it is sensed at all.
 *
 * Gives, in this order,
 * - `forward`, `right` and, when asked for, `up`: the direction in the node's own axes, of length 1, in [-1, 1];
 * - `distance`: 0 here to 1 at `maximum` (in scene units without a maximum, and 0 when unknown);
 * - `visible`: 1 when the target is sensed now: it exists, is no farther than `maximum`, within the field of view and,
 *   with `lineOfSight`, not hidden; else 0;
 * - with `remember`, `age`: 0 when sensed now, rising to 1 when what was last seen is forgotten; meanwhile direction
 *   and distance tell the place where the target was last seen.
 *
 * When nothing is known, the direction is 0, the distance 1 and the age 1. Labels are like `"target forward"`. Runs at
 * each decision; line of sight costs one ray; makes no objects.
 *
 * @param target - A node, or a function that gives it (or null) at each decision.
 * @throws ConfigurationError for options that cannot work.
 */
export function directionTo(target: NodeSource, options: DirectionToOptions = {}): Sensor {
  assertOptions(options);
  const { maximum, label = "target", up = false, remember = 0 } = options;
  const { lineOfSight = false, fieldOfView = 2 * Math.PI, origin = [0, 0, 0], aim = [0, 0, 0] } = options;
  const parts = ["forward", "right", ...(up ? ["up"] : []), "distance", "visible", ...(remember > 0 ? ["age"] : [])];
  const leastCosine = fieldOfView >= 2 * Math.PI ? -1 : Math.cos(fieldOfView / 2);
  const sight = new Sight(options.collideWith);
  const pose = new Pose();
  const targetPose = new Pose();
  const from = new Vector3();
  const place = new Vector3();
  const way = new Vector3();
  let visible = false;
  let known = false;
  let age = 0;

  function senses(node: TransformNode): boolean {
    const goal = currentNode(target);
    if (!goal) return false;
    targetPose.read(goal).toWorld(aim[0], aim[1], aim[2], way);
    const { x, y, z } = way;
    way.subtractInPlace(from);
    const distance = way.length();
    if (maximum !== undefined && distance > maximum) return false;
    if (Vector3.Dot(way, pose.forward) < leastCosine * distance - 1e-6) return false;
    way.set(x, y, z);
    if (lineOfSight && distance > 0) {
      sight.begin(node, from, distance);
      if (sight.cast(from, way) && !belongsTo(sight.node, goal)) return false;
    }
    place.copyFrom(way);
    return true;
  }

  return {
    ...describeTarget("directionTo", target, options),
    labels: parts.map((part) => `${label} ${part}`),
    ...(maximum === undefined ? { unbounded: [`${label} distance`] } : {}),
    read(node: TransformNode, out: Float32Array, offset: number): void {
      pose.read(node).toWorld(origin[0], origin[1], origin[2], from);
      visible = senses(node);
      if (visible) age = 0;
      known = visible || (known && age < remember);
      place.subtractToRef(from, way);
      const distance = known ? way.length() : (maximum ?? 0);
      const forward = known ? Vector3.Dot(way, pose.forward) : 0;
      const right = known ? Vector3.Dot(way, pose.right) : 0;
      const height = known && up ? Vector3.Dot(way, pose.up) : 0;
      const length = Math.sqrt(forward * forward + right * right + height * height);
      const scale = length > 1e-6 ? 1 / length : 0;
      let at = offset;
      out[at++] = forward * scale;
      out[at++] = right * scale;
      if (up) out[at++] = height * scale;
      out[at++] = maximum === undefined ? distance : Math.min(1, distance / maximum);
      out[at++] = visible ? 1 : 0;
      if (remember > 0) out[at] = known ? age / remember : 1;
    },
    tick(_node: TransformNode, seconds: number): void {
      age = Math.min(remember, age + seconds);
    },
    reset(): void {
      visible = false;
      known = false;
    },
    draw(_node: TransformNode, pen: DebugPen): void {
      if (known) pen.line(from, place, visible ? DEBUG_COLOURS.seen : DEBUG_COLOURS.remembered);
    },
  };
}

/** Whether what a ray hit is the target, a part of it, or the body that carries it. */
function belongsTo(hit: TransformNode | null, target: TransformNode): boolean {
  if (!hit) return false;
  return isPartOf(hit, target) || (bodyOf(target) === null && isPartOf(target, hit));
}

function assertOptions(options: DirectionToOptions): void {
  const { maximum, fieldOfView, remember, origin = [0, 0, 0], aim = [0, 0, 0], collideWith } = options;
  const who = "directionTo";
  if (maximum !== undefined) assertNumber(who, "maximum", maximum, { above: 0 }, "Give a distance in scene units.");
  if (fieldOfView !== undefined) assertNumber(who, "fieldOfView", fieldOfView, { above: 0 }, "Give radians.");
  if (remember !== undefined) assertNumber(who, "remember", remember, { atLeast: 0 }, "Give seconds.");
  if (collideWith !== undefined) {
    assertNumber(who, "collideWith", collideWith, { whole: true }, "Give the bits of collision groups.");
  }
  assertOffset(who, "origin", origin);
  assertOffset(who, "aim", aim);
}

import type { TransformNode } from "@babylonjs/core/Meshes/transformNode.js";
import { ConfigurationError } from "../../core/errors.ts";
import { assertNumber } from "../check-option.ts";
import type { DebugPen, Sensor } from "../sensor.ts";

/**
 * Gives an agent the last few observations of another sensor as well, so that it can tell how things change.
 *
 * The newest observation comes first under its own labels, then the earlier ones as `"… 1 ago"`, `"… 2 ago"`, counted in
 * decisions. At the start of an episode all are the first observation. Makes no objects at run time.
 *
 * @param sensor - The sensor to repeat; give it to no agent itself.
 * @param count - How many observations in all, the newest included, 2 to 32.
 * @throws ConfigurationError for a count outside of that, and for a sensor that gives a picture.
 */
export function stacked(sensor: Sensor, count: number): Sensor {
  const limits = { atLeast: 2, atMost: 32, whole: true };
  assertNumber("stacked", "count", count, limits, "Count the newest observation too.");
  if (sensor.image) {
    throw new ConfigurationError(
      `stacked: needed a sensor of numbers, came one of the picture "${sensor.image.label}". Give that to the agent as it is.`,
    );
  }
  const width = sensor.labels.length;
  const past = new Float32Array(width * count);
  let empty = true;
  const repeat = (labels: readonly string[]): string[] =>
    Array.from({ length: count }, (_, ago) =>
      labels.map((label) => (ago === 0 ? label : `${label} ${ago} ago`)),
    ).flat();
  const described = sensor.kind !== undefined;
  return {
    ...(described
      ? { kind: "stacked", options: { sensor: { kind: sensor.kind, options: sensor.options ?? {} }, count } }
      : {}),
    labels: repeat(sensor.labels),
    ...(sensor.unbounded ? { unbounded: repeat(sensor.unbounded) } : {}),
    read(node: TransformNode, out: Float32Array, offset: number): void {
      past.copyWithin(width, 0, width * (count - 1));
      sensor.read(node, past, 0);
      if (empty) for (let ago = 1; ago < count; ago++) past.copyWithin(width * ago, 0, width);
      empty = false;
      out.set(past, offset);
    },
    reset(node: TransformNode): void {
      empty = true;
      sensor.reset?.(node);
    },
    prepare: (node: TransformNode) => sensor.prepare?.(node),
    attach: (node: TransformNode) => sensor.attach?.(node),
    decided: (actions: Float32Array) => sensor.decided?.(actions),
    tick: (node: TransformNode, seconds: number) => sensor.tick?.(node, seconds),
    draw: (node: TransformNode, pen: DebugPen) => sensor.draw?.(node, pen),
    dispose: () => sensor.dispose?.(),
  };
}

import type { TransformNode } from "@babylonjs/core/Meshes/transformNode.js";
import { assertNumber } from "../check-option.ts";
import { ConfigurationError } from "../../core/errors.ts";
import type { Sensor } from "../sensor.ts";

export interface ValueOptions {
  /** Lowest and highest value: these become -1 and 1. Default: none, and a running normaliser scales the value. */
  readonly range?: readonly [low: number, high: number];
}

/**
 * Tells the agent any number of your game: health, ammunition, the time left.
 *
 * With a range, the value is scaled to [-1, 1] and clipped. The getter runs at each decision.
 *
 * @param label - The observation's name, unique within the agent.
 * @throws ConfigurationError for a range whose low end is not below its high end.
 */
export function value(label: string, getter: (node: TransformNode) => number, options: ValueOptions = {}): Sensor {
  const { range } = options;
  if (range) {
    const [low, high] = range;
    const advice = "Give the lowest and the highest value.";
    assertNumber(`value "${label}"`, "range[0]", low, {}, advice);
    assertNumber(`value "${label}"`, "range[1]", high, {}, advice);
    if (low >= high) {
      throw new ConfigurationError(
        `value "${label}": needed a range whose low end is below its high end, came ${low} to ${high}. ${advice}`,
      );
    }
  }
  return {
    labels: [label],
    ...(range ? {} : { unbounded: [label] }),
    read(node: TransformNode, out: Float32Array, offset: number): void {
      const number = getter(node);
      if (!range) {
        out[offset] = number;
        return;
      }
      const share = (2 * (number - range[0])) / (range[1] - range[0]) - 1;
      out[offset] = Math.min(1, Math.max(-1, share));
    },
  };
}

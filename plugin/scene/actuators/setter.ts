import type { TransformNode } from "@babylonjs/core/Meshes/transformNode.js";
import type { Actuator } from "../actuator.ts";
import { ConfigurationError } from "../../core/errors.ts";
import { assertNumber } from "../check-option.ts";

export interface SetterOptions {
  /** What the action -1 means. Default -1. */
  readonly low?: number;
  /** What the action 1 means, above `low`. Default 1. */
  readonly high?: number;
}

/**
 * Lets the agent set any number of your game: a steering angle, a brightness, a thrust.
 *
 * @param label - The action's name, unique within the agent.
 * @param set - Called at every frame or physics step with a number from `low` to `high`, and the time since the last call.
 * @throws ConfigurationError for a low end that is not below the high end.
 */
export function setter(
  label: string,
  set: (value: number, node: TransformNode, seconds: number) => void,
  options: SetterOptions = {},
): Actuator {
  const { low = -1, high = 1 } = options;
  const who = `setter "${label}"`;
  assertNumber(who, "low", low, {}, "Give the lowest value.");
  assertNumber(who, "high", high, {}, "Give the highest value.");
  if (low >= high) {
    throw new ConfigurationError(
      `${who}: needed "low" below "high", came ${low} and ${high}. Give the lowest and the highest value.`,
    );
  }
  return {
    labels: [label],
    branches: [],
    act(node: TransformNode, values: Float32Array, offset: number, seconds: number): void {
      set(low + ((values[offset] + 1) / 2) * (high - low), node, seconds);
    },
  };
}

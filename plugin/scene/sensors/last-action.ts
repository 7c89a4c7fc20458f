import type { TransformNode } from "@babylonjs/core/Meshes/transformNode.js";
import type { Actuator } from "../actuator.ts";
import { ConfigurationError } from "../../core/errors.ts";
import type { Sensor } from "../sensor.ts";

/** The names of what an actuator does; every actuator is one. */
export type ActionLabels = Pick<Actuator, "labels" | "branches">;

/**
 * Tells the agent what it decided last, so that it can be steady.
 *
 * Gives `"last drive"` for each number, in [-1, 1], and `"last jump none"`, `"last jump jump"` … for each alternative of a
 * choice: 1 for the one taken, else 0. All are 0 before the first decision of an episode. Makes no objects.
 *
 * @param actuators - All of the agent's actuators, in the order in which the agent has them.
 * @throws ConfigurationError for an empty list; at the first decision, when the agent has other actuators.
 */
export function lastAction(actuators: readonly ActionLabels[]): Sensor {
  const actions = actuators.map(({ labels, branches }) => ({
    labels: [...labels],
    branches: branches.map(({ label, choices }) => ({ label, choices: [...choices] })),
  }));
  const labels = actions.flatMap((action) => [
    ...action.labels.map((label) => `last ${label}`),
    ...action.branches.flatMap(({ label, choices }) => choices.map((choice) => `last ${label} ${choice}`)),
  ]);
  if (labels.length === 0) {
    throw new ConfigurationError("lastAction: needed at least 1 actuator, came none. Give it all of the agent's.");
  }
  const size = actions.reduce((sum, action) => sum + action.labels.length + action.branches.length, 0);
  const last = new Float32Array(labels.length);
  return {
    kind: "lastAction",
    options: { actuators: actions },
    labels,
    read(_node: TransformNode, out: Float32Array, offset: number): void {
      out.set(last, offset);
    },
    decided(values: Float32Array): void {
      if (values.length !== size) {
        throw new ConfigurationError(
          `lastAction: needed ${size} decided values, came ${values.length}. Give it all of the agent's actuators, in their order.`,
        );
      }
      last.fill(0);
      let from = 0;
      let to = 0;
      for (const action of actions) {
        for (let i = 0; i < action.labels.length; i++) last[to++] = values[from++];
        for (const { choices } of action.branches) {
          last[to + values[from++]] = 1;
          to += choices.length;
        }
      }
    },
    reset(): void {
      last.fill(0);
    },
  };
}

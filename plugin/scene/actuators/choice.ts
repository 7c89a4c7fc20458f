import type { TransformNode } from "@babylonjs/core/Meshes/transformNode.js";
import type { Actuator } from "../actuator.ts";
import { ConfigurationError } from "../../core/errors.ts";
import { assertNames } from "../check-option.ts";

export interface ChoiceOptions {
  /**
   * Whether an alternative may be taken now; asked for each one before each decision. Default: all may. Where none may,
   * the first one can be taken all the same.
   */
  readonly allows?: (choice: string, node: TransformNode) => boolean;
}

/**
 * Lets the agent choose among named alternatives: open a door, swap weapons, call for help.
 *
 * @param label - The choice's name, unique within the agent.
 * @param choices - At least two alternatives; one of them should do nothing.
 * @param onChoose - Told the taken alternative, once a decision.
 * @throws ConfigurationError for fewer than two alternatives, or repeated ones.
 */
export function choice<Name extends string>(
  label: string,
  choices: readonly Name[],
  onChoose: (choice: Name, node: TransformNode) => void,
  options: ChoiceOptions = {},
): Actuator {
  assertNames(`choice "${label}"`, "choices", choices);
  if (choices.length < 2) {
    throw new ConfigurationError(
      `choice "${label}": needed at least 2 alternatives, came ${choices.length}. Name them all, "none" included.`,
    );
  }
  const { allows } = options;
  return {
    labels: [],
    branches: [{ label, choices }],
    decided(node: TransformNode, values: Float32Array, offset: number): void {
      onChoose(choices[values[offset]], node);
    },
    act(): void {},
    ...(allows
      ? {
          mask(node: TransformNode, mask: Uint8Array, offset: number): void {
            let any = false;
            for (let i = 0; i < choices.length; i++) {
              const may = allows(choices[i], node);
              mask[offset + i] = may ? 1 : 0;
              any ||= may;
            }
            if (!any) mask[offset] = 1;
          },
        }
      : {}),
  };
}

import { ConfigurationError } from "./errors.ts";
import { assertUniqueLabels } from "./observation-spec.ts";

/** A choice among named alternatives, exactly one of which is taken at each decision. */
export interface DiscreteBranch {
  readonly label: string;
  /** At least two names, unique, in order. */
  readonly choices: readonly string[];
}

/** What a policy decides: numbers, choices, or both. */
export interface ActionSpec {
  /**
   * One label per continuous action. A policy's numbers are not clipped; whoever acts on them clips to [-1, 1] first.
   */
  readonly continuous: readonly string[];
  /** One branch per independent choice. */
  readonly discrete: readonly DiscreteBranch[];
}

/** Actions that are numbers only. */
export function continuousActions(...labels: string[]): ActionSpec {
  return { continuous: labels, discrete: [] };
}

/** One choice among named alternatives. */
export function discreteAction(label: string, ...choices: string[]): ActionSpec {
  return { continuous: [], discrete: [{ label, choices }] };
}

/** How many alternatives all branches have together: the width of a mask row. */
export function choiceCount(spec: ActionSpec): number {
  let sum = 0;
  for (const branch of spec.discrete) sum += branch.choices.length;
  return sum;
}

/** How many numbers the actor's last layer gives: one mean per continuous action, one logit per choice. */
export function actorOutputs(spec: ActionSpec): number {
  return spec.continuous.length + choiceCount(spec);
}

/**
 * Refuses an action spec that cannot work.
 *
 * @throws ConfigurationError for no actions, empty or repeated labels, a branch with fewer than 2 choices.
 */
export function assertActionSpec(spec: ActionSpec, who: string): void {
  if (spec.continuous.length + spec.discrete.length === 0) {
    throw new ConfigurationError(`${who}: needed at least 1 action, came none. Give the agent an actuator.`);
  }
  assertUniqueLabels([...spec.continuous, ...spec.discrete.map((branch) => branch.label)], `${who}: action`);
  for (const branch of spec.discrete) {
    if (branch.choices.length < 2) {
      throw new ConfigurationError(
        `${who}: the choice "${branch.label}" needs at least 2 alternatives, came ${branch.choices.length}. Name them all, "none" included.`,
      );
    }
    assertUniqueLabels(branch.choices, `${who}: alternative of "${branch.label}"`);
  }
}

import { choiceCount, type ActionSpec } from "../core/action-spec.ts";
import type { ActionBatch } from "../core/environment.ts";
import { ConfigurationError } from "../core/errors.ts";
import { quoteAll } from "../core/observation-spec.ts";

/**
 * Writes one agent's actions by name, in place of a policy: for players, scripts and demonstrations.
 *
 * Whatever is not written is 0, and the first alternative of a choice.
 */
export class ActionWriter {
  /** What was written: one row. */
  readonly actions: ActionBatch;
  /** 1 where an alternative may be taken now, [choices]. */
  readonly masks: Uint8Array;
  readonly #spec: ActionSpec;
  readonly #who: string;
  readonly #continuous: ReadonlyMap<string, number>;
  readonly #discrete: ReadonlyMap<string, number>;

  /** @param who - Named in messages, e.g. `NeuralController "guard"`. */
  constructor(spec: ActionSpec, who: string) {
    this.#spec = spec;
    this.#who = who;
    this.#continuous = new Map(spec.continuous.map((label, index) => [label, index]));
    this.#discrete = new Map(spec.discrete.map((branch, index) => [branch.label, index]));
    this.actions = {
      continuous: new Float32Array(spec.continuous.length),
      discrete: new Int32Array(spec.discrete.length),
    };
    this.masks = new Uint8Array(choiceCount(spec)).fill(1);
  }

  /**
   * Sets a number, e.g. `set("drive", 1)`; it is clipped to [-1, 1] when it is applied.
   *
   * @throws ConfigurationError for an action that the agent does not have.
   */
  set(label: string, value: number): void {
    const index = this.#continuous.get(label);
    if (index === undefined) throw this.#unknown("an action", label, this.#spec.continuous);
    this.actions.continuous[index] = value;
  }

  /**
   * Takes an alternative, e.g. `choose("jump", "jump")`. One that is masked at present is replaced by the first that is
   * not.
   *
   * @throws ConfigurationError for a choice or an alternative that the agent does not have.
   */
  choose(label: string, choice: string): void {
    const index = this.#discrete.get(label);
    if (index === undefined) throw this.#unknown("a choice", label, [...this.#discrete.keys()]);
    const { choices } = this.#spec.discrete[index];
    const taken = choices.indexOf(choice);
    if (taken < 0) throw this.#unknown(`an alternative of "${label}"`, choice, choices);
    this.actions.discrete[index] = taken;
  }

  /** Forgets what was written. */
  clear(): void {
    this.actions.continuous.fill(0);
    this.actions.discrete.fill(0);
  }

  /** Replaces masked alternatives. */
  finish(): void {
    const { discrete } = this.actions;
    let first = 0;
    for (let i = 0; i < discrete.length; i++) {
      const count = this.#spec.discrete[i].choices.length;
      if (this.masks[first + discrete[i]] === 0) {
        const allowed = this.masks.subarray(first, first + count).indexOf(1);
        discrete[i] = Math.max(0, allowed);
      }
      first += count;
    }
  }

  #unknown(what: string, label: string, known: readonly string[]): ConfigurationError {
    const advice = known.length === 0 ? "It has none." : `Use one of: ${quoteAll(known)}.`;
    return new ConfigurationError(`${this.#who}: needed ${what} of the agent, came "${label}". ${advice}`);
  }
}

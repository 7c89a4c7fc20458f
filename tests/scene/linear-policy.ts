import { actorOutputs } from "../../plugin/core/action-spec.ts";
import { DEFAULT_NETWORK } from "../../plugin/core/network-spec.ts";
import { observationSize, unboundedFlags } from "../../plugin/core/observation-spec.ts";
import {
  createNormaliser,
  type DecideOptions,
  type DecisionBatch,
  type Policy,
  type PolicyData,
} from "../../plugin/core/policy.ts";
import type { RoleSpec } from "../../plugin/core/role-spec.ts";

/** The simplest policy there is: every action is a weighted sum of the observation; choices take the largest. */
export class LinearPolicy implements Policy {
  readonly role: RoleSpec;
  readonly network = DEFAULT_NETWORK;
  readonly birth = {};
  /** [outputs, observation]. */
  weights: Float32Array;
  /** How many agents each call decided for, and whether it was greedy. */
  readonly calls: string[] = [];
  #disposed = false;

  constructor(role: RoleSpec, weights: readonly number[] = []) {
    this.role = role;
    this.weights = new Float32Array(actorOutputs(role.action) * observationSize(role.observation));
    this.weights.set(weights);
  }

  decide({ agents, observations, masks, actions }: DecisionBatch, { greedy = false }: DecideOptions = {}): void {
    if (this.#disposed) throw new Error("this policy was disposed");
    this.calls.push(`${agents}${greedy ? " greedy" : ""}`);
    const size = observationSize(this.role.observation);
    const { continuous, discrete } = this.role.action;
    for (let agent = 0; agent < agents; agent++) {
      const sum = (output: number): number => {
        let total = 0;
        for (let i = 0; i < size; i++) total += this.weights[output * size + i] * observations[agent * size + i];
        return total;
      };
      continuous.forEach((_, i) => (actions.continuous[agent * continuous.length + i] = sum(i)));
      let output = continuous.length;
      let mask = agent * discrete.reduce((count, { choices }) => count + choices.length, 0);
      discrete.forEach(({ choices }, branch) => {
        const scores = choices.map((_, i) => (masks[mask + i] === 1 ? sum(output + i) : -Infinity));
        actions.discrete[agent * discrete.length + branch] = scores.indexOf(Math.max(...scores));
        output += choices.length;
        mask += choices.length;
      });
    }
  }

  seed(): void {}

  assign({ parameters }: PolicyData): void {
    this.weights = parameters;
  }

  toData(): PolicyData {
    const normaliser = createNormaliser(unboundedFlags(this.role.observation));
    return { role: this.role, network: this.network, normaliser, parameters: this.weights, birth: this.birth };
  }

  dispose(): void {
    this.#disposed = true;
  }
}

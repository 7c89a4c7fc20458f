import { choiceCount } from "../../core/action-spec.ts";
import { observationLabels } from "../../core/observation-spec.ts";
import { createNetworkView, type HiddenLayer, type NetworkView } from "../../compute/network-view.ts";
import { CLONING } from "../../learn/behaviour-cloning.ts";
import { assertNumber } from "../check-option.ts";
import type { Decision, NeuralController } from "../neural-controller.ts";
import { PolicyMirror } from "./policy-mirror.ts";

/** What to watch. */
export interface WatchAgentOptions {
  /** How many of the critic's estimates are kept, 2 to 100,000. Default 300: half a minute at 10 decisions a second. */
  readonly history?: number;
}

/**
 * Shows what an agent senses, thinks and expects, for panels: brought up to date at every decision, in the same arrays each
 * time. Costs one pass through the network a decision, and allocates nothing but for new policies.
 */
export class AgentWatch {
  readonly controller: NeuralController;
  /** Of the observations. */
  readonly labels: readonly string[];
  /** What was sensed last, and the least and greatest of each since `resetRanges`; infinite before the first, [observation]. */
  readonly observation: Float32Array;
  readonly least: Float32Array;
  readonly greatest: Float32Array;
  /** Of the numbers that the agent decides. */
  readonly numberLabels: readonly string[];
  /** Mean and standard deviation of each number as the policy says, not clipped, [continuous]. */
  readonly means: Float32Array;
  readonly deviations: Float32Array;
  /** E.g. `"jump: yes"`, branch after branch. */
  readonly choiceLabels: readonly string[];
  /** Probability of each alternative, 0 for masked ones, [choices]. */
  readonly probabilities: Float32Array;
  /** What was done: each actuator's numbers in [-1, 1] and then its taken choices; the controller's own array. */
  readonly values: Float32Array;
  /** Estimates of the critic, the newest at `estimateAt`, older ones before it, around the end; NaN where there was none. */
  readonly estimates: Float32Array;
  readonly #observer: { remove(): void };
  readonly #mirror: PolicyMirror<NetworkView>;
  readonly #row: { observations: Float32Array; images: Uint8Array; masks: Uint8Array };
  #at = -1;
  #decisions = 0;
  #view: NetworkView | null = null;

  /** Use `watchAgent`. */
  constructor(controller: NeuralController, { history = 300 }: WatchAgentOptions) {
    const limits = { atLeast: 2, atMost: 100_000, whole: true };
    assertNumber(`Watch of "${controller.name}"`, "history", history, limits, "Say how many estimates to keep.");
    const { observation, action } = controller.role;
    this.controller = controller;
    this.labels = observationLabels(observation);
    this.observation = new Float32Array(this.labels.length);
    this.least = new Float32Array(this.labels.length);
    this.greatest = new Float32Array(this.labels.length);
    this.resetRanges();
    this.numberLabels = action.continuous;
    this.means = new Float32Array(action.continuous.length);
    this.deviations = new Float32Array(action.continuous.length);
    this.choiceLabels = action.discrete.flatMap(({ label, choices }) => choices.map((choice) => `${label}: ${choice}`));
    this.probabilities = new Float32Array(choiceCount(action));
    this.values = controller.values;
    this.estimates = new Float32Array(history).fill(Number.NaN);
    this.#row = {
      observations: this.observation,
      images: controller.images,
      masks: new Uint8Array(choiceCount(action)),
    };
    this.#mirror = new PolicyMirror(controller, createNetworkView);
    this.#observer = controller.onDecisionObservable.add((decision) => this.#look(decision));
  }

  /** How many decisions were watched. */
  get decisions(): number {
    return this.#decisions;
  }

  /** Hidden layers with their activations at the last decision; none while there is no policy to look into. */
  get layers(): readonly HiddenLayer[] {
    return this.#view?.layers ?? [];
  }

  /** Where in `estimates` the newest one is; -1 before the first. */
  get estimateAt(): number {
    return this.#at;
  }

  /** The critic's newest estimate of the rewards to come, scaled and discounted as in teaching; NaN where there is none. */
  get estimate(): number {
    return this.#at < 0 ? Number.NaN : this.estimates[this.#at];
  }

  /** Whether the estimates mean anything: false without a policy, and for a cloned one, whose critic was taught nothing. */
  get hasCritic(): boolean {
    const { policy } = this.controller;
    return policy !== null && policy.birth.algorithm !== CLONING;
  }

  /** Why nothing is shown of the policy, or null. */
  get failure(): Error | null {
    return this.#mirror.failure;
  }

  /** Settles when the policy that the controller has now can be looked into. */
  ready(): Promise<void> {
    return this.#mirror.ready();
  }

  /** Forgets which range each observation has had. */
  resetRanges(): void {
    this.least.fill(Infinity);
    this.greatest.fill(-Infinity);
  }

  /** Stops watching. May be called twice. */
  dispose(): void {
    this.#observer.remove();
    this.#mirror.dispose();
    this.#view = null;
  }

  #look({ observation, batch, row }: Decision): void {
    for (let i = 0; i < observation.length; i++) {
      const sensed = observation[i];
      this.observation[i] = sensed;
      if (sensed < this.least[i]) this.least[i] = sensed;
      if (sensed > this.greatest[i]) this.greatest[i] = sensed;
    }
    const { masks } = this.#row;
    for (let i = 0; i < masks.length; i++) masks[i] = batch.masks[row * masks.length + i];
    this.#decisions += 1;
    this.#at = (this.#at + 1) % this.estimates.length;
    const view = this.#mirror.get();
    this.#view = view;
    view?.look(this.#row);
    this.estimates[this.#at] = view ? view.value : Number.NaN;
    for (let i = 0; i < this.means.length; i++) {
      this.means[i] = view ? view.means[i] : 0;
      this.deviations[i] = view ? view.deviations[i] : 0;
    }
    for (let i = 0; i < this.probabilities.length; i++) this.probabilities[i] = view ? view.probabilities[i] : 0;
  }
}

/**
 * Watches an agent from now on: `const watch = watchAgent(guard)`. While a script or a player decides, it shows what the
 * policy would have done, where there is one.
 *
 * @throws ConfigurationError for a history out of range.
 */
export function watchAgent(controller: NeuralController, options: WatchAgentOptions = {}): AgentWatch {
  return new AgentWatch(controller, options);
}

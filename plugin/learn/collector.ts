import type { AgentGroup, Environment } from "../core/environment.ts";
import { EnvironmentError } from "../core/errors.ts";
import { observationLabels } from "../core/observation-spec.ts";
import type { Policy } from "../core/policy.ts";
import { Random } from "../core/random.ts";
import type { Rollout } from "./rollout.ts";

/** Where a collector stands, in the middle of its episodes. */
export interface CollectorSnapshot {
  readonly environment: readonly number[];
  /** Of the episodes so far, [agents]. */
  readonly returns: readonly number[];
  readonly lengths: readonly number[];
}

/**
 * Lets a policy act in an environment and writes down what happened. Allocates nothing while it collects.
 */
export class Collector {
  readonly environment: Environment;
  readonly group: AgentGroup;
  readonly #policy: Pick<Policy, "decide" | "seed">;
  readonly #seed: number;
  readonly #returns: Float64Array;
  readonly #lengths: Int32Array;
  readonly #stepLog: Float32Array;
  readonly #stepValues: Float32Array;
  readonly #decideOptions: { logProbabilities: Float32Array; values: Float32Array };
  readonly #finalBatch: Pick<AgentGroup, "agents" | "observations" | "images" | "masks" | "actions">;
  readonly #finalOptions: { greedy: boolean; values: Float32Array };
  #isReset = false;

  /**
   * @param role - Which of the environment's groups acts.
   * @param seed - Fixes the environment's chance and, with each rollout's number, the drawn actions.
   */
  constructor(environment: Environment, role: string, policy: Pick<Policy, "decide" | "seed">, seed: number) {
    const group = environment.groups[role];
    this.environment = environment;
    this.group = group;
    this.#policy = policy;
    this.#seed = seed;
    this.#returns = new Float64Array(group.agents);
    this.#lengths = new Int32Array(group.agents);
    this.#stepLog = new Float32Array(group.agents);
    this.#stepValues = new Float32Array(group.agents);
    this.#decideOptions = { logProbabilities: this.#stepLog, values: this.#stepValues };
    this.#finalBatch = {
      agents: group.agents,
      observations: group.finalObservations,
      images: group.finalImages,
      masks: new Uint8Array(group.masks.length).fill(1),
      actions: {
        continuous: new Float32Array(group.actions.continuous.length),
        discrete: new Int32Array(group.actions.discrete.length),
      },
    };
    this.#finalOptions = { greedy: true, values: new Float32Array(group.agents) };
  }

  /** What a resumed run needs to go on in the middle of these episodes; null where the environment cannot tell. */
  snapshot(): CollectorSnapshot | null {
    const environment = this.environment.saveState?.();
    if (!environment || !this.#isReset) return null;
    return { environment, returns: Array.from(this.#returns), lengths: Array.from(this.#lengths) };
  }

  /**
   * Goes on in the middle of the episodes of a snapshot; with null, or where the environment cannot do that, starts them anew.
   *
   * @throws EnvironmentError for a snapshot of another number of agents.
   */
  restore(snapshot: CollectorSnapshot | null): void {
    this.#isReset = false;
    if (!snapshot || !this.environment.restoreState) return;
    const { agents } = this.group;
    if (snapshot.returns.length !== agents || snapshot.lengths.length !== agents) {
      throw new EnvironmentError(
        `Environment "${this.environment.name}": needed a state of ${agents} agents, came one of ${snapshot.returns.length}. Resume with as many agents as were saved.`,
      );
    }
    this.environment.restoreState(snapshot.environment);
    this.#returns.set(snapshot.returns);
    this.#lengths.set(snapshot.lengths);
    this.#isReset = true;
  }

  /**
   * Fills a rollout.
   *
   * @param rollout - Made with the group's `termNames`, or with none.
   * @param number - Which rollout of the run this is; the same number draws the same actions.
   * @throws EnvironmentError when an observation or a reward is not a finite number.
   */
  collect(rollout: Rollout, number: number): void {
    const { group } = this;
    const { agents } = group;
    const random = new Random(this.#seed, number + 2);
    this.#policy.seed(random.uint32());
    if (!this.#isReset) {
      this.#reset(random.uint32());
      this.#returns.fill(0);
      this.#lengths.fill(0);
      this.#isReset = true;
    }
    rollout.episodes.count[0] = 0;
    for (let step = 0; step < rollout.steps; step++) {
      const row = step * agents;
      this.#assertFinite(group.observations, group.active);
      this.#policy.decide(group, this.#decideOptions);
      rollout.observations.set(group.observations, row * (group.observations.length / agents));
      rollout.images.set(group.images, row * (group.images.length / agents));
      rollout.continuous.set(group.actions.continuous, row * group.role.action.continuous.length);
      rollout.discrete.set(group.actions.discrete, row * group.role.action.discrete.length);
      rollout.masks.set(group.masks, row * (group.masks.length / agents));
      rollout.active.set(group.active, row);
      rollout.logProbabilities.set(this.#stepLog, row);
      rollout.values.set(this.#stepValues, row);
      this.#step();
      rollout.rewards.set(group.rewards, row);
      rollout.terminated.set(group.terminated, row);
      rollout.truncated.set(group.truncated, row);
      this.#score(rollout, row);
    }
    this.#assertFinite(group.observations, group.active);
    this.#policy.decide(group, this.#decideOptions);
    rollout.lastValues.set(this.#stepValues);
  }

  #reset(seed: number): void {
    try {
      this.environment.reset(seed);
    } catch (cause) {
      throw this.#explain("a reset", cause);
    }
  }

  #step(): void {
    try {
      this.environment.step();
    } catch (cause) {
      throw this.#explain("a step", cause);
    }
  }

  #explain(needed: string, cause: unknown): EnvironmentError {
    if (cause instanceof EnvironmentError) return cause;
    return new EnvironmentError(
      `Environment "${this.environment.name}": needed ${needed}, came the error "${cause instanceof Error ? cause.message : String(cause)}". Mend the environment.`,
      { cause },
    );
  }

  /** Adds up returns, logs ended episodes, and asks the critic about those that were cut off. */
  #score(rollout: Rollout, row: number): void {
    const { group } = this;
    const log = rollout.episodes;
    let anyTruncated = false;
    for (let agent = 0; agent < group.agents; agent++) {
      if (rollout.active[row + agent] === 0) continue;
      const reward = group.rewards[agent];
      if (!Number.isFinite(reward)) {
        throw new EnvironmentError(
          `Environment "${this.environment.name}": the reward of agent ${agent} needs a finite number, came ${reward}. Mend the lesson's rewards.`,
          { symptom: { rule: "not-a-number", kind: "reward" } },
        );
      }
      this.#returns[agent] += reward;
      this.#lengths[agent] += 1;
      if (group.truncated[agent] === 1) anyTruncated = true;
      if (group.terminated[agent] === 0 && group.truncated[agent] === 0) continue;
      const at = log.count[0]++;
      log.returns[at] = this.#returns[agent]!;
      log.lengths[at] = this.#lengths[agent]!;
      log.succeeded[at] = group.succeeded[agent]!;
      const terms = log.termNames.length;
      for (let term = 0; term < terms; term++) log.termSums[at * terms + term] = group.termSums![agent * terms + term]!;
      this.#returns[agent] = 0;
      this.#lengths[agent] = 0;
    }
    if (!anyTruncated) return;
    this.#assertFinite(group.finalObservations, group.truncated);
    this.#policy.decide(this.#finalBatch, this.#finalOptions);
    rollout.finalValues.set(this.#finalOptions.values, row);
  }

  /** @param counts - 1 for each agent whose row matters, [agents]. */
  #assertFinite(observations: Float32Array, counts: Uint8Array): void {
    let sum = 0;
    for (let i = 0; i < observations.length; i++) sum += observations[i] * 0;
    if (sum === 0) return;
    const labels = observationLabels(this.group.role.observation);
    const at = observations.findIndex(
      (value, i) => !Number.isFinite(value) && counts[Math.floor(i / labels.length)] === 1,
    );
    if (at < 0) return;
    throw new EnvironmentError(
      `Environment "${this.environment.name}": the observation "${labels[at % labels.length]}" of agent ${Math.floor(at / labels.length)} needs a finite number, came ${observations[at]}. Mend that sensor.`,
      { symptom: { rule: "not-a-number", kind: "observation", about: labels[at % labels.length] } },
    );
  }
}

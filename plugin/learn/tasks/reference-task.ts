import { createAgentGroup, type ActionBatch, type AgentGroup, type Environment } from "../../core/environment.ts";
import { EnvironmentError } from "../../core/errors.ts";
import { imageSize, observationSize, vectorObservation, type ObservationSpec } from "../../core/observation-spec.ts";
import { Random } from "../../core/random.ts";
import type { RoleSpec } from "../../core/role-spec.ts";

/** What one step brought; one object is used again and again. */
export interface Outcome {
  reward: number;
  terminated: boolean;
  succeeded: boolean;
}

/** The equations of a small task. They see one agent's state at a time, from `state[at]` on, and must not allocate. */
export interface TaskRules {
  readonly name: string;
  readonly role: RoleSpec;
  /** How many numbers one agent's state has. */
  readonly stateSize: number;
  /** An episode of this many steps is truncated. */
  readonly stepLimit: number;
  /** Whether an episode that lasts to the limit is a success. Default false. */
  readonly lastingIsSuccess?: boolean;
  /** Puts an agent where an episode begins. */
  start(state: Float64Array, at: number, random: Random): void;
  /** Moves an agent on by one step with row `row` of the actions. */
  move(state: Float64Array, at: number, actions: ActionBatch, row: number, outcome: Outcome): void;
  /** Writes what an agent in this state sees, from `out[outAt]` on. */
  observe(state: Float64Array, at: number, out: Float32Array, outAt: number): void;
  /** Writes the pictures that an agent in this state sees, from `images[imagesAt]` on; only for roles with pictures. */
  paint?(state: Float64Array, at: number, images: Uint8Array, imagesAt: number): void;
}

/** A small task without a scene, for comparing learners with published results. Its only role is `"agent"`. */
export interface ReferenceTask extends Environment {
  readonly groups: { readonly agent: AgentGroup };
  /** A copy of one agent's state, in the units of the task's equations. */
  readState(agent: number): number[];
  /** Puts one agent into a state, in the middle of its episode. */
  writeState(agent: number, state: readonly number[]): void;
  saveState(): number[];
  restoreState(state: readonly number[]): void;
}

/** What every task can be made with. */
export interface TaskOptions {
  /** How many copies are stepped together. Default 1. */
  readonly agents?: number;
  /** Whether a running normaliser scales all observations. The default is the published setting; see each task. */
  readonly normalise?: boolean;
}

/** The labels of a task, all scaled by a normaliser or none. */
export function taskObservation(labels: readonly string[], normalise: boolean): ObservationSpec {
  return vectorObservation(labels, normalise ? labels : []);
}

/**
 * Makes an environment of a task's equations: many agents at once, a new episode after each end, a step limit. Steps
 * allocate nothing. States are kept in float64, as in Gymnasium; rewards and observations are float32.
 *
 * @throws ConfigurationError for a number of agents below 1.
 */
export function referenceTask(rules: TaskRules, agents = 1): ReferenceTask {
  const { name, stateSize, stepLimit, lastingIsSuccess = false } = rules;
  const group = createAgentGroup(rules.role, agents, `Environment "${name}"`);
  const { observations, finalObservations, images, finalImages, rewards, terminated, truncated, succeeded } = group;
  const width = observationSize(group.role.observation);
  const pixels = imageSize(group.role.observation);
  const states = new Float64Array(agents * stateSize);
  const steps = new Int32Array(agents);
  const outcome: Outcome = { reward: 0, terminated: false, succeeded: false };
  let random = new Random(0);

  const paint = (agent: number, pictures: Uint8Array): void => {
    rules.paint?.(states, agent * stateSize, pictures, agent * pixels);
  };

  const observeAll = (): void => {
    for (let agent = 0; agent < agents; agent++) {
      rules.observe(states, agent * stateSize, observations, agent * width);
      if (pixels > 0) paint(agent, images);
    }
    rewards.fill(0);
    terminated.fill(0);
    truncated.fill(0);
    succeeded.fill(0);
  };

  const task: ReferenceTask = {
    name,
    groups: { agent: group },

    reset(seed) {
      random = new Random(seed);
      steps.fill(0);
      finalObservations.fill(0);
      finalImages.fill(0);
      for (let agent = 0; agent < agents; agent++) rules.start(states, agent * stateSize, random);
      observeAll();
    },

    step() {
      for (let agent = 0; agent < agents; agent++) {
        const at = agent * stateSize;
        outcome.reward = 0;
        outcome.terminated = false;
        outcome.succeeded = false;
        rules.move(states, at, group.actions, agent, outcome);
        steps[agent] += 1;
        const cutOff = !outcome.terminated && steps[agent] >= stepLimit;
        rewards[agent] = outcome.reward;
        terminated[agent] = outcome.terminated ? 1 : 0;
        truncated[agent] = cutOff ? 1 : 0;
        succeeded[agent] = outcome.succeeded || (cutOff && lastingIsSuccess) ? 1 : 0;
        if (outcome.terminated || cutOff) {
          rules.observe(states, at, finalObservations, agent * width);
          if (pixels > 0) paint(agent, finalImages);
          rules.start(states, at, random);
          steps[agent] = 0;
        }
        rules.observe(states, at, observations, agent * width);
        if (pixels > 0) paint(agent, images);
      }
    },

    dispose() {},

    readState: (agent) => Array.from(states.subarray(agent * stateSize, (agent + 1) * stateSize)),

    writeState(agent, state) {
      states.set(state, agent * stateSize);
      rules.observe(states, agent * stateSize, observations, agent * width);
      if (pixels > 0) paint(agent, images);
    },

    saveState: () => [random.seed, ...states, ...steps, ...random.state()],

    restoreState(state) {
      const needed = 1 + states.length + steps.length;
      if (state.length < needed + 3 || state.length > needed + 4) {
        throw new EnvironmentError(
          `Environment "${name}": needed a state of ${agents} agents, came ${state.length} numbers. Resume with as many agents as were saved.`,
        );
      }
      random = new Random(state[0]);
      states.set(state.slice(1, 1 + states.length));
      steps.set(state.slice(1 + states.length, needed));
      random.restore(state.slice(needed));
      observeAll();
    },
  };
  task.reset(0);
  return task;
}

/** Clips to [low, high]. */
export function clip(value: number, low: number, high: number): number {
  return value < low ? low : value > high ? high : value;
}

import { describe, expect, test } from "vitest";
import { ConfigurationError, EnvironmentError } from "../../../plugin/core/errors.ts";
import { observationLabels, unboundedFlags } from "../../../plugin/core/observation-spec.ts";
import { Random } from "../../../plugin/core/random.ts";
import { acrobot } from "../../../plugin/learn/tasks/acrobot.ts";
import { cartPole } from "../../../plugin/learn/tasks/cartpole.ts";
import { mountainCarContinuous } from "../../../plugin/learn/tasks/mountain-car-continuous.ts";
import { pendulum } from "../../../plugin/learn/tasks/pendulum.ts";
import type { ReferenceTask, TaskOptions } from "../../../plugin/learn/tasks/reference-task.ts";
import { walk } from "../../../plugin/learn/tasks/walk.ts";

const TASKS: [string, (options?: TaskOptions) => ReferenceTask][] = [
  ["cartpole", cartPole],
  ["acrobot", acrobot],
  ["pendulum", pendulum],
  ["mountain-car-continuous", mountainCarContinuous],
  ["walk", (options) => walk({ ...options, actions: "both" })],
];

/** Steps with random actions and returns everything that was seen and given. */
function run(task: ReferenceTask, random: Random, steps: number): number[] {
  const { actions, observations, rewards, terminated, truncated, role } = task.groups.agent;
  const log: number[] = [];
  for (let step = 0; step < steps; step++) {
    actions.continuous.forEach((_, i) => (actions.continuous[i] = random.between(-1.5, 1.5)));
    actions.discrete.forEach((_, i) => {
      actions.discrete[i] = random.integer(role.action.discrete[i % role.action.discrete.length].choices.length);
    });
    task.step();
    log.push(...observations, ...rewards, ...terminated, ...truncated);
  }
  return log;
}

describe.each(TASKS)("%s", (name, make) => {
  test("is called so", () => {
    expect(make().name).toBe(name);
  });

  test("gives the same episodes for the same seed, and others for another", () => {
    const task = make({ agents: 3 });
    const logs = [7, 7, 8].map((seed) => {
      task.reset(seed);
      return run(task, new Random(1), 300);
    });
    expect(logs[1]).toEqual(logs[0]);
    expect(logs[2]).not.toEqual(logs[0]);
  });

  test("goes on from a saved state as if nothing had happened, through JSON and in another copy", () => {
    const task = make({ agents: 3 });
    task.reset(7);
    run(task, new Random(1), 37);
    const saved = JSON.parse(JSON.stringify(task.saveState())) as number[];
    const expected = run(task, new Random(2), 1100);
    const resumed = make({ agents: 3 });
    resumed.restoreState(saved);
    expect(run(resumed, new Random(2), 1100)).toEqual(expected);
  });

  test("keeps its arrays", () => {
    const task = make({ agents: 2 });
    const before = { ...task.groups.agent };
    task.reset(1);
    run(task, new Random(1), 10);
    expect(Object.entries(before).every(([key, array]) => array === task.groups.agent[key as "rewards"])).toBe(true);
  });

  test("has all its observations scaled with a normaliser and none without", () => {
    const flags = (normalise: boolean): number[] => [
      ...unboundedFlags(make({ normalise }).groups.agent.role.observation),
    ];
    const { length } = observationLabels(make().groups.agent.role.observation);
    expect(flags(true)).toEqual(new Array(length).fill(1));
    expect(flags(false)).toEqual(new Array(length).fill(0));
  });

  test("starts each agent's episodes apart from the others'", () => {
    const task = make({ agents: 32 });
    task.reset(1);
    expect(new Set(Array.from({ length: 32 }, (_, agent) => task.readState(agent).join())).size).toBeGreaterThan(1);
  });

  test("may be disposed twice", () => {
    const task = make();
    task.dispose();
    expect(() => task.dispose()).not.toThrow();
  });
});

test("only Acrobot is scaled by default", () => {
  const scaled = TASKS.filter(([, make]) => unboundedFlags(make().groups.agent.role.observation).includes(1));
  expect(scaled.map(([name]) => name)).toEqual(["acrobot"]);
});

test("no agents are refused", () => {
  expect(() => cartPole({ agents: 0 })).toThrow(
    new ConfigurationError('Environment "cartpole": needed at least 1 agent, came 0. Give a whole number above 0.'),
  );
});

test("a state of another number of agents is refused", () => {
  // Seed, 2 · 4 numbers of state, 2 step counts, 3 of the generator.
  expect(() => cartPole({ agents: 3 }).restoreState(cartPole({ agents: 2 }).saveState())).toThrow(
    new EnvironmentError(
      'Environment "cartpole": needed a state of 3 agents, came 14 numbers. Resume with as many agents as were saved.',
    ),
  );
});

import { expect } from "vitest";
import type { ReferenceTask } from "../../../plugin/learn/tasks/reference-task.ts";

/** What a task's only agent looks like after a step; the last state of an ended episode is not kept by the task. */
export interface Step {
  readonly state: number[];
  readonly reward: number;
  readonly terminated: boolean;
  readonly truncated: boolean;
}

/** Takes one agent from a state through a list of actions, and writes down every step. */
export function play(task: ReferenceTask, state: readonly number[], actions: readonly number[]): Step[] {
  const group = task.groups.agent;
  task.reset(0);
  task.writeState(0, state);
  return actions.map((action) => {
    act(task, action);
    task.step();
    return {
      state: task.readState(0),
      reward: group.rewards[0],
      terminated: group.terminated[0] === 1,
      truncated: group.truncated[0] === 1,
    };
  });
}

/** Gives every agent the same action, whatever its kind. */
export function act(task: ReferenceTask, action: number): void {
  task.groups.agent.actions.continuous.fill(action);
  task.groups.agent.actions.discrete.fill(action);
}

/** Compares numbers one by one, up to a difference relative to 1 or to the expected size, whichever is larger. */
export function expectClose(actual: Iterable<number>, expected: readonly number[], tolerance: number): void {
  const values = [...actual];
  expect(values.length).toBe(expected.length);
  values.forEach((value, i) => {
    const distance = Math.abs(value - expected[i]) / Math.max(1, Math.abs(expected[i]));
    expect(distance, `${value} is not ${expected[i]}`).toBeLessThan(tolerance);
  });
}

/** `[[2, "a"], [1, "b"]]` becomes `["a", "a", "b"]`: for sequences of actions. */
export function repeated<T>(runs: readonly (readonly [number, T])[]): T[] {
  return runs.flatMap(([count, value]) => new Array<T>(count).fill(value));
}

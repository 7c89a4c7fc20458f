import { expect, test } from "vitest";
import { cartPole } from "../../../plugin/learn/tasks/cartpole.ts";
import { expectClose, play } from "./play.ts";

/** Left and right in turn for 7 steps, then twice right and once left for 7, and so on. */
const ACTIONS = Array.from({ length: 69 }, (_, i) => (Math.floor(i / 7) % 2 ? (i % 3 !== 0 ? 1 : 0) : i % 2));

// Expected: the equations of Gymnasium 1.0.0's cartpole.py in Python 3 with numpy 2.4 (float64), same start, same actions.
test.each([
  [1, [0.0096, -0.21553901710278936, 0.0308, 0.34199522377603914]],
  [10, [-0.006215444403025856, -0.026842599838772047, 0.06679971571829096, 0.1913306012672112]],
  [25, [0.05806966150915656, 0.15636768533504655, 0.052708863097129216, 0.1612122682276051]],
])("after %d steps the state is that of Gymnasium", (steps, state) => {
  expectClose(play(cartPole(), [0.01, -0.02, 0.03, 0.04], ACTIONS)[steps - 1].state, state, 1e-12);
});

test("the pole falls in the step in which Gymnasium's falls, which is still worth 1", () => {
  const task = cartPole();
  const steps = play(task, [0.01, -0.02, 0.03, 0.04], ACTIONS);
  expect(steps.findIndex((step) => step.terminated)).toBe(68);
  expect(steps[68]).toMatchObject({ reward: 1, truncated: false });
  expectClose(
    task.groups.agent.finalObservations,
    [0.6286841060452456, 1.3214166561335088, -0.21245715887503122, -1.4991613311216057],
    1e-6,
  );
});

test("leaving the track ends the episode", () => {
  // One step of 0.02 s at 3 m/s: 2.35 + 0.06 = 2.41, beyond 2.4.
  expect(play(cartPole(), [2.35, 3, 0, 0], [1])[0].terminated).toBe(true);
  expect(play(cartPole(), [2.35, 2, 0, 0], [1])[0].terminated).toBe(false);
  expect(play(cartPole(), [-2.35, -3, 0, 0], [1])[0].terminated).toBe(true);
});

test("a pole that stands for 500 steps is truncated and a success", () => {
  const task = cartPole();
  const group = task.groups.agent;
  task.reset(1);
  for (let step = 1; step <= 500; step++) {
    // Push towards where the pole will be: enough to keep it up.
    const [, velocity, angle, angularVelocity] = task.readState(0);
    group.actions.discrete[0] = angle + 0.3 * angularVelocity + 0.03 * velocity > 0 ? 1 : 0;
    task.step();
    expect(group.terminated[0]).toBe(0);
    expect(group.truncated[0]).toBe(step === 500 ? 1 : 0);
  }
  expect(group.succeeded[0]).toBe(1);
});

test("every state starts within 0.05 of rest", () => {
  const task = cartPole({ agents: 200 });
  task.reset(3);
  const starts = Array.from({ length: 200 }, (_, agent) => task.readState(agent)).flat();
  expect(Math.max(...starts.map(Math.abs))).toBeLessThan(0.05);
  // 800 uniform numbers: mean within four standard errors, 4 · 0.05 / √3 / √800.
  expect(Math.abs(starts.reduce((sum, value) => sum + value, 0) / 800)).toBeLessThan(0.0041);
});

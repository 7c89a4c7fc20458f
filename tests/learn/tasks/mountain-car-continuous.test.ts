import { expect, test } from "vitest";
import { mountainCarContinuous } from "../../../plugin/learn/tasks/mountain-car-continuous.ts";
import { expectClose, play, repeated } from "./play.ts";

/** With the velocity at full power: up the right hill, back up the left one, and over. */
const ACTIONS = repeated([
  [43, 1],
  [29, -1],
  [34, 1],
]);

// Expected: the equations of Gymnasium 1.0.0's continuous_mountain_car.py in Python 3 with numpy 2.4 (float32 state and
// arithmetic, hence the tolerance), same start, same actions.
test.each([
  [1, [-0.4986768364906311, 0.0013231569901108742]],
  [40, [-0.08542899042367935, 0.00247581722214818]],
  [80, [-1.0631080865859985, 0.030749183148145676]],
])("after %d steps the state is that of Gymnasium", (steps, state) => {
  const step = play(mountainCarContinuous(), [-0.5, 0], ACTIONS)[steps - 1];
  expectClose(step.state, state, 2e-6);
  expect(step.reward).toBeCloseTo(-0.1, 7);
});

test("the goal is reached in the same step as Gymnasium's, which is worth 100 less its cost", () => {
  const task = mountainCarContinuous();
  const steps = play(task, [-0.5, 0], ACTIONS);
  expect(steps.findIndex((step) => step.terminated)).toBe(105);
  expect(steps[105].reward).toBeCloseTo(99.9, 5);
  expect(task.groups.agent.succeeded[0]).toBe(1);
  expectClose(task.groups.agent.finalObservations, [0.5020867586135864, 0.0640476867556572], 2e-6);
});

test("the left wall stops the car", () => {
  // Expected: the same script.
  const steps = play(mountainCarContinuous(), [-1.1, -0.04], [-1, -1, -1, -1]);
  expectClose(steps[1].state, [-1.177156925201416, -0.03812557831406593], 1e-6);
  expectClose(steps[2].state, [-1.2, 0], 1e-6);
  expect(steps[2].state[1]).toBe(0);
  expectClose(steps[3].state, [-1.1992582082748413, 0.000741895753890276], 1e-6);
});

test("a push costs a tenth of its square, clipped", () => {
  expect(play(mountainCarContinuous(), [-0.5, 0], [0.5])[0].reward).toBeCloseTo(-0.025, 7);
  expect(play(mountainCarContinuous(), [-0.5, 0], [-7])[0].reward).toBeCloseTo(-0.1, 7);
});

test("a car that stays in the valley is truncated after 999 steps", () => {
  const steps = play(mountainCarContinuous(), [-0.5, 0], repeated([[999, 0]]));
  expect(steps.findIndex((step) => step.truncated)).toBe(998);
});

import { expect, test } from "vitest";
import { acrobot } from "../../../plugin/learn/tasks/acrobot.ts";
import { expectClose, play, repeated } from "./play.ts";

/** Gymnasium rounds the start to float32. */
const START = [0.05, -0.1, 0.02, 0.08].map(Math.fround);
const [BACK, FORTH] = [0, 2];
/** Against the first link's velocity: pumps the chain up until the tip is above the bar. */
const ACTIONS = repeated([
  [5, BACK],
  [6, FORTH],
  [6, BACK],
  [6, FORTH],
  [6, BACK],
  [7, FORTH],
  [7, BACK],
  [7, FORTH],
  [7, BACK],
  [7, FORTH],
  [9, BACK],
  [21, FORTH],
]);

// Expected: the equations of Gymnasium 1.0.0's acrobot.py in Python 3 with numpy 2.4 (float64), same start, same actions.
test.each([
  [1, [0.05927291525161314, -0.10378814088957256, 0.07064252117871556, -0.11560660203686271]],
  [10, [-0.3038169423992556, 0.6348541500003612, -0.13967050131641523, 0.8686333278125065]],
  [30, [0.8235652639731426, -1.4560892439968192, -1.4855465510653527, 1.195842105363871]],
])("after %d steps the state is that of Gymnasium", (steps, state) => {
  const played = play(acrobot(), START, ACTIONS);
  expectClose(played[steps - 1].state, state, 1e-10);
  expect(played[steps - 1].reward).toBe(-1);
});

test("the tip rises above the bar in the same step as Gymnasium's, which is worth 0 and a success", () => {
  const task = acrobot();
  const steps = play(task, START, ACTIONS);
  expect(steps.findIndex((step) => step.terminated)).toBe(93);
  expect(steps[93].reward).toBe(0);
  expect(task.groups.agent.succeeded[0]).toBe(1);
  const [inner, outer] = [-3.0550961551915603, -1.5148240963463018];
  expectClose(
    task.groups.agent.finalObservations,
    [Math.cos(inner), Math.sin(inner), Math.cos(outer), Math.sin(outer), -1.5488310296046965, 4.343896597872603],
    1e-6,
  );
});

test("angles are kept within half a turn and velocities within their limits", () => {
  const task = acrobot();
  const [step] = play(task, [3.1, -3.1, 20, -40], [1]);
  expect(Math.abs(step.state[0])).toBeLessThanOrEqual(Math.PI);
  expect(Math.abs(step.state[1])).toBeLessThanOrEqual(Math.PI);
  expect(Math.abs(step.state[2])).toBeLessThanOrEqual(4 * Math.PI);
  expect(Math.abs(step.state[3])).toBeLessThanOrEqual(9 * Math.PI);
});

test("a chain that nobody swings is truncated after 500 steps", () => {
  const steps = play(acrobot(), [0, 0, 0, 0], repeated([[500, 1]]));
  expect(steps.findIndex((step) => step.truncated)).toBe(499);
  expect(steps.some((step) => step.terminated)).toBe(false);
});

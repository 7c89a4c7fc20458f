import { expect, test } from "vitest";
import { pendulum } from "../../../plugin/learn/tasks/pendulum.ts";
import { act, expectClose, play, repeated } from "./play.ts";

/** Nine steps each of four torques, over and over. */
const ACTIONS = Array.from({ length: 100 }, (_, i) => [1, 0.5, -0.25, -1.5][Math.floor(i / 9) % 4]);

// Expected: the equations of Gymnasium 1.0.0's pendulum.py in Python 3 with numpy 2.4 (float64), same start, twice the
// actions as torques, clipped there to ±2.
test.each([
  [1, [3.0452920003022452, 0.9058400060449003], -9.029],
  [10, [3.906723747258028, 1.7579425035080276], -6.505839869149235],
  [50, [5.1091809281758245, 3.971112303924071], -3.9610207987410826],
  [100, [5.147030396226599, 0.4325238620535362], -1.5459437349045615],
])("after %d steps the state and the reward are those of Gymnasium", (steps, state, reward) => {
  const step = play(pendulum(), [3, 0.5], ACTIONS)[steps - 1];
  expectClose(step.state, state, 1e-10);
  expectClose([step.reward], [reward], 1e-6);
});

// Expected: the same script, torque 2 from angle 1 and 7 rad/s.
test.each([
  [1, [1.396555161930296, 7.931103238605923], -5.904],
  [2, [1.796555161930296, 8], -8.24460617864668],
  [40, [15.785039528700382, 8], -14.348894448863444],
])("after %d steps at full speed the state and the reward are those of Gymnasium", (steps, state, reward) => {
  const step = play(pendulum(), [1, 7], repeated([[40, 1]]))[steps - 1];
  expectClose(step.state, state, 1e-10);
  expectClose([step.reward], [reward], 1e-6);
});

test("an angle below minus half a turn costs what the same angle within costs", () => {
  const [below] = play(pendulum(), [-2 * Math.PI - 1, 0], [0]);
  const [within] = play(pendulum(), [-1, 0], [0]);
  expect(below.reward).toBeCloseTo(within.reward, 6);
});

test("an action beyond 1 is clipped, in its effect and in its cost", () => {
  const [beyond] = play(pendulum(), [1, 0], [30]);
  const [limit] = play(pendulum(), [1, 0], [1]);
  expect(beyond).toEqual(limit);
});

test("the observation is the angle's cosine and sine and the velocity", () => {
  const task = pendulum();
  task.writeState(0, [2, -3]);
  expect(task.groups.agent.observations).toEqual(Float32Array.of(Math.cos(2), Math.sin(2), -3));
});

test("every episode is truncated after 200 steps and none is terminated", () => {
  const task = pendulum({ agents: 3 });
  const { terminated, truncated } = task.groups.agent;
  act(task, 0.3);
  for (let step = 1; step <= 400; step++) {
    task.step();
    expect([...terminated]).toEqual([0, 0, 0]);
    expect([...truncated]).toEqual(step % 200 === 0 ? [1, 1, 1] : [0, 0, 0]);
  }
});

import { expect, test } from "vitest";
import { ConfigurationError } from "../../../plugin/core/errors.ts";
import { walk } from "../../../plugin/learn/tasks/walk.ts";
import { play, repeated } from "./play.ts";

const [LEFT, RIGHT] = [0, 1];

test("five steps to the right end are worth 1.02", () => {
  const task = walk();
  const steps = play(task, [1, 0], repeated([[5, RIGHT]]));
  // Four time penalties of 0.01, then 1.06.
  steps.slice(0, 4).forEach((step) => expect(step).toMatchObject({ reward: Math.fround(-0.01), terminated: false }));
  expect(steps[4]).toMatchObject({ reward: Math.fround(1.06), terminated: true });
  expect(task.groups.agent.succeeded[0]).toBe(1);
});

test("the wrong end costs 1.06 and is no success", () => {
  const task = walk();
  const steps = play(task, [1, 0], repeated([[5, LEFT]]));
  expect(steps[4]).toMatchObject({ reward: Math.fround(-1.06), terminated: true });
  expect(task.groups.agent.succeeded[0]).toBe(0);
});

test("the left end is the right one when the goal is there", () => {
  expect(play(walk(), [-1, 0], repeated([[5, LEFT]]))[4].reward).toBe(Math.fround(1.06));
});

test("the observation is the goal alone, and the last one of an episode is kept", () => {
  const task = walk();
  play(task, [-1, 0], repeated([[5, LEFT]]));
  expect(task.groups.agent.finalObservations).toEqual(Float32Array.of(-1));
  expect(task.groups.agent.observations).toEqual(Float32Array.of(task.readState(0)[0]));
});

test("a number moves by itself and at most by the step size", () => {
  const steps = play(walk({ actions: "continuous" }), [1, 0], [0.125, 7, -7, -7]);
  expect(steps.map((step) => step.state[1])).toEqual([0.125, 0.325, 0.125, 0.125 - 0.2]);
});

test("in two dimensions both positions have to arrive", () => {
  const task = walk({ actions: "continuous", dimensions: 2, stepSize: 0.8 });
  const { actions, rewards, terminated } = task.groups.agent;
  task.writeState(0, [1, 0, 0]);
  actions.continuous.set([1, 0]);
  task.step();
  task.step();
  expect(task.readState(0)).toEqual([1, 1, 0]);
  expect(terminated[0]).toBe(0);
  actions.continuous.set([0, -1]);
  task.step();
  task.step();
  // One at the right end, one at the wrong one: (1.06 − 1.06) / 2.
  expect(terminated[0]).toBe(1);
  expect(rewards[0]).toBeCloseTo(0, 6);
});

test("mixed actions move one position by a number and one by a choice", () => {
  const task = walk({ actions: "both", stepSize: 0.8 });
  const { actions, terminated, rewards } = task.groups.agent;
  task.writeState(0, [1, 0, 0]);
  actions.continuous[0] = 0.5;
  actions.discrete[0] = RIGHT;
  task.step();
  expect(task.readState(0)).toEqual([1, 0.5, 0.8]);
  task.step();
  expect(terminated[0]).toBe(1);
  expect(rewards[0]).toBe(Math.fround(1.06));
});

test("labels count the dimensions of each kind", () => {
  const { action } = walk({ actions: "both", dimensions: 2 }).groups.agent.role;
  expect(action.continuous).toEqual(["move 0", "move 1"]);
  expect(action.discrete.map((branch) => branch.label)).toEqual(["step 0", "step 1"]);
});

test("a walk that gets nowhere is truncated after 200 steps", () => {
  const steps = play(walk({ actions: "continuous" }), [1, 0], repeated([[200, 0]]));
  expect(steps.findIndex((step) => step.truncated)).toBe(199);
});

test("both goals are as likely", () => {
  const task = walk({ agents: 1000 });
  task.reset(1);
  const right = task.groups.agent.observations.filter((goal) => goal === 1).length;
  // Standard deviation √250 = 15.8; four of them are allowed.
  expect(Math.abs(right - 500)).toBeLessThan(64);
});

test.each([
  [{ dimensions: 0 }, "walk: needed at least 1 dimension, came 0. Give a whole number above 0."],
  [{ stepSize: 0 }, "walk: needed a step size above 0 and up to 1, came 0. Use e.g. 0.2."],
  [{ stepSize: NaN }, "walk: needed a step size above 0 and up to 1, came NaN. Use e.g. 0.2."],
])("%o is refused", (options, message) => {
  expect(() => walk(options)).toThrow(new ConfigurationError(message));
});

test("cameras show the goal alone: white for the right end, black for the left, the last sight of an episode kept", () => {
  const task = walk({ cameras: 2 });
  const { role, observations, images, finalImages } = task.groups.agent;
  expect(role.observation.parts).toEqual(
    [0, 1].map((i) => ({ kind: "image", label: `camera ${i}`, height: 20, width: 20, channels: 3 })),
  );
  expect([observations.length, images.length]).toEqual([0, 2400]);
  task.writeState(0, [-1, 0]);
  expect(images.every((byte) => byte === 0)).toBe(true);
  play(task, [1, 0], repeated([[5, RIGHT]]));
  expect(finalImages.every((byte) => byte === 255)).toBe(true);
  const next = task.readState(0)[0] > 0 ? 255 : 0;
  expect(images.every((byte) => byte === next)).toBe(true);
});

import { TransformNode } from "@babylonjs/core/Meshes/transformNode.js";
import { cameraSensor } from "../../../plugin/bridge/camera-sensor.ts";
import { continuousActions } from "../../../plugin/core/action-spec.ts";
import type { Environment } from "../../../plugin/core/environment.ts";
import { SMALL_ENCODER, type NetworkSpec } from "../../../plugin/core/network-spec.ts";
import { ppo, type PpoOptions } from "../../../plugin/learn/ppo.ts";
import { cartPole } from "../../../plugin/learn/tasks/cartpole.ts";
import { pendulum } from "../../../plugin/learn/tasks/pendulum.ts";
import { walk } from "../../../plugin/learn/tasks/walk.ts";
import { lessonEnvironment } from "../../../plugin/scene/lesson-environment.ts";
import type { Lesson } from "../../../plugin/scene/lesson.ts";
import { tinyLesson, walkX } from "../../fixtures/lessons/tiny-lesson.ts";
import { altered, withSensor } from "./altered-environment.ts";
import { REACH, reachTask } from "./reach-task.ts";

/** A healthy lesson with one mistake. */
export interface SickCase {
  /** What was done to it. */
  readonly mistake: string;
  /** The rule that must name it. */
  readonly rule: string;
  /** Found by trying it out before a run; all others are found while a run goes on. */
  readonly before?: true;
  readonly make: () => Environment | Promise<Environment>;
  readonly options?: PpoOptions;
}

/** Hyperparameters under which the healthy lesson learns. */
const CARTPOLE: PpoOptions = { stepsPerRollout: 32, epochs: 10, discount: 0.98, gaeLambda: 0.8, learningRate: 1e-3 };
const PENDULUM: PpoOptions = { stepsPerRollout: 256, minibatchSize: 64, discount: 0.9, learningRate: 1e-3 };
const REACHING: PpoOptions = { stepsPerRollout: 64, learningRate: 1e-3 };

const poles = (): Environment => cartPole({ agents: 8 });
const swings = (): Environment => pendulum({ agents: 4 });

const SMALL_EYE: NetworkSpec = { hidden: [8], activation: "tanh", sharedTrunk: true, convolutions: SMALL_ENCODER };

/** Agents that see by a camera of their own. */
const cameraLesson: Lesson = {
  ...tinyLesson(),
  build(arena) {
    const node = new TransformNode("walker", arena.scene);
    arena.addAgent("walker", node, { sensors: [cameraSensor({ exact: true })], actuators: [walkX()] });
    return { node };
  },
};

export const SICK_CASES: readonly SickCase[] = [
  {
    mistake: "reach with a bumper that touches nothing",
    rule: "dead-sensor",
    make: () => withSensor(reachTask(), "bumper", () => 0),
    options: REACHING,
  },
  {
    mistake: "Pendulum with a battery gauge that is stuck",
    rule: "constant-sensor",
    make: () => withSensor(swings(), "battery", () => 0.5),
    options: PENDULUM,
  },
  {
    mistake: "reach whose ball is told in centimetres",
    rule: "sensor-out-of-range",
    make: () => withSensor(reachTask(), "ball right, cm", (values, at) => 1000 * values[at]),
    options: REACHING,
  },
  {
    mistake: "CartPole whose pole is sensed twice",
    rule: "identical-sensors",
    make: () => withSensor(poles(), "tilt", (values, at) => values[at + 2]),
    options: CARTPOLE,
  },
  {
    mistake: "reach that pays nothing but a ball that is never found",
    rule: "no-reward",
    make: () => altered(reachTask(), { step: ({ rewards }) => rewards.fill(0) }),
    options: REACHING,
  },
  {
    mistake: "CartPole that charges for each decision",
    rule: "one-sided-reward",
    make: () => altered(poles(), { step: ({ rewards }) => rewards.fill(-1) }),
    options: CARTPOLE,
  },
  {
    mistake: "reach that pays for being near the ball",
    rule: "one-sided-reward",
    make: () =>
      altered(reachTask(), {
        step: ({ rewards, observations }) =>
          rewards.forEach((_, i) => (rewards[i] = 1 - Math.hypot(observations[2 * i], observations[2 * i + 1]) / 2)),
      }),
    options: REACHING,
  },
  {
    mistake: "Pendulum paid a thousand times as much",
    rule: "reward-scale",
    make: () => altered(swings(), { step: ({ rewards }) => rewards.forEach((r, i) => (rewards[i] = 1000 * r)) }),
    options: PENDULUM,
  },
  {
    mistake: "reach paid ten thousand times less",
    rule: "reward-scale",
    make: () => altered(reachTask(), { step: ({ rewards }) => rewards.forEach((r, i) => (rewards[i] = 1e-4 * r)) }),
    options: REACHING,
  },
  {
    mistake: "Pendulum without a time limit",
    rule: "endless-episodes",
    make: () => altered(swings(), { step: ({ truncated }) => truncated.fill(0) }),
    options: PENDULUM,
  },
  {
    mistake: "reach whose boxes start beside their ball",
    rule: "instant-episodes",
    make: () =>
      reachTask(16, {
        start(state, at, random) {
          REACH.start(state, at, random);
          for (let i = 0; i < 2; i++) state[at + i] = state[at + 2 + i] + random.between(-0.2, 0.2);
        },
      }),
    options: REACHING,
  },
  {
    mistake: "Pendulum whose time limit counts as death",
    rule: "limit-as-failure",
    make: () =>
      altered(swings(), {
        step({ terminated, truncated }) {
          terminated.set(truncated);
          truncated.fill(0);
        },
      }),
    options: PENDULUM,
  },
  {
    mistake: "CartPole whose time limit counts as death",
    rule: "limit-as-failure",
    make: () =>
      altered(poles(), {
        step({ terminated, truncated }) {
          truncated.forEach((cut, i) => (terminated[i] |= cut));
          truncated.fill(0);
        },
      }),
    options: CARTPOLE,
  },
  {
    mistake: "reach that always starts alike",
    rule: "fixed-reset",
    make: () => reachTask(16, { start: (state, at) => state.set([-3, -3, 2, 1], at) }),
    options: REACHING,
  },
  {
    mistake: "Pendulum that moves at every sixth decision only",
    rule: "decision-rate",
    make: () => altered(swings(), { moves: (decision) => decision % 6 === 0 }),
    options: PENDULUM,
  },
  {
    mistake: "reach told to decide 120 times a second",
    rule: "decision-rate",
    make: () => ({
      ...reachTask(),
      timing: { stepsPerSecond: 120, decisionsPerSecond: 120, timeLimitSeconds: 0.5 },
    }),
    options: REACHING,
  },
  {
    mistake: "reach with a sensor that divides by 0 in some places",
    rule: "not-a-number",
    make: () =>
      withSensor(reachTask(), "slope", (values, at) => (Math.abs(values[at]) < 0.001 ? 0 / 0 : values[at] / 2)),
    options: REACHING,
  },
  {
    mistake: "a walk whose camera shows black",
    rule: "camera-without-renderer",
    make: () => altered(walk({ agents: 8, cameras: 1 }), { always: ({ images }) => images.fill(0) }),
    options: { stepsPerRollout: 16, network: SMALL_EYE, decisions: 2_000, epochs: 1 },
  },
  {
    mistake: "a lesson with a camera, where nothing draws",
    rule: "camera-without-renderer",
    make: () => lessonEnvironment(cameraLesson),
  },
  {
    mistake: "reach with indecision rewarded a thousand times too much",
    rule: "saturated-actions",
    make: () => reachTask(),
    options: { ...REACHING, learningRate: 3e-3, entropyCoefficient: 10, decisions: 80_000 },
  },
  {
    mistake: "CartPole learning a hundred times too fast",
    rule: "entropy-collapse",
    make: poles,
    options: { ...CARTPOLE, learningRate: 0.1, entropyCoefficient: 0 },
  },
  {
    mistake: "reach that charges for a damage that is never set back",
    rule: "exploding-value-loss",
    make: () => {
      let damage = 0;
      return altered(reachTask(), {
        step({ rewards }) {
          damage += 0.001;
          for (let i = 0; i < rewards.length; i++) rewards[i] -= damage;
        },
      });
    },
    options: REACHING,
  },
  {
    mistake: "reach learning a hundred times too fast",
    rule: "learning-rate-too-high",
    make: () => reachTask(),
    options: { ...REACHING, learningRate: 0.1 },
  },
  {
    mistake: "Pendulum learning a thousand times too fast",
    rule: "not-a-number",
    make: swings,
    options: { ...PENDULUM, learningRate: 1 },
  },
  {
    mistake: "reach with a horn that nobody hears",
    rule: "idle-action",
    before: true,
    make: () =>
      reachTask(4, {
        role: { ...REACH.role, action: continuousActions("slide right", "slide ahead", "horn") },
        move: (state, at, { continuous, discrete }, row, outcome) => {
          REACH.move(state, at, { continuous: continuous.subarray(3 * row, 3 * row + 2), discrete }, 0, outcome);
        },
      }),
  },
  {
    mistake: "reach whose starts come from Math.random",
    rule: "unseeded-reset",
    before: true,
    make: () =>
      reachTask(4, {
        start: (state, at) => {
          for (let i = 0; i < 4; i++) state[at + i] = 8 * Math.random() - 4;
        },
      }),
  },
];

/** How a sick case is taught. */
export function settingsOf({ options = {} }: SickCase): ReturnType<typeof ppo> {
  return ppo({ seed: 1, decisions: 40_000, ...options });
}

import { continuousActions } from "../../core/action-spec.ts";
import { clip, referenceTask, taskObservation, type ReferenceTask, type TaskOptions } from "./reference-task.ts";

const POWER = 0.0015;
const SLOPE = 0.0025;
const POSITION_LOW = -1.2;
const POSITION_HIGH = 0.6;
const SPEED_LIMIT = 0.07;
const GOAL = 0.45;

/**
 * A car in a valley whose motor is too weak for the hill, so that it has to swing: MountainCarContinuous-v0.
 *
 * | observation | meaning | range |
 * |---|---|---|
 * | `position` | along the valley; the bottom is at −π/6 | −1.2 to 0.6 |
 * | `velocity` | a step | ±0.07 |
 *
 * The action `push` is clipped to [-1, 1]. A step costs 0.1 · push²; reaching 0.45 is worth 100, terminates and is a success;
 * step 999 truncates. Starts at rest between −0.6 and −0.4. Default without a normaliser, as in rl-zoo3's tuned setting for
 * SAC; its setting for PPO has one.
 *
 * Equations and their order as in
 * https://github.com/Farama-Foundation/Gymnasium/blob/v1.0.0/gymnasium/envs/classic_control/continuous_mountain_car.py, which
 * keeps its state in float32; the cost there is that of the push before clipping.
 */
export function mountainCarContinuous({ agents = 1, normalise = false }: TaskOptions = {}): ReferenceTask {
  return referenceTask(
    {
      name: "mountain-car-continuous",
      role: { observation: taskObservation(["position", "velocity"], normalise), action: continuousActions("push") },
      stateSize: 2,
      stepLimit: 999,

      start(state, at, random) {
        state[at] = random.between(-0.6, -0.4);
        state[at + 1] = 0;
      },

      move(state, at, actions, row, outcome) {
        const push = clip(actions.continuous[row], -1, 1);
        const faster = state[at + 1] + push * POWER - SLOPE * Math.cos(3 * state[at]);
        let velocity = clip(faster, -SPEED_LIMIT, SPEED_LIMIT);
        const position = clip(state[at] + velocity, POSITION_LOW, POSITION_HIGH);
        if (position === POSITION_LOW && velocity < 0) velocity = 0;
        outcome.terminated = position >= GOAL && velocity >= 0;
        outcome.succeeded = outcome.terminated;
        outcome.reward = (outcome.terminated ? 100 : 0) - 0.1 * push ** 2;
        state[at] = Math.fround(position);
        state[at + 1] = Math.fround(velocity);
      },

      observe(state, at, out, outAt) {
        out[outAt] = state[at];
        out[outAt + 1] = state[at + 1];
      },
    },
    agents,
  );
}

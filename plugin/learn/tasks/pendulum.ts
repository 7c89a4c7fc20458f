import { continuousActions } from "../../core/action-spec.ts";
import { clip, referenceTask, taskObservation, type ReferenceTask, type TaskOptions } from "./reference-task.ts";

const SECONDS = 0.05;
const GRAVITY = 10;
const TORQUE_LIMIT = 2;
const SPEED_LIMIT = 8;
const TURN = 2 * Math.PI;

/**
 * A pendulum with a weak motor at its joint that has to be swung up and held: Pendulum-v1.
 *
 * | observation | meaning | range |
 * |---|---|---|
 * | `cosine`, `sine` | of the angle, 0 when upright | ±1 |
 * | `angular velocity` | rad/s | ±8 |
 *
 * The action `torque` is clipped to [-1, 1] and stands for ±2 N m. A step costs angle² + 0.1 · velocity² + 0.001 · torque², with the
 * angle in [-π, π] and both as they were before the step. Starts at any angle with at most 1 rad/s; never terminates, step
 * 200 truncates. Default without a normaliser, as in rl-zoo3's tuned setting.
 *
 * Equations and their order as in
 * https://github.com/Farama-Foundation/Gymnasium/blob/v1.0.0/gymnasium/envs/classic_control/pendulum.py, with mass and length 1.
 */
export function pendulum({ agents = 1, normalise = false }: TaskOptions = {}): ReferenceTask {
  const labels = ["cosine", "sine", "angular velocity"];
  return referenceTask(
    {
      name: "pendulum",
      role: { observation: taskObservation(labels, normalise), action: continuousActions("torque") },
      stateSize: 2,
      stepLimit: 200,

      start(state, at, random) {
        state[at] = random.between(-Math.PI, Math.PI);
        state[at + 1] = random.between(-1, 1);
      },

      move(state, at, actions, row, outcome) {
        const angle = state[at];
        const velocity = state[at + 1];
        const torque = TORQUE_LIMIT * clip(actions.continuous[row], -1, 1);
        outcome.reward = -(normaliseAngle(angle) ** 2 + 0.1 * velocity ** 2 + 0.001 * torque ** 2);
        const faster = velocity + (((3 * GRAVITY) / 2) * Math.sin(angle) + 3 * torque) * SECONDS;
        const next = clip(faster, -SPEED_LIMIT, SPEED_LIMIT);
        state[at] = angle + next * SECONDS;
        state[at + 1] = next;
      },

      observe(state, at, out, outAt) {
        out[outAt] = Math.cos(state[at]);
        out[outAt + 1] = Math.sin(state[at]);
        out[outAt + 2] = state[at + 1];
      },
    },
    agents,
  );
}

/** Brings an angle into [-π, π). */
function normaliseAngle(angle: number): number {
  const rest = (angle + Math.PI) % TURN;
  return (rest < 0 ? rest + TURN : rest) - Math.PI;
}

import { discreteAction } from "../../core/action-spec.ts";
import { referenceTask, taskObservation, type ReferenceTask, type TaskOptions } from "./reference-task.ts";

const GRAVITY = 9.8;
const POLE_MASS = 0.1;
const TOTAL_MASS = 1.1;
const HALF_LENGTH = 0.5;
const POLE_MASS_LENGTH = POLE_MASS * HALF_LENGTH;
const FORCE = 10;
const SECONDS = 0.02;
const POSITION_LIMIT = 2.4;
const ANGLE_LIMIT = (12 * 2 * Math.PI) / 360;

/**
 * A pole on a cart that is pushed to the left or to the right and has to keep the pole up: CartPole-v1.
 *
 * | observation | meaning | unit | episode ends at |
 * |---|---|---|---|
 * | `cart position` | from the middle of the track | m | ±2.4 |
 * | `cart velocity` | | m/s | |
 * | `pole angle` | from upright | rad | ±0.2095 (12°) |
 * | `pole angular velocity` | | rad/s | |
 *
 * All four start within ±0.05. Each step is worth 1, the last one too; a fall terminates, step 500 truncates and is a
 * success. Default without a normaliser, as in rl-zoo3's tuned setting.
 *
 * Equations of Barto, Sutton and Anderson 1983, https://doi.org/10.1109/TSMC.1983.6313077, without friction as in Florian
 * 2007, https://coneural.org/florian/papers/05_cart_pole.pdf, stepped by Euler's method in the order of
 * https://github.com/Farama-Foundation/Gymnasium/blob/v1.0.0/gymnasium/envs/classic_control/cartpole.py.
 */
export function cartPole({ agents = 1, normalise = false }: TaskOptions = {}): ReferenceTask {
  const labels = ["cart position", "cart velocity", "pole angle", "pole angular velocity"];
  return referenceTask(
    {
      name: "cartpole",
      role: { observation: taskObservation(labels, normalise), action: discreteAction("push", "left", "right") },
      stateSize: 4,
      stepLimit: 500,
      lastingIsSuccess: true,

      start(state, at, random) {
        for (let i = 0; i < 4; i++) state[at + i] = random.between(-0.05, 0.05);
      },

      move(state, at, actions, row, outcome) {
        const position = state[at];
        const velocity = state[at + 1];
        const angle = state[at + 2];
        const angularVelocity = state[at + 3];
        const force = actions.discrete[row] === 1 ? FORCE : -FORCE;
        const cosine = Math.cos(angle);
        const sine = Math.sin(angle);
        const push = (force + POLE_MASS_LENGTH * angularVelocity * angularVelocity * sine) / TOTAL_MASS;
        const angularAcceleration =
          (GRAVITY * sine - cosine * push) / (HALF_LENGTH * (4 / 3 - (POLE_MASS * cosine * cosine) / TOTAL_MASS));
        const acceleration = push - (POLE_MASS_LENGTH * angularAcceleration * cosine) / TOTAL_MASS;
        state[at] = position + SECONDS * velocity;
        state[at + 1] = velocity + SECONDS * acceleration;
        state[at + 2] = angle + SECONDS * angularVelocity;
        state[at + 3] = angularVelocity + SECONDS * angularAcceleration;
        outcome.reward = 1;
        outcome.terminated = Math.abs(state[at]) > POSITION_LIMIT || Math.abs(state[at + 2]) > ANGLE_LIMIT;
      },

      observe(state, at, out, outAt) {
        for (let i = 0; i < 4; i++) out[outAt + i] = state[at + i];
      },
    },
    agents,
  );
}

import { discreteAction } from "../../core/action-spec.ts";
import { clip, referenceTask, taskObservation, type ReferenceTask, type TaskOptions } from "./reference-task.ts";

const SECONDS = 0.2;
const GRAVITY = 9.8;
/** Length of the first link, m; both weigh 1 kg and have a moment of inertia of 1 kg m². */
const LENGTH = 1;
const MASS = 1;
const INERTIA = 1;
/** From a link's joint to its centre of mass, m. */
const CENTRE = 0.5;
const VELOCITY_LIMITS = [4 * Math.PI, 9 * Math.PI] as const;

/**
 * Two links in a chain, hanging, with a motor at the joint between them, which has to swing the tip above a bar: Acrobot-v1.
 *
 * | observation | meaning | range |
 * |---|---|---|
 * | `inner cosine`, `inner sine` | of the first link's angle, 0 when it hangs | ±1 |
 * | `outer cosine`, `outer sine` | of the second link's angle to the first | ±1 |
 * | `inner velocity` | rad/s | ±4π |
 * | `outer velocity` | rad/s | ±9π |
 *
 * The state, two angles and two velocities, starts within ±0.1. Torques are −1, 0 and 1 N m. Each step is worth −1, and 0
 * when the tip is more than 1 m above the fixed joint, which terminates and is a success; step 500 truncates. Default with a
 * normaliser, as in rl-zoo3's tuned setting.
 *
 * Equations of Sutton and Barto's book (1998, section 11.3, http://incompleteideas.net/book/ebook/node110.html), integrated by
 * the classical Runge-Kutta method of fourth order in the order of
 * https://github.com/Farama-Foundation/Gymnasium/blob/v1.0.0/gymnasium/envs/classic_control/acrobot.py.
 */
export function acrobot({ agents = 1, normalise = true }: TaskOptions = {}): ReferenceTask {
  const labels = ["inner cosine", "inner sine", "outer cosine", "outer sine", "inner velocity", "outer velocity"];
  const slopes = [1, 2, 3, 4].map(() => new Float64Array(4));
  const [k1, k2, k3, k4] = slopes;
  const middle = new Float64Array(4);
  return referenceTask(
    {
      name: "acrobot",
      role: {
        observation: taskObservation(labels, normalise),
        action: discreteAction("torque", "back", "none", "forth"),
      },
      stateSize: 4,
      stepLimit: 500,

      start(state, at, random) {
        // Gymnasium rounds the start, and only the start, to float32.
        for (let i = 0; i < 4; i++) state[at + i] = Math.fround(random.between(-0.1, 0.1));
      },

      move(state, at, actions, row, outcome) {
        const torque = actions.discrete[row] - 1;
        writeSlope(state, at, torque, k1);
        for (let i = 0; i < 4; i++) middle[i] = state[at + i] + (SECONDS / 2) * k1[i];
        writeSlope(middle, 0, torque, k2);
        for (let i = 0; i < 4; i++) middle[i] = state[at + i] + (SECONDS / 2) * k2[i];
        writeSlope(middle, 0, torque, k3);
        for (let i = 0; i < 4; i++) middle[i] = state[at + i] + SECONDS * k3[i];
        writeSlope(middle, 0, torque, k4);
        for (let i = 0; i < 4; i++) state[at + i] += (SECONDS / 6) * (k1[i] + 2 * k2[i] + 2 * k3[i] + k4[i]);
        for (let i = 0; i < 2; i++) {
          state[at + i] = wrap(state[at + i]);
          state[at + 2 + i] = clip(state[at + 2 + i], -VELOCITY_LIMITS[i], VELOCITY_LIMITS[i]);
        }
        outcome.terminated = -Math.cos(state[at]) - Math.cos(state[at + 1] + state[at]) > 1;
        outcome.succeeded = outcome.terminated;
        outcome.reward = outcome.terminated ? 0 : -1;
      },

      observe(state, at, out, outAt) {
        out[outAt] = Math.cos(state[at]);
        out[outAt + 1] = Math.sin(state[at]);
        out[outAt + 2] = Math.cos(state[at + 1]);
        out[outAt + 3] = Math.sin(state[at + 1]);
        out[outAt + 4] = state[at + 2];
        out[outAt + 5] = state[at + 3];
      },
    },
    agents,
  );
}

/** The rate of change of both angles and both velocities; d1, d2, φ1, φ2 as in the book. */
function writeSlope(state: Float64Array, at: number, torque: number, out: Float64Array): void {
  const inner = state[at];
  const outer = state[at + 1];
  const innerVelocity = state[at + 2];
  const outerVelocity = state[at + 3];
  const cosine = Math.cos(outer);
  const sine = Math.sin(outer);
  const d1 = MASS * CENTRE ** 2 + MASS * (LENGTH ** 2 + CENTRE ** 2 + 2 * LENGTH * CENTRE * cosine) + INERTIA + INERTIA;
  const d2 = MASS * (CENTRE ** 2 + LENGTH * CENTRE * cosine) + INERTIA;
  const phi2 = MASS * CENTRE * GRAVITY * Math.cos(inner + outer - Math.PI / 2);
  const phi1 =
    -MASS * LENGTH * CENTRE * outerVelocity ** 2 * sine -
    2 * MASS * LENGTH * CENTRE * outerVelocity * innerVelocity * sine +
    (MASS * CENTRE + MASS * LENGTH) * GRAVITY * Math.cos(inner - Math.PI / 2) +
    phi2;
  const outerAcceleration =
    (torque + (d2 / d1) * phi1 - MASS * LENGTH * CENTRE * innerVelocity ** 2 * sine - phi2) /
    (MASS * CENTRE ** 2 + INERTIA - d2 ** 2 / d1);
  out[0] = innerVelocity;
  out[1] = outerVelocity;
  out[2] = -(d2 * outerAcceleration + phi1) / d1;
  out[3] = outerAcceleration;
}

/** Brings an angle into [-π, π] by whole turns. */
function wrap(angle: number): number {
  let wrapped = angle;
  while (wrapped > Math.PI) wrapped -= 2 * Math.PI;
  while (wrapped < -Math.PI) wrapped += 2 * Math.PI;
  return wrapped;
}

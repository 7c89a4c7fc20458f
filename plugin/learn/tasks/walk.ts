import type { ActionSpec } from "../../core/action-spec.ts";
import { ConfigurationError } from "../../core/errors.ts";
import { observationSpec, type ObservationSpec } from "../../core/observation-spec.ts";
import { clip, referenceTask, taskObservation, type ReferenceTask, type TaskOptions } from "./reference-task.ts";

/** Worth of the right end: 1, and the time penalties of the shortest way. */
const END_REWARD = 1.06;
const TIME_PENALTY = 0.01;

/** What the walk can be made with. */
export interface WalkOptions extends TaskOptions {
  /** Numbers, a choice between left and right, or as many of each. Default `"discrete"`. */
  readonly actions?: "discrete" | "continuous" | "both";
  /** Positions that have to be walked to an end, of each kind of action. Default 1. */
  readonly dimensions?: number;
  /** How far one action goes at most, in (0, 1]. Default 0.2. */
  readonly stepSize?: number;
  /**
   * An episode of this many steps is truncated; `Infinity` as in the original. Default 200, so that scoring an undecided
   * policy ends; a walk at random with steps of 0.2 reaches an end sooner in all but 6 of 100,000 episodes.
   */
  readonly stepLimit?: number;
  /** Shows the goal by so many pictures instead of a number. Default 0. */
  readonly cameras?: 0 | 1 | 2;
}

/** Of a camera's picture. */
const SIDE = 20;
const CHANNELS = 3;

/**
 * The smallest task that catches a broken algorithm: walk from the middle to the end that the goal names.
 *
 * The only observation is `goal`, −1 or 1. Positions start at 0, lie in [-1, 1] and are not seen. A number moves a position
 * by itself, clipped to ±stepSize; a choice moves it by ±stepSize. When every position is at one of its ends, the episode
 * terminates with the mean over positions of 1.06 for the right end and −1.06 for the wrong one; every other step costs 0.01.
 * With steps of 0.2 the best return is 1.02. Default without a normaliser. With cameras, `goal` is seen only as pictures of 20 × 20 × 3:
 * black for −1, white for 1.
 *
 * Rules of the `SimpleEnvironment` with which Unity tests ML-Agents,
 * https://github.com/Unity-Technologies/ml-agents/blob/release_20/ml-agents/mlagents/trainers/tests/simple_test_envs.py; there the
 * two-dimensional and the mixed walks use steps of 0.8. Needs no function whose last bit differs between JavaScript engines.
 *
 * @throws ConfigurationError for no dimensions or a step size out of range.
 */
export function walk(options: WalkOptions = {}): ReferenceTask {
  const { agents = 1, normalise = false, actions = "discrete", stepLimit = 200 } = options;
  const { dimensions = 1, stepSize = 0.2, cameras = 0 } = options;
  if (!Number.isInteger(dimensions) || dimensions < 1) {
    throw new ConfigurationError(`walk: needed at least 1 dimension, came ${dimensions}. Give a whole number above 0.`);
  }
  if (!(stepSize > 0 && stepSize <= 1)) {
    throw new ConfigurationError(`walk: needed a step size above 0 and up to 1, came ${stepSize}. Use e.g. 0.2.`);
  }
  const numbers = actions === "discrete" ? 0 : dimensions;
  const choices = actions === "continuous" ? 0 : dimensions;
  const positions = numbers + choices;
  return referenceTask(
    {
      name: "walk",
      role: {
        observation: cameras > 0 ? cameraObservation(cameras) : taskObservation(["goal"], normalise),
        action: walkActions(numbers, choices),
      },
      stateSize: 1 + positions,
      stepLimit,

      start(state, at, random) {
        state[at] = random.integer(2) * 2 - 1;
        state.fill(0, at + 1, at + 1 + positions);
      },

      move(state, at, { continuous, discrete }, row, outcome) {
        for (let i = 0; i < numbers; i++) {
          const move = clip(continuous[row * numbers + i], -stepSize, stepSize);
          state[at + 1 + i] = clip(state[at + 1 + i] + move, -1, 1);
        }
        for (let i = 0; i < choices; i++) {
          const move = discrete[row * choices + i] === 1 ? stepSize : -stepSize;
          state[at + 1 + numbers + i] = clip(state[at + 1 + numbers + i] + move, -1, 1);
        }
        let sum = 0;
        let arrived = 0;
        for (let i = 1; i <= positions; i++) {
          sum += state[at + i] * state[at];
          if (Math.abs(state[at + i]) >= 1) arrived += 1;
        }
        outcome.terminated = arrived === positions;
        outcome.succeeded = outcome.terminated && sum === positions;
        outcome.reward = outcome.terminated ? (END_REWARD * sum) / positions : -TIME_PENALTY;
      },

      observe(state, at, out, outAt) {
        if (cameras === 0) out[outAt] = state[at];
      },

      paint(state, at, images, imagesAt) {
        images.fill(state[at] > 0 ? 255 : 0, imagesAt, imagesAt + cameras * SIDE * SIDE * CHANNELS);
      },
    },
    agents,
  );
}

function cameraObservation(cameras: number): ObservationSpec {
  const picture = { height: SIDE, width: SIDE, channels: CHANNELS };
  return observationSpec({ images: Array.from({ length: cameras }, (_, i) => ({ label: `camera ${i}`, ...picture })) });
}

function walkActions(numbers: number, choices: number): ActionSpec {
  return {
    continuous: Array.from({ length: numbers }, (_, i) => `move ${i}`),
    discrete: Array.from({ length: choices }, (_, i) => ({ label: `step ${i}`, choices: ["left", "right"] })),
  };
}

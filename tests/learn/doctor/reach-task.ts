import { continuousActions } from "../../../plugin/core/action-spec.ts";
import { vectorObservation } from "../../../plugin/core/observation-spec.ts";
import { clip, referenceTask, type ReferenceTask, type TaskRules } from "../../../plugin/learn/tasks/reference-task.ts";

const HALF_SIZE = 5;
/** Scene units that a full push moves in one decision. */
const SPEED = 0.4;
const NEAR = 0.8;
/** For each scene unit nearer, for the ball, and for each decision. */
const REWARDS = { nearer: 0.2, reached: 1, decision: -0.01 } as const;

/** A box slides on a plane to a ball, in plain TypeScript: healthy, and open to changes of its rules. */
export function reachTask(agents = 16, changes: Partial<TaskRules> = {}): ReferenceTask {
  return referenceTask({ ...REACH, ...changes }, agents);
}

/** State: right and ahead of the box, right and ahead of the ball. */
export const REACH: TaskRules = {
  name: "reach",
  role: {
    observation: vectorObservation(["ball right", "ball ahead"]),
    action: continuousActions("slide right", "slide ahead"),
  },
  stateSize: 4,
  stepLimit: 60,
  start(state, at, random) {
    for (let i = 0; i < 4; i++) state[at + i] = random.between(-HALF_SIZE, HALF_SIZE);
  },
  move(state, at, { continuous }, row, outcome) {
    const before = distance(state, at);
    for (let i = 0; i < 2; i++) {
      const push = clip(continuous[2 * row + i], -1, 1);
      state[at + i] = clip(state[at + i] + SPEED * push, -HALF_SIZE, HALF_SIZE);
    }
    const after = distance(state, at);
    outcome.terminated = outcome.succeeded = after < NEAR;
    outcome.reward = REWARDS.nearer * (before - after) + REWARDS.decision + (outcome.terminated ? REWARDS.reached : 0);
  },
  observe(state, at, out, outAt) {
    out[outAt] = (state[at + 2] - state[at]) / (2 * HALF_SIZE);
    out[outAt + 1] = (state[at + 3] - state[at + 1]) / (2 * HALF_SIZE);
  },
};

function distance(state: Float64Array, at: number): number {
  return Math.hypot(state[at + 2] - state[at], state[at + 3] - state[at + 1]);
}

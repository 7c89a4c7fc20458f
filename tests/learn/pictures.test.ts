import { expect, test } from "vitest";
import { continuousActions } from "../../plugin/core/action-spec.ts";
import type { LearnerState, PpoBatch, PpoLearner } from "../../plugin/core/learner.ts";
import { DEFAULT_NETWORK } from "../../plugin/core/network-spec.ts";
import { observationSpec } from "../../plugin/core/observation-spec.ts";
import type { RoleSpec } from "../../plugin/core/role-spec.ts";
import { Collector } from "../../plugin/learn/collector.ts";
import { Ppo, ppo } from "../../plugin/learn/ppo.ts";
import { createRollout } from "../../plugin/learn/rollout.ts";
import { LinearPolicy } from "../scene/linear-policy.ts";
import { scriptedEnvironment } from "./scripted-environment.ts";
import { tinyRollout } from "./tiny-rollout.ts";

/** One number, and a picture of two pixels. */
const SEEING: RoleSpec = {
  observation: observationSpec({
    labels: ["place"],
    images: [{ label: "eye", height: 1, width: 2, channels: 1 }],
  }),
  action: continuousActions("move"),
};

/** Learns nothing, and keeps what it was to learn from. */
function attentiveLearner(batches: PpoBatch[]): PpoLearner {
  const state: LearnerState = {
    parameters: new Float32Array(4),
    firstMoments: new Float32Array(4),
    secondMoments: new Float32Array(4),
    steps: 0,
  };
  return {
    device: "tfjs",
    role: SEEING,
    network: DEFAULT_NETWORK,
    update(batch) {
      batches.push(batch);
      const zeros = { policyLoss: 0, valueLoss: 0, entropy: 0, approximateKl: 0, clipFraction: 0, gradientNorm: 0 };
      return { ...zeros, minibatches: 1, stoppedEarly: false, firstBad: null };
    },
    setNormaliser: () => {},
    readState: () => state,
    writeState: () => {},
    dispose: () => {},
  };
}

test("a rollout keeps the pictures that were decided on", () => {
  const environment = scriptedEnvironment((group, step) => group.images.fill(step + 2), {
    role: SEEING,
    agents: 2,
    reset: (group) => group.images.fill(1),
  });
  const rollout = createRollout(SEEING, 3, 2);
  new Collector(environment, "agent", new LinearPolicy(SEEING), 1).collect(rollout, 0);
  expect([...rollout.images]).toEqual([1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3]);
});

test("an episode that was cut off is judged by its last picture", () => {
  const seen: number[] = [];
  const environment = scriptedEnvironment(
    (group) => {
      group.images.fill(7);
      group.finalImages.fill(9);
      group.truncated[0] = 1;
    },
    { role: SEEING, reset: (group) => group.images.fill(1) },
  );
  const policy = new LinearPolicy(SEEING);
  const { decide } = policy;
  policy.decide = (batch, options) => {
    seen.push(batch.images![0]);
    decide.call(policy, batch, options);
  };
  new Collector(environment, "agent", policy, 1).collect(createRollout(SEEING, 1, 1), 0);
  expect(seen).toEqual([1, 9, 7]);
});

test("a learner gets the pictures of active agents, row by row", async () => {
  const batches: PpoBatch[] = [];
  const one = await Ppo.create(attentiveLearner(batches), ppo({ stepsPerRollout: 2 }));
  const rollout = tinyRollout(2, 2, { active: [1, 0, 1, 1] }, SEEING);
  rollout.images.set([1, 2, 3, 4, 5, 6, 7, 8]);
  await one.learn([rollout]);
  expect(batches[0].count).toBe(3);
  expect([...batches[0].images.subarray(0, 6)]).toEqual([1, 2, 5, 6, 7, 8]);
});

import { layOutNetwork } from "../../../plugin/core/network-spec.ts";
import { observationLabels } from "../../../plugin/core/observation-spec.ts";
import { untaughtPolicy } from "../../../plugin/compute/untaught-policy.ts";
import type { PolicyData } from "../../../plugin/core/policy.ts";
import { deriveRole } from "../../../plugin/scene/agent-body.ts";
import { createParts } from "../../../plugin/scene/keep/create-parts.ts";
import type { ControllerDescription } from "../../../plugin/scene/keep/description.ts";
import type { LessonPlan } from "../../../plugin/scene/lesson-plan/plan.ts";
import type { TestWorld } from "../test-world.ts";

/** Goes for the ball. */
export const SEEKER: ControllerDescription = {
  name: "seeker",
  sensors: [{ kind: "directionTo", options: { target: "ball", maximum: 20 } }, { kind: "lastAction" }],
  actuators: [
    { kind: "drive", options: { speed: 3 } },
    { kind: "turn", options: { radiansPerSecond: Math.PI } },
  ],
  decisionsPerSecond: 10,
};

/** Teaches the box to reach the ball. */
export const REACH: LessonPlan = {
  version: 1,
  name: "reach the ball",
  node: "box",
  controller: "seeker",
  rewards: [{ kind: "approach", weight: 1, options: { target: "ball" } }],
  ends: [{ kind: "reached", options: { target: "ball" }, reward: 1 }],
  resets: [{ kind: "randomPose", node: "box" }],
};

/** A policy for a described controller that nobody has taught. */
export function policyFor(description: ControllerDescription, { scene }: TestWorld, seed = 1): PolicyData {
  const { sensors, actuators } = createParts(description, scene, "test");
  return untaughtPolicy(
    deriveRole(sensors, actuators, "test"),
    { hidden: [8], activation: "tanh", sharedTrunk: false },
    seed,
  );
}

/** A policy for `SEEKER` that drives where the ball is ahead and turns to where it is: what teaching would find. */
export function chasingPolicy(world: TestWorld): PolicyData {
  const data = policyFor(SEEKER, world);
  const network = { hidden: [2], activation: "linear", sharedTrunk: false } as const;
  const { actor, size } = layOutNetwork(data.role, network);
  const parameters = new Float32Array(size);
  const inputs = observationLabels(data.role.observation);
  // Hidden 0 is forward, hidden 1 is right; the head passes them on to "drive" and "turn".
  parameters[actor[0].weights + inputs.indexOf("target forward")] = 1;
  parameters[actor[0].weights + actor[0].inputs + inputs.indexOf("target right")] = 1;
  parameters[actor[1].weights] = 1;
  parameters[actor[1].weights + 3] = 2;
  return { ...data, network, parameters };
}

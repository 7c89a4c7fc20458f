import "@babylonjs/core/Materials/standardMaterial.js";
import fc from "fast-check";
import { untaughtPolicy } from "../../../plugin/compute/untaught-policy.ts";
import { createPolicy } from "../../../plugin/compute/wasm-policy.ts";
import { attachController } from "../../../plugin/scene/keep/attach-controller.ts";
import { controllerToTypeScript } from "../../../plugin/scene/keep/controller-to-typescript.ts";
import { describeController } from "../../../plugin/scene/keep/describe-controller.ts";
import type { NeuralController } from "../../../plugin/scene/neural-controller.ts";
import { arbitraryController, NODE_IDS } from "../../scene/keep/arbitrary-controller.ts";
import { runCode } from "../../scene/keep/run-code.ts";
import { createTestWorld } from "../../scene/test-world.ts";

/** How many printed controllers differ from what they were printed of. */
export interface CopiedCode {
  readonly compared: number;
  /** Other options, rates or names. */
  readonly otherDescriptions: number;
  /** Other labels or ranges. */
  readonly otherRoles: number;
  /** Other observations or actions, bit by bit, within a second of play with the same policy. */
  readonly otherBehaviours: number;
}

/** Prints random controllers, runs the code, and lets both play the same second. */
export async function compareCopiedCode(count: number, seed: number): Promise<CopiedCode> {
  const result = { compared: 0, otherDescriptions: 0, otherRoles: 0, otherBehaviours: 0 };
  for (let batch = 0; result.compared < count; batch++) {
    for (const description of fc.sample(arbitraryController, { numRuns: 20, seed: seed + batch })) {
      if (result.compared >= count) break;
      const attached = await play((node) => Promise.resolve(attachController(node, description)));
      if (!attached) continue;
      const code = controllerToTypeScript(description, { node: "box" });
      const printed = await play((node) => runCode<NeuralController>(code, node.getScene()));
      result.compared++;
      if (printed?.description !== attached.description) result.otherDescriptions++;
      if (printed?.role !== attached.role) result.otherRoles++;
      if (printed?.trace !== attached.trace) result.otherBehaviours++;
    }
  }
  return result;
}

interface Played {
  readonly description: string;
  readonly role: string;
  /** Every observation and every action of a second. */
  readonly trace: string;
}

/** What a controller does in a fresh scene; null where its parts do not go together. */
async function play(
  make: (
    node: Awaited<ReturnType<typeof createTestWorld>>["scene"]["transformNodes"][number],
  ) => Promise<NeuralController>,
): Promise<Played | null> {
  const world = await createTestWorld();
  try {
    const box = world.node("box");
    for (const [index, id] of NODE_IDS.entries()) world.node(id, [3, 0, index]);
    const controller = await make(box);
    const description = JSON.stringify(describeController(controller));
    const network = { hidden: [8], activation: "tanh", sharedTrunk: false } as const;
    controller.policy = await createPolicy(untaughtPolicy(controller.role, network, 3));
    const trace: number[][] = [];
    controller.onDecisionObservable.add(({ observation, values }) => trace.push([...observation, ...values]));
    world.frames(60);
    return { description, role: JSON.stringify(controller.role), trace: JSON.stringify(trace) };
  } catch (error) {
    if ((error as Error).name === "ConfigurationError") return null;
    throw error;
  } finally {
    world.dispose();
  }
}

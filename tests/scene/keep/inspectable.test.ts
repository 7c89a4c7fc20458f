import { InspectableType } from "@babylonjs/core/Misc/iInspectable.js";
import { afterEach, expect, test } from "vitest";
import { untaughtPolicy } from "../../../plugin/compute/untaught-policy.ts";
import { createPolicy } from "../../../plugin/compute/wasm-policy.ts";
import { attachController } from "../../../plugin/scene/keep/attach-controller.ts";
import { showInInspector } from "../../../plugin/scene/keep/inspectable.ts";
import type { NeuralController } from "../../../plugin/scene/neural-controller.ts";
import { createTestWorld, type TestWorld } from "../test-world.ts";
import { SEEKER } from "./examples.ts";

let world: TestWorld | null = null;
afterEach(() => world?.dispose());

async function open(): Promise<{ world: TestWorld; box: ReturnType<TestWorld["box"]>; controller: NeuralController }> {
  world = await createTestWorld();
  const box = world.box("box");
  world.box("ball", { at: [0, 0, 8] });
  return { world, box, controller: attachController(box, SEEKER) };
}

/** What an Inspector shows: each custom property's label with its value, read by its name as Inspectors do. */
function shown(
  node: object & { inspectableCustomProperties: { label: string; propertyName: string }[] },
): Record<string, unknown> {
  const values = node as unknown as Record<string, unknown>;
  return Object.fromEntries(
    node.inspectableCustomProperties.map(({ label, propertyName }) => [label, values[propertyName]]),
  );
}

/** What happens when a person changes a value in an Inspector. */
function change(
  node: object & { inspectableCustomProperties: { label: string; propertyName: string }[] },
  label: string,
  value: unknown,
): void {
  const { propertyName } = node.inspectableCustomProperties.find((entry) => entry.label === label)!;
  (node as unknown as Record<string, unknown>)[propertyName] = value;
}

test("an Inspector shows what a controller does", async () => {
  const { box, controller } = await open();
  showInInspector(controller, box);
  expect(shown(box)).toEqual({
    "seeker: enabled": true,
    "seeker: greedy": true,
    "seeker: policy": "none",
    "seeker: decisions a second": "0.0",
  });
  const policy = {
    ...untaughtPolicy(controller.role),
    birth: { lesson: "reach", algorithm: "ppo", decisions: 250_000 },
  };
  controller.policy = await createPolicy(policy);
  expect(shown(box)["seeker: policy"]).toBe("reach, ppo, 250,000 decisions");
  controller.heuristic = (actions) => actions.set("drive", 1);
  expect(shown(box)["seeker: policy"]).toBe("none: a script decides");
});

test("decisions a second are counted while the agent decides", async () => {
  const { world, box, controller } = await open();
  showInInspector(controller, box);
  controller.heuristic = (actions) => actions.set("drive", 1);
  world.frames(60);
  expect(Number(shown(box)["seeker: decisions a second"])).toBeGreaterThan(0);
});

test("an Inspector can switch a controller off and make it draw its actions, and not rename its policy", async () => {
  const { box, controller } = await open();
  showInInspector(controller, box);
  change(box, "seeker: enabled", false);
  change(box, "seeker: greedy", false);
  change(box, "seeker: policy", "mine");
  expect([controller.enabled, controller.greedy, shown(box)["seeker: policy"]]).toEqual([false, false, "none"]);
});

test("other custom properties stay, and all of ours go again", async () => {
  const { box, controller } = await open();
  const own = { label: "Health", propertyName: "health", type: InspectableType.String };
  box.inspectableCustomProperties = [own];
  const before = Object.getOwnPropertyNames(box);
  const hide = showInInspector(controller, box);
  expect(box.inspectableCustomProperties).toHaveLength(5);
  hide();
  hide();
  expect(box.inspectableCustomProperties).toEqual([own]);
  expect(Object.getOwnPropertyNames(box)).toEqual(before);
  expect(controller.onDecisionObservable.observers).toHaveLength(0);
});

test("disposing of the node lets go of the controller", async () => {
  const { box, controller } = await open();
  showInInspector(controller, box);
  box.dispose();
  expect(controller.onDecisionObservable.observers).toHaveLength(0);
});

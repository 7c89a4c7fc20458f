import type { TransformNode } from "@babylonjs/core/Meshes/transformNode.js";
import { afterEach, describe, expect, test } from "vitest";
import { drive } from "../../plugin/scene/actuators/drive.ts";
import { jump } from "../../plugin/scene/actuators/jump.ts";
import { setter } from "../../plugin/scene/actuators/setter.ts";
import { NeuralController, type NeuralControllerOptions } from "../../plugin/scene/neural-controller.ts";
import { contact } from "../../plugin/scene/sensors/contact.ts";
import { directionTo } from "../../plugin/scene/sensors/direction-to.ts";
import { rayFan } from "../../plugin/scene/sensors/ray-fan.ts";
import { value } from "../../plugin/scene/sensors/value.ts";
import { createEcho } from "./echo-controller.ts";
import { LinearPolicy } from "./linear-policy.ts";
import { createTestWorld, messageOf, type TestWorld } from "./test-world.ts";

let world: TestWorld;
afterEach(() => world?.dispose());

function attach(controller: NeuralController, name = "agent"): TransformNode {
  const node = world.node(name);
  node.addBehavior(controller);
  return node;
}

describe("leaving", () => {
  const observers = (): number => world.scene.onBeforeAnimationsObservable.observers.length;

  test("the scene has one observer for all controllers, and none after the last", async () => {
    world = await createTestWorld();
    const before = observers();
    const controllers = [0, 1, 2].map((i) => createEcho(`guard ${i}`).controller);
    const nodes = controllers.map((controller) => attach(controller));
    expect(observers()).toBe(before + 1);
    nodes[0].removeBehavior(controllers[0]);
    controllers[1].dispose();
    nodes[2].dispose();
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(observers()).toBe(before);
    world.frames(2);
  });

  test("neither scene nor node collect observers over a hundred controllers", async () => {
    world = await createTestWorld();
    const node = world.box("agent");
    for (let i = 0; i < 100; i++) {
      const { controller } = createEcho("guard", { sensors: [value("x", () => 0, { range: [-1, 1] }), contact()] });
      node.addBehavior(controller);
      world.frames(1);
      controller.dispose();
    }
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect([observers(), node.onDisposeObservable.observers.length, node.behaviors.length]).toEqual([0, 0, 0]);
  });

  test("disposing twice, and after the node, is allowed", async () => {
    world = await createTestWorld();
    const { controller, set } = createEcho("guard");
    const node = attach(controller);
    node.dispose();
    expect([controller.isDisposed, controller.attachedNode]).toEqual([true, null]);
    controller.dispose();
    controller.dispose();
    world.frames(5);
    expect(set).toEqual([]);
  });

  test("others hear of the node's end, too", async () => {
    world = await createTestWorld();
    const node = attach(createEcho("guard").controller);
    let heard = 0;
    node.onDisposeObservable.add(() => (heard += 1));
    node.dispose();
    expect(heard).toBe(1);
  });

  test("a disposed controller is refused by a node", async () => {
    world = await createTestWorld();
    const { controller } = createEcho("guard");
    controller.dispose();
    expect(messageOf(() => attach(controller))).toBe(
      `NeuralController "guard": needed a controller in use, came a disposed one. Make a new one.`,
    );
  });

  test("a removed controller can drive another node", async () => {
    world = await createTestWorld();
    const { controller, set } = createEcho("guard");
    attach(controller).removeBehavior(controller);
    const other = attach(controller, "other");
    expect(controller.attachedNode).toBe(other);
    world.frames(1);
    expect(set).toEqual([0.5]);
  });

  test("a listener may dispose of its controller and of others", async () => {
    world = await createTestWorld();
    const guards = [0, 1, 2].map((i) => createEcho(`guard ${i}`));
    const policy = guards[0].controller.policy;
    for (const { controller } of guards) {
      controller.policy = policy;
      attach(controller);
    }
    guards[0].controller.onDecisionObservable.add(() => {
      guards[0].controller.dispose();
      guards[1].controller.attachedNode?.dispose();
    });
    world.frames(2);
    expect(guards.map(({ set }) => set.length)).toEqual([0, 0, 2]);
  });
});

describe("bad parts", () => {
  test("a NaN disables that controller and tells its label, others go on", async () => {
    world = await createTestWorld();
    const bad = createEcho("bad", { sensors: [value("speed", () => Number.NaN)] });
    const good = createEcho("good");
    const errors: string[] = [];
    bad.controller.onErrorObservable.add(({ name, message }) => errors.push(`${name}: ${message}`));
    attach(bad.controller);
    attach(good.controller);
    world.frames(20);
    expect(errors).toEqual([
      `EnvironmentError: NeuralController "bad": the observation "speed" needs a finite number, came NaN. Mend that sensor.`,
    ]);
    expect([bad.controller.enabled, bad.set.length, good.set.length]).toEqual([false, 0, 20]);
  });

  test("an action that is not a number reaches no actuator", async () => {
    world = await createTestWorld();
    const { controller, set } = createEcho("guard", { gain: Number.NaN });
    attach(controller);
    expect(messageOf(() => world.frames(1))).toBe(
      `NeuralController "guard": the action "y" needs a number, came NaN. Whatever decides is broken: mend it, or load another policy.`,
    );
    world.frames(5);
    expect(set).toEqual([]);
  });

  test("an error that nobody listens for is thrown once, after the others have acted", async () => {
    world = await createTestWorld();
    const bad = createEcho("bad", { sensors: [value("speed", () => Number.NaN)] });
    const good = createEcho("good");
    attach(bad.controller);
    attach(good.controller);
    expect(messageOf(() => world.frames(1))).toMatch(/^NeuralController "bad": the observation "speed"/);
    expect(good.set.length).toBe(1);
    world.frames(10);
    expect(good.set.length).toBe(11);
  });

  test("an actuator that throws is told with its cause", async () => {
    world = await createTestWorld();
    const cause = new Error("no engine");
    const { controller } = createEcho("car", {
      actuators: [
        setter("y", () => {
          throw cause;
        }),
      ],
    });
    const errors: Error[] = [];
    controller.onErrorObservable.add((error) => errors.push(error));
    attach(controller);
    world.frames(3);
    expect(errors.map((error) => error.message)).toEqual([
      `NeuralController "car": needed sensors, actuators and a policy that work, came the error "no engine". Mend what threw it, see its cause.`,
    ]);
    expect(errors[0].cause).toBe(cause);
  });

  test("a disposed policy stops all that use it, each with its own error", async () => {
    world = await createTestWorld();
    const guards = [0, 1].map((i) => createEcho(`guard ${i}`).controller);
    const policy = new LinearPolicy(guards[0].role, [1]);
    const errors: string[] = [];
    for (const guard of guards) {
      guard.policy = policy;
      guard.onErrorObservable.add((error) => errors.push(error.message.split(":")[0]));
      attach(guard);
    }
    policy.dispose();
    world.frames(3);
    expect(errors).toEqual([`NeuralController "guard 0"`, `NeuralController "guard 1"`]);
  });

  test.each<[string, Partial<NeuralControllerOptions>, string]>([
    ["no sensors", { sensors: [] }, `needed at least 1 observation, came none. Give the agent a sensor.`],
    ["no actuators", { actuators: [] }, `needed at least 1 action, came none. Give the agent an actuator.`],
    [
      "a negative rate",
      { decisionsPerSecond: -10 },
      `needed "decisionsPerSecond" to be a number above 0, came -10. Say how often the agent decides.`,
    ],
    [
      "a phase above 1",
      { phase: 2 },
      `needed "phase" to be a number of at least 0 and of at most 1, came 2. Give a share of the period, or "spread".`,
    ],
  ])("%s are refused", (_name, options, message) => {
    expect(messageOf(() => createEcho("guard", options))).toBe(`NeuralController "guard": ${message}`);
  });

  test("sensors that belong to another agent are refused", async () => {
    world = await createTestWorld();
    const sensors = [directionTo(world.node("thief"), { maximum: 5, remember: 1 })];
    const first = new NeuralController("first", { sensors, actuators: [drive({ speed: 1 })] });
    const second = new NeuralController("second", { sensors, actuators: [drive({ speed: 1 })] });
    attach(first);
    expect(messageOf(() => attach(second))).toBe(
      `NeuralController "second": needed a free sensor 0 (directionTo), came one that belongs to NeuralController "first". Make new sensors and actuators for each agent.`,
    );
    first.dispose();
    attach(second);
    expect(second.attachedNode?.name).toBe("agent");
  });

  test("a controller that drives a node is refused by another", async () => {
    world = await createTestWorld();
    const { controller } = createEcho("guard");
    attach(controller, "golem 1");
    expect(messageOf(() => attach(controller, "golem 2"))).toBe(
      `NeuralController "guard": needed a free controller, came one that drives "golem 1". Make one for each node.`,
    );
  });

  test("a node that lacks physics keeps no trace of a refused controller", async () => {
    world = await createTestWorld();
    const node = world.node("frog");
    const controller = new NeuralController("frog", {
      sensors: [rayFan({ rays: 1, range: 1 })],
      actuators: [jump({ speed: 3 })],
    });
    expect(messageOf(() => node.addBehavior(controller))).toBe(
      `jump: needed a node with a physics body, came "frog" without one. Give it a PhysicsAggregate before the controller.`,
    );
    expect([node.behaviors.length, controller.attachedNode, node.onDisposeObservable.observers.length]).toEqual([
      0,
      null,
      0,
    ]);
  });

  test("an unknown label is told with those that there are", () => {
    const { controller } = createEcho("guard");
    expect(messageOf(() => controller.observed("z"))).toBe(
      `NeuralController "guard": needed a label of its sensors, came "z". Use one of: "x".`,
    );
  });
});

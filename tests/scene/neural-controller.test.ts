import type { TransformNode } from "@babylonjs/core/Meshes/transformNode.js";
import { afterEach, describe, expect, test } from "vitest";
import { choice } from "../../plugin/scene/actuators/choice.ts";
import { drive } from "../../plugin/scene/actuators/drive.ts";
import { jump } from "../../plugin/scene/actuators/jump.ts";
import { setter } from "../../plugin/scene/actuators/setter.ts";
import { NeuralController, type NeuralControllerOptions } from "../../plugin/scene/neural-controller.ts";
import { contact } from "../../plugin/scene/sensors/contact.ts";
import { directionTo } from "../../plugin/scene/sensors/direction-to.ts";
import { rayFan } from "../../plugin/scene/sensors/ray-fan.ts";
import { value } from "../../plugin/scene/sensors/value.ts";
import { LinearPolicy } from "./linear-policy.ts";
import { createTestWorld, messageOf, type TestWorld } from "./test-world.ts";

let world: TestWorld;
afterEach(() => world?.dispose());

/** Senses one number, which it also sets: `gain` times what it senses. */
function createEcho(
  name: string,
  options: Partial<NeuralControllerOptions> & { senses?: () => number; gain?: number } = {},
) {
  const { senses = () => 0.5, gain = 1, ...rest } = options;
  const set: number[] = [];
  const controller = new NeuralController(name, {
    sensors: [value("x", senses, { range: [-1, 1] })],
    actuators: [setter("y", (number) => set.push(Math.round(number * 1e4) / 1e4))],
    ...rest,
  });
  if (!("policy" in rest) && !("heuristic" in rest)) controller.policy = new LinearPolicy(controller.role, [gain]);
  return { controller, set };
}

function attach(controller: NeuralController, name = "agent"): TransformNode {
  const node = world.node(name);
  node.addBehavior(controller);
  return node;
}

describe("the rate of decisions", () => {
  test.each([30, 60, 144])("is 10 a second at %i frames a second", async (framesPerSecond) => {
    world = await createTestWorld();
    const { controller, set } = createEcho("guard");
    let decisions = 0;
    controller.onDecisionObservable.add(() => (decisions += 1));
    attach(controller);
    world.frames(10 * framesPerSecond, framesPerSecond);
    expect(decisions).toBe(100);
    expect(set.length).toBe(10 * framesPerSecond);
  });

  test("is even", async () => {
    world = await createTestWorld();
    const { controller } = createEcho("guard");
    const frames: number[] = [];
    let frame = 0;
    controller.onDecisionObservable.add(() => frames.push(frame));
    attach(controller);
    for (; frame < 25; frame++) world.frames(1);
    expect(frames).toEqual([0, 6, 12, 18, 24]);
  });

  test("is at most one a frame", async () => {
    world = await createTestWorld();
    const { controller } = createEcho("guard", { decisionsPerSecond: 1000 });
    let decisions = 0;
    controller.onDecisionObservable.add(() => (decisions += 1));
    attach(controller);
    world.frames(20);
    expect(decisions).toBe(20);
  });

  test("catches nothing up after a sleeping tab, and moves no farther than in a tenth of a second", async () => {
    world = await createTestWorld();
    const { controller } = createEcho("guard", { senses: () => 1, actuators: [drive({ speed: 3 })] });
    const node = attach(controller);
    world.frames(1);
    let decisions = 0;
    controller.onDecisionObservable.add(() => (decisions += 1));
    const before = node.position.z;
    world.frames(1, 1 / 60); // one frame of a minute
    expect(node.position.z - before).toBeCloseTo(0.3, 5);
    world.frames(60);
    expect(decisions).toBe(11);
  });
});

describe("between decisions", () => {
  test("the action is held", async () => {
    world = await createTestWorld();
    const values = [0.2, 0.8];
    const { controller, set } = createEcho("guard", { senses: () => values.shift() ?? 0 });
    attach(controller);
    world.frames(12);
    expect(set).toEqual([...Array<number>(6).fill(0.2), ...Array<number>(6).fill(0.8)]);
  });

  test("numbers glide to the new action when asked to, choices do not", async () => {
    world = await createTestWorld();
    const set: number[] = [];
    const modes: number[] = [];
    const controller = new NeuralController("guard", {
      sensors: [value("x", () => 0.6, { range: [-1, 1] })],
      actuators: [
        setter("y", (number) => set.push(Math.round(number * 100) / 100)),
        { labels: [], branches: [{ label: "m", choices: ["a", "b"] }], act: (_, values, at) => modes.push(values[at]) },
      ],
      interpolate: true,
    });
    controller.policy = new LinearPolicy(controller.role, [1, 0, 1]);
    attach(controller);
    world.frames(8);
    // From 0 to 0.6 in six frames.
    expect(set).toEqual([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.6, 0.6]);
    expect(new Set(modes)).toEqual(new Set([1]));
  });
});

describe("a policy", () => {
  test("is replaced between two decisions", async () => {
    world = await createTestWorld();
    const { controller, set } = createEcho("guard", { gain: 1 });
    attach(controller);
    world.frames(1);
    controller.policy = new LinearPolicy(controller.role, [-1]);
    world.frames(6);
    expect([set[0], set[5], set[6]]).toEqual([0.5, 0.5, -0.5]);
  });

  test("with other labels is refused, and the old one stays", async () => {
    world = await createTestWorld();
    const { controller, set } = createEcho("guard");
    const other = new NeuralController("other", {
      sensors: [value("health", () => 0, { range: [0, 1] })],
      actuators: [setter("y", () => {})],
    });
    const { policy } = controller;
    expect(messageOf(() => (controller.policy = new LinearPolicy(other.role)))).toBe(
      `NeuralController "guard": the policy's observation 0 is "health", but the sensors give "x" there. List the sensors of the training in the same order, or teach again.`,
    );
    expect(controller.policy).toBe(policy);
    attach(controller);
    world.frames(1);
    expect(set).toEqual([0.5]);
  });

  test("decides greedily unless asked to draw", async () => {
    world = await createTestWorld();
    const { controller } = createEcho("guard");
    const policy = controller.policy as LinearPolicy;
    attach(controller);
    world.frames(1);
    controller.greedy = false;
    world.frames(6);
    expect(policy.calls).toEqual(["1 greedy", "1"]);
  });

  test("that is missing leaves the agent alone", async () => {
    world = await createTestWorld();
    const { controller, set } = createEcho("guard", { policy: undefined as never });
    attach(controller);
    world.frames(10);
    expect(set).toEqual([]);
    controller.policy = new LinearPolicy(controller.role, [1]);
    world.frames(1);
    expect(set).toEqual([0.5]);
  });
});

describe("a heuristic", () => {
  test("takes precedence while it is set, through the same actuators", async () => {
    world = await createTestWorld();
    const { controller, set } = createEcho("guard");
    const scripted: boolean[] = [];
    controller.onDecisionObservable.add((decision) => scripted.push(decision.scripted));
    attach(controller);
    world.frames(1);
    controller.heuristic = (actions, agent) => actions.set("y", -2 * agent.observed("x"));
    world.frames(6);
    controller.heuristic = null;
    world.frames(6);
    expect([set[0], set[6], set[12]]).toEqual([0.5, -1, 0.5]);
    expect(scripted).toEqual([false, true, false]);
  });

  test("needs no policy", async () => {
    world = await createTestWorld();
    const { controller, set } = createEcho("player", { heuristic: (actions) => actions.set("y", 5) });
    attach(controller);
    world.frames(1);
    expect(set).toEqual([1]); // clipped
  });

  test("that takes a masked alternative gets the first that is allowed", async () => {
    world = await createTestWorld();
    const taken: string[] = [];
    const allows = (name: string): boolean => name !== "open";
    const controller = new NeuralController("player", {
      sensors: [value("x", () => 0, { range: [-1, 1] })],
      actuators: [choice("door", ["open", "wait", "close"], (name) => taken.push(name), { allows })],
      heuristic: (actions) => actions.choose("door", taken.length === 0 ? "open" : "close"),
    });
    attach(controller);
    world.frames(7);
    expect(taken).toEqual(["wait", "close"]);
  });

  test.each([
    ["set", "fly", `needed an action of the agent, came "fly". Use one of: "y".`],
    ["choose", "door", `needed a choice of the agent, came "door". It has none.`],
  ] as const)("that writes to an unknown %s tells which there are", async (method, label, message) => {
    world = await createTestWorld();
    const { controller } = createEcho("player", {
      heuristic: (actions) => (method === "set" ? actions.set(label, 1) : actions.choose(label, "open")),
    });
    attach(controller);
    expect(messageOf(() => world.frames(1))).toBe(`NeuralController "player": ${message}`);
  });
});

describe("a decision's event", () => {
  test("tells observation and action, always in the same object", async () => {
    world = await createTestWorld();
    const { controller } = createEcho("guard", { gain: -4 });
    const seen: unknown[] = [];
    const objects = new Set<unknown>();
    controller.onDecisionObservable.add((decision) => {
      objects.add(decision);
      seen.push([decision.controller.name, [...decision.observation], [...decision.values]]);
    });
    attach(controller);
    world.frames(7);
    // -4 times 0.5 is clipped to -1.
    expect(seen).toEqual([
      ["guard", [0.5], [-1]],
      ["guard", [0.5], [-1]],
    ]);
    expect(objects.size).toBe(1);
  });
});

describe("switching off", () => {
  test("a disabled controller stops its actuators and decides nothing until it is enabled", async () => {
    world = await createTestWorld({ physics: true });
    const agent = world.box("agent", { mass: 1 });
    const { controller } = createEcho("guard", { senses: () => 1, actuators: [drive({ speed: 3 })] });
    agent.addBehavior(controller);
    world.frames(6);
    controller.enabled = false;
    const { z } = agent.position;
    world.frames(30);
    expect(agent.position.z).toBe(z);
    controller.enabled = true;
    world.frames(30);
    expect(agent.position.z).toBeGreaterThan(z + 1);
  });

  test("a paused controller goes on where it was", async () => {
    world = await createTestWorld();
    const { controller, set } = createEcho("guard");
    let decisions = 0;
    controller.onDecisionObservable.add(() => (decisions += 1));
    attach(controller);
    world.frames(3);
    controller.paused = true;
    world.frames(100);
    expect([decisions, set.length]).toEqual([1, 3]);
    controller.paused = false;
    world.frames(3);
    expect(decisions).toBe(1);
    world.frames(1);
    expect(decisions).toBe(2);
  });

  test("nothing happens while the node is disabled", async () => {
    world = await createTestWorld();
    const { controller, set } = createEcho("guard");
    attach(controller).setEnabled(false);
    world.frames(10);
    expect(set).toEqual([]);
  });
});

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

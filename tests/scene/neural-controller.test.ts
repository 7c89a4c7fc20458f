import type { TransformNode } from "@babylonjs/core/Meshes/transformNode.js";
import { afterEach, describe, expect, test } from "vitest";
import { choice } from "../../plugin/scene/actuators/choice.ts";
import { drive } from "../../plugin/scene/actuators/drive.ts";
import { setter } from "../../plugin/scene/actuators/setter.ts";
import { NeuralController } from "../../plugin/scene/neural-controller.ts";
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

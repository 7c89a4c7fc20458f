import { afterEach, describe, expect, it } from "vitest";
import { Random } from "../../../plugin/core/random.ts";
import type { PlanRules } from "../../../plugin/scene/lesson-plan/plan-rules.ts";
import { Pose } from "../../../plugin/scene/pose.ts";
import { createTestWorld, face, messageOf, type TestWorld } from "../test-world.ts";
import { rulesFor } from "./try-rules.ts";

let world: TestWorld;
afterEach(() => world?.dispose());

/** How an episode stands after a step of a tenth of a second. */
function after(rules: PlanRules, move: () => void = () => {}): string {
  rules.begin(new Random(1));
  move();
  rules.step(0.1);
  return `${rules.outcome}${rules.succeeded ? ", succeeded" : ""}`;
}

describe("Ends", () => {
  it("reached: at the target, a success", async () => {
    world = await createTestWorld();
    const agent = world.node("agent");
    world.node("ball", [0, 0, 3]);
    const rules = rulesFor(agent, { ends: [{ kind: "reached", options: { target: "ball", within: 1 }, reward: 5 }] });
    expect(after(rules)).toBe("running");
    expect(after(rules, () => agent.position.set(0, 0, 2.1))).toBe("terminated, succeeded");
    expect(rules.scores[0]).toMatchObject({ place: "ends[0]", kind: "reached", unit: "each", sum: 5 });
  });

  it("fell: tipped over, or below where it began", async () => {
    world = await createTestWorld();
    const agent = world.node("agent", [0, 2, 0]);
    const rules = rulesFor(agent, { ends: [{ kind: "fell", options: { tilt: 1, depth: 0.5 } }] });
    expect(after(rules, () => agent.position.set(0, 1.6, 0))).toBe("running");
    expect(after(rules, () => agent.position.set(0, 1.4, 0))).toBe("terminated");
    expect(after(rules, () => agent.rotation.set(0, 0, 1.1))).toBe("terminated");
  });

  it("left: outside of the area", async () => {
    world = await createTestWorld();
    const agent = world.node("agent");
    const rules = rulesFor(agent, { ends: [{ kind: "left", options: { area: [-1, -2, 3, 4] } }] });
    expect(after(rules, () => agent.position.set(2.9, 0, 3.9))).toBe("running");
    expect(after(rules, () => agent.position.set(3.1, 0, 0))).toBe("terminated");
    expect(after(rules, () => agent.position.set(0, 0, -2.1))).toBe("terminated");
  });

  it("touched: a node, a success where the plan says so", async () => {
    world = await createTestWorld();
    const agent = world.box("agent");
    world.box("wall", { at: [3, 0, 0] });
    world.box("door", { at: [-3, 0, 0] });
    const ends = [{ kind: "touched", options: { target: "door" }, succeeded: true }];
    const rules = rulesFor(agent, { ends });
    expect(after(rules, () => agent.position.set(2.5, 0, 0))).toBe("running");
    expect(after(rules, () => agent.position.set(-2.5, 0, 0))).toBe("terminated, succeeded");
  });

  it("timeLimit: cut off, not terminated", async () => {
    world = await createTestWorld();
    const rules = rulesFor(world.node("agent"), { ends: [{ kind: "timeLimit", options: { seconds: 1 } }] });
    rules.begin(new Random(1));
    for (let i = 0; i < 9; i++) rules.step(0.1);
    expect(rules.outcome).toBe("running");
    rules.step(0.1);
    expect(rules.outcome).toBe("truncated");
  });

  it("keep the first of two in the same step", async () => {
    world = await createTestWorld();
    const agent = world.node("agent");
    world.node("ball", [0, 0, 3]);
    const ends = [
      { kind: "left", options: { area: [-1, -1, 1, 1] }, reward: -1 },
      { kind: "reached", options: { target: "ball", within: 2 }, reward: 1 },
    ];
    const rules = rulesFor(agent, { ends });
    expect(after(rules, () => agent.position.set(0, 0, 2))).toBe("terminated");
    expect(rules.scores.map(({ sum }) => sum)).toEqual([-1, 0]);
  });
});

describe("Resets", () => {
  it("put nodes into the area, apart from one another, turned or not", async () => {
    world = await createTestWorld();
    const agent = world.node("agent", [0, 1, 0]);
    const ball = world.node("ball", [0, 2, 0]);
    const area = [-5, 10, 5, 20];
    const resets = [
      { kind: "randomPose", node: "ball", options: { area, turned: false, apart: 3 } },
      { kind: "randomPose", node: "agent", options: { area, apart: 3 } },
    ];
    const rules = rulesFor(agent, { resets });
    const random = new Random(3);
    const yaws = new Set<number>();
    for (let i = 0; i < 100; i++) {
      rules.begin(random);
      for (const { position } of [agent, ball]) {
        expect(Math.abs(position.x)).toBeLessThanOrEqual(5);
        expect(position.z).toBeGreaterThanOrEqual(10);
        expect(position.z).toBeLessThanOrEqual(20);
      }
      expect(agent.position.y).toBe(1);
      expect(ball.position.y).toBe(2);
      const away = Math.hypot(agent.position.x - ball.position.x, agent.position.z - ball.position.z);
      expect(away).toBeGreaterThanOrEqual(3);
      expect(ball.rotation.y).toBeCloseTo(0, 6);
      yaws.add(Math.round(agent.rotation.y * 10));
    }
    expect(yaws.size).toBeGreaterThan(30);
  });

  it("put nodes into the area of the world, wherever their parent stands and however it is turned or mirrored", async () => {
    world = await createTestWorld();
    const agent = world.node("agent", [1, 2, 3]);
    const resets = [{ kind: "randomPose", node: "agent", options: { area: [2, 10, 5, 20] } }];
    const poses = [];
    for (const isUnderRoot of [false, true]) {
      if (isUnderRoot) {
        const root = world.node("__root__", [7, 0.5, -2]);
        root.scaling.set(2, 2, -2);
        face(root, 1);
        agent.position.set(1, 2, 3);
        agent.rotation.setAll(0);
        agent.setParent(root);
      }
      const rules = rulesFor(agent, { resets });
      rules.begin(new Random(3));
      const { position, forward } = new Pose().read(agent);
      poses.push([...position.asArray(), ...forward.asArray()].map((value) => Math.round(value * 1e4) / 1e4 + 0));
      rules.dispose();
    }
    expect(poses[1]).toEqual(poses[0]);
  });

  it("take the roomiest place where nothing is far enough", async () => {
    world = await createTestWorld();
    const agent = world.node("agent");
    world.node("ball", [0, 0, 0]);
    const rewards = [{ kind: "approach", weight: 1, options: { target: "ball" } }];
    const resets = [{ kind: "randomPose", node: "agent", options: { area: [-1, -1, 1, 1], apart: 50 } }];
    const rules = rulesFor(agent, { rewards, resets });
    rules.begin(new Random(3));
    // Of 64 places in a square of 2 × 2 the farthest from its middle is near a corner.
    expect(Math.hypot(agent.position.x, agent.position.z)).toBeGreaterThan(1);
  });

  it("put a target around the agent, wherever that begins, and inside of an area", async () => {
    world = await createTestWorld();
    const agent = world.node("agent");
    const ball = world.node("ball");
    const area = [-6, -6, 6, 6];
    const resets = [
      { kind: "randomTarget", node: "ball", options: { nearest: 2, farthest: 4, area } },
      { kind: "randomPose", node: "agent", options: { area } },
    ];
    const rules = rulesFor(agent, { resets });
    const random = new Random(4);
    for (let i = 0; i < 50; i++) {
      rules.begin(random);
      const away = Math.hypot(agent.position.x - ball.position.x, agent.position.z - ball.position.z);
      expect(away).toBeGreaterThanOrEqual(2 - 1e-6);
      expect(away).toBeLessThanOrEqual(4 + 1e-6);
      expect(Math.max(Math.abs(ball.position.x), Math.abs(ball.position.z))).toBeLessThanOrEqual(6);
    }
  });

  it("bring the agent back where it stood, turned as it was", async () => {
    world = await createTestWorld();
    const agent = world.node("agent", [1, 2, 3]);
    face(agent, 0.5);
    const rules = rulesFor(agent, { resets: [{ kind: "samePose", node: "agent" }] });
    agent.position.set(9, 9, 9);
    face(agent, 2);
    rules.begin(new Random(1));
    expect(agent.position.asArray()).toEqual([1, 2, 3]);
    expect(agent.rotationQuaternion!.toEulerAngles().y).toBeCloseTo(0.5, 6);
  });

  it("begin alike from the same seed", async () => {
    world = await createTestWorld();
    const agent = world.node("agent");
    const rules = rulesFor(agent, { resets: [{ kind: "randomPose", node: "agent" }] });
    const place = (seed: number): number[] => {
      rules.begin(new Random(seed));
      return agent.position.asArray();
    };
    expect(place(5)).toEqual(place(5));
    expect(place(5)).not.toEqual(place(6));
  });
});

describe("Scores", () => {
  it("tell what each term gave at the last decision, per second and in all, weighed", async () => {
    world = await createTestWorld();
    const agent = world.node("agent");
    world.node("ball", [0, 0, 10]);
    const rewards = [
      { kind: "approach", weight: 2, options: { target: "ball" } },
      { kind: "time", weight: 0.5 },
    ];
    const rules = rulesFor(agent, { rewards });
    rules.begin(new Random(1));
    agent.position.z = 1;
    rules.step(0.5);
    rules.decided();
    agent.position.z = 4;
    rules.step(0.5);
    // 1 m and then 3 m, at 2 a metre, in 1 s.
    expect(rules.scores[0]).toMatchObject({ place: "rewards[0]", kind: "approach", last: 2, sum: 8, perSecond: 8 });
    expect(rules.scores[1]).toMatchObject({ kind: "time", last: -0.25, sum: -0.5, perSecond: -0.5 });
    rules.decided();
    expect(rules.scores[0].last).toBe(6);
    rules.begin(new Random(1));
    expect(rules.scores[0]).toMatchObject({ last: 0, sum: 0, perSecond: 0 });
  });
});

describe("Rules that cannot work", () => {
  it("are refused before anything moves", async () => {
    world = await createTestWorld();
    const agent = world.node("agent");
    const rewards = [{ kind: "approach", weight: 1, options: { target: "bal" } }];
    expect(messageOf(() => rulesFor(agent, { rewards }))).toBe(
      'Lesson plan, rewards[0].options.target: needed the id of a node of the scene, came "bal". Click the node that is meant.',
    );
  });
});

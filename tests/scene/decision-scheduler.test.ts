import { afterEach, expect, test } from "vitest";
import { setter } from "../../plugin/scene/actuators/setter.ts";
import { DecisionScheduler } from "../../plugin/scene/decision-scheduler.ts";
import { NeuralController } from "../../plugin/scene/neural-controller.ts";
import { value } from "../../plugin/scene/sensors/value.ts";
import { LinearPolicy } from "./linear-policy.ts";
import { createTestWorld, type TestWorld } from "./test-world.ts";

let world: TestWorld;
afterEach(() => world?.dispose());

/** So many agents; number `i` senses `i / 100`. */
function createGuards(count: number, phase: number | "spread" = 0): { guards: NeuralController[]; set: number[][] } {
  const set = Array.from({ length: count }, (): number[] => []);
  const guards = set.map((numbers, i) => {
    const guard = new NeuralController(`guard ${i}`, {
      sensors: [value("x", () => i / 100, { range: [-1, 1] })],
      actuators: [setter("y", (number) => numbers.push(Math.round(number * 1e4) / 1e4))],
      phase,
    });
    world.node(`golem ${i}`).addBehavior(guard);
    return guard;
  });
  return { guards, set };
}

test("controllers that share a policy decide in one batch, each with its own row", async () => {
  world = await createTestWorld();
  const { guards, set } = createGuards(9);
  const policy = new LinearPolicy(guards[0].role, [2]);
  for (const guard of guards) guard.policy = policy;
  world.frames(1);
  expect(policy.calls).toEqual(["9 greedy"]);
  expect(set.map(([first]) => first)).toEqual([0, 0.02, 0.04, 0.06, 0.08, 0.1, 0.12, 0.14, 0.16]);
});

test("each policy, and each way of deciding, has a batch of its own", async () => {
  world = await createTestWorld();
  const { guards, set } = createGuards(5);
  const twice = new LinearPolicy(guards[0].role, [2]);
  const thrice = new LinearPolicy(guards[0].role, [3]);
  guards.forEach((guard, i) => (guard.policy = i % 2 === 0 ? twice : thrice));
  guards[4].greedy = false;
  world.frames(1);
  expect([twice.calls, thrice.calls]).toEqual([["2 greedy", "1"], ["2 greedy"]]);
  expect(set.map(([first]) => first)).toEqual([0, 0.03, 0.04, 0.09, 0.08]);
});

test("spread phases put controllers into different frames of a period", async () => {
  world = await createTestWorld();
  const { guards } = createGuards(6, "spread");
  const policy = new LinearPolicy(guards[0].role, [1]);
  for (const guard of guards) guard.policy = policy;
  world.frames(60);
  // Six agents and six frames to a period: nearly one a frame, where all in one frame would be ten calls.
  expect(policy.calls.length).toBeGreaterThan(40);
  expect(Math.max(...policy.calls.map((call) => parseInt(call)))).toBeLessThanOrEqual(2);
});

test("a phase delays the first decision by that share of the period", async () => {
  world = await createTestWorld();
  const { guards, set } = createGuards(1, 0.5);
  guards[0].policy = new LinearPolicy(guards[0].role, [1]);
  world.frames(3);
  expect(set[0]).toEqual([]);
  world.frames(1);
  expect(set[0].length).toBe(1);
});

test("each scene has a scheduler of its own, always the same", async () => {
  world = await createTestWorld();
  const other = await createTestWorld();
  expect(DecisionScheduler.of(world.scene)).toBe(DecisionScheduler.of(world.scene));
  expect(DecisionScheduler.of(world.scene)).not.toBe(DecisionScheduler.of(other.scene));
  other.dispose();
});

test("agents act without a rendered frame when it is advanced by hand", async () => {
  world = await createTestWorld();
  const { guards, set } = createGuards(2);
  for (const guard of guards) guard.policy = new LinearPolicy(guard.role, [1]);
  DecisionScheduler.of(world.scene).advance(0.05);
  expect(set).toEqual([[0], [0.01]]);
});

test("controllers that come later join the batch, and those that go leave it", async () => {
  world = await createTestWorld();
  const { guards } = createGuards(3);
  const policy = new LinearPolicy(guards[0].role, [1]);
  guards[0].policy = policy;
  world.frames(6);
  guards[1].policy = policy;
  guards[2].policy = policy;
  world.frames(6);
  guards[0].dispose();
  world.frames(6);
  expect(policy.calls).toEqual(["1 greedy", "3 greedy", "2 greedy"]);
});

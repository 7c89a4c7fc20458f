import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterEach, expect, test } from "vitest";
import { Random } from "../../../plugin/core/random.ts";
import { REWARD_FORMS } from "../../../plugin/scene/lesson-plan/reward-registry.ts";
import { createTestWorld, type TestWorld } from "../test-world.ts";
import { rulesFor } from "./try-rules.ts";

setFlagsFromString("--expose-gc");
/**
 * Bytes of a step. A number that one function hands to another may be boxed by the engine, 16 bytes each: up to 33 of them were seen, as it
 * happened to inline. A vector for each of the 17 rules would be 950.
 */
const MOST = 800;
const collectGarbage = runInNewContext("gc") as () => void;
let world: TestWorld;
afterEach(() => world?.dispose());

test("a step of every term and end makes no vectors", async () => {
  world = await createTestWorld();
  const agent = world.box("agent");
  world.box("ball", { at: [0, 0, 9] });
  const rewards = REWARD_FORMS.map(({ kind, fields }) => ({
    kind,
    weight: 1,
    options: fields.some(({ type }) => type === "node") ? { target: "ball" } : {},
  }));
  const ends = [
    { kind: "reached", options: { target: "ball" } },
    { kind: "fell" },
    { kind: "left" },
    { kind: "touched", options: { with: ["wall"] } },
    { kind: "timeLimit", options: { seconds: 1e9 } },
  ];
  const rules = rulesFor(agent, { rewards, ends });
  rules.begin(new Random(1));
  const work = (steps: number): void => {
    for (let i = 0; i < steps; i++) {
      agent.position.x = Math.sin(i);
      rules.step(1 / 60);
      if (i % 6 === 0) rules.decided();
    }
  };
  work(20_000); // until it is compiled
  let least = Infinity;
  for (const from = performance.now(); performance.now() - from < 10_000 && least >= MOST;) {
    await new Promise((resolve) => setImmediate(resolve));
    collectGarbage();
    const before = process.memoryUsage().heapUsed;
    work(2000);
    least = Math.min(least, Math.abs(process.memoryUsage().heapUsed - before) / 2000);
  }
  expect(least).toBeLessThan(MOST);
}, 60_000);

import { afterEach, describe, expect, it } from "vitest";
import { loadHavok } from "../../../plugin/headless.ts";
import { examinePlan } from "../../../plugin/scene/lesson-plan/examine-plan.ts";
import { planEnvironment } from "../../../plugin/scene/lesson-plan/plan-environment.ts";
import { localWorker, type LocalWorker } from "../../learn/local-worker.ts";
import { createTestWorld, type TestWorld } from "../test-world.ts";
import { buildReachScene, REACH_PLAN } from "./reach-scene.ts";

let world: TestWorld;
afterEach(() => world?.dispose());

/** A worker of plans, on this thread. */
const planWorker = (): LocalWorker => localWorker((request) => planEnvironment(request, loadHavok));

describe("examinePlan", () => {
  it("finds no fault in a sound lesson, and leaves the scene as it is", async () => {
    world = await createTestWorld();
    const { box } = buildReachScene(world.scene);
    const place = box.position.asArray();
    const diagnoses = await examinePlan(planWorker, world.scene, REACH_PLAN, { decisions: 2048 });
    expect(diagnoses.filter(({ severity }) => severity === "fault")).toEqual([]);
    expect([box.position.asArray(), world.scene.meshes.length]).toEqual([place, 3]);
  });

  it("says what would keep an agent from learning", async () => {
    world = await createTestWorld();
    buildReachScene(world.scene);
    const rewards = REACH_PLAN.rewards.map((term) => ({ ...term, weight: 1e5 * term.weight }));
    const plan = { ...REACH_PLAN, rewards };
    const diagnoses = await examinePlan(planWorker, world.scene, plan, { decisions: 2048 });
    expect(diagnoses.map(({ rule }) => rule)).toContain("reward-scale");
  });

  it("refuses a plan with a fault before a worker is made", async () => {
    world = await createTestWorld();
    buildReachScene(world.scene);
    let made = 0;
    const plan = { ...REACH_PLAN, rewards: [{ kind: "approach", weight: 1 }] };
    const makeWorker = (): LocalWorker => {
      made += 1;
      return planWorker();
    };
    await expect(examinePlan(makeWorker, world.scene, plan)).rejects.toThrow(
      /^examinePlan, lesson plan "[^"]+", rewards\[0\]/,
    );
    expect(made).toBe(0);
  });
});

import { afterEach, describe, expect, it } from "vitest";
import { loadHavok } from "../../../plugin/headless.ts";
import type { TrainingProgress } from "../../../plugin/learn/messages.ts";
import { ppo } from "../../../plugin/learn/ppo.ts";
import type { Havok } from "../../../plugin/scene/headless-scene.ts";
import { evaluateLesson } from "../../../plugin/scene/evaluate-lesson.ts";
import { attachController } from "../../../plugin/scene/keep/attach-controller.ts";
import { lessonEnvironment } from "../../../plugin/scene/lesson-environment.ts";
import { lessonFromPlan } from "../../../plugin/scene/lesson-plan/lesson-from-plan.ts";
import { planEnvironment } from "../../../plugin/scene/lesson-plan/plan-environment.ts";
import { teachPlan } from "../../../plugin/scene/lesson-plan/teach-plan.ts";
import { packScene } from "../../../plugin/scene/packed/pack-scene.ts";
import { localWorker, type LocalWorker } from "../../learn/local-worker.ts";
import { createTestWorld, messageOf, type TestWorld } from "../test-world.ts";
import { buildReachScene, REACH_PLAN, SEEKER } from "./reach-scene.ts";

let world: TestWorld;
afterEach(() => world?.dispose());

const SETTINGS = ppo({ seed: 3, decisions: 512, stepsPerRollout: 16, minibatchSize: 64 });

/** A worker of plans, on this thread. */
function planWorker(): LocalWorker {
  return localWorker((request) => planEnvironment(request, loadHavok));
}

describe("A lesson without code", () => {
  it("is taught in a worker that knows nothing of it beforehand", async () => {
    world = await createTestWorld();
    const { box, ball } = buildReachScene(world.scene);
    const places = [box.position.asArray(), ball.position.asArray()];
    const run = teachPlan(planWorker, world.scene, REACH_PLAN, SETTINGS, { arenas: 4 });
    const { policies, decisions } = await run.finished;
    expect(decisions).toBe(512);
    expect(policies["seeker"].role.action.continuous).toEqual(["drive", "turn"]);
    expect([box.position.asArray(), ball.position.asArray()]).toEqual(places);
    expect(world.scene.meshes.length).toBe(3);
  });

  it("is taught with the physics of its scene", async () => {
    world = await createTestWorld({ physics: true, gravity: 9.81 });
    buildReachScene(world.scene);
    const run = teachPlan(planWorker, world.scene, REACH_PLAN, { ...SETTINGS, decisions: 128 }, { arenas: 4 });
    const { decisions } = await run.finished;
    expect(decisions).toBe(128);
  });

  it("tells what each term of the reward gives in an episode, which adds up to the return", async () => {
    world = await createTestWorld();
    buildReachScene(world.scene);
    const plan = { ...REACH_PLAN, timeLimitSeconds: 1.5 };
    const run = teachPlan(planWorker, world.scene, plan, SETTINGS, { arenas: 4, workers: 2 });
    const told: TrainingProgress[] = [];
    run.onProgressObservable.add((progress) => told.push(progress));
    await run.finished;
    const { episodes, meanReturn, meanTerms } = told[told.length - 1];
    expect(episodes).toBeGreaterThan(8);
    expect(Object.keys(meanTerms)).toEqual(["rewards[0] approach", "rewards[1] time", "ends[0] reached"]);
    expect(meanTerms["rewards[1] time"]).toBeLessThan(0);
    expect(Object.values(meanTerms).reduce((sum, term) => sum + term, 0)).toBeCloseTo(meanReturn, 5);
  });

  it("tells of what stands still while it is taught", async () => {
    world = await createTestWorld();
    buildReachScene(world.scene);
    world.box("lamp").parent = world.scene.cameras[0];
    const run = teachPlan(planWorker, world.scene, REACH_PLAN, { ...SETTINGS, decisions: 64 }, { arenas: 4 });
    const heard: string[] = [];
    run.onNoticeObservable.add((text) => heard.push(text));
    await run.finished;
    expect(heard).toEqual([
      'teachPlan: "lamp" has what moves with its parent: its parent "camera" is left out; while teaching it stays where it is now.',
    ]);
  });

  it("is refused with its first fault before a worker is made", async () => {
    world = await createTestWorld();
    buildReachScene(world.scene);
    let made = 0;
    const plan = { ...REACH_PLAN, rewards: [{ kind: "approach", weight: 1 }], resets: [{ kind: "fly", node: "box" }] };
    const teach = (): unknown =>
      teachPlan(
        () => {
          made += 1;
          return planWorker();
        },
        world.scene,
        plan,
        SETTINGS,
      );
    expect(messageOf(teach)).toBe(
      'teachPlan, lesson plan "reach the ball", rewards[0].options.target: needed a node of the scene, came none. Click the node that is meant. There are 2 faults: see checkPlan.',
    );
    expect(made).toBe(0);
  });

  it("fails in the worker with a clear word for settings of another kind", async () => {
    await expect(planEnvironment({ settings: { difficulty: 1 } })).rejects.toThrow(
      "servePlans: needed a lesson plan, its controller and its scene as settings, came something else. Begin the run with teachPlan or teachHere.",
    );
  });
});

describe("Arenas of a plan", () => {
  it("stand apart, each with its own ball, and begin from the seed", async () => {
    world = await createTestWorld();
    buildReachScene(world.scene);
    const lesson = lessonFromPlan(REACH_PLAN, SEEKER, packScene(world.scene).scene);
    // The ground of 24 and twice the longest reach of 20.
    expect(lesson.arenaSpacing).toBe(64);
    const environment = lessonEnvironment(lesson, { arenas: 9 });
    const alone = lessonEnvironment(lesson, { arenas: 1 });
    environment.reset(5);
    alone.reset(5);
    const group = environment.groups["seeker"];
    for (let agent = 0; agent < 9; agent++) {
      const [, , distance, visible] = group.observations.subarray(4 * agent);
      expect(visible).toBe(1);
      // Apart by 3 of the maximum of 20.
      expect(distance).toBeGreaterThanOrEqual(0.15);
    }
    const first = [...alone.groups["seeker"].observations];
    [...group.observations.subarray(0, 4)].forEach((seen, i) => expect(seen).toBeCloseTo(first[i], 4));
    environment.dispose();
    alone.dispose();
  });

  it("pay for metres and for getting there, and truncate at the time limit", async () => {
    world = await createTestWorld();
    buildReachScene(world.scene);
    const resets = [{ kind: "samePose", node: "ball" }];
    const plan = { ...REACH_PLAN, resets, timeLimitSeconds: 1 };
    const lesson = lessonFromPlan(plan, SEEKER, packScene(world.scene).scene);
    const environment = lessonEnvironment(lesson);
    environment.reset(1);
    const group = environment.groups["seeker"];
    group.actions.continuous.fill(0);
    let sum = 0;
    for (let step = 0; step < 10; step++) {
      environment.step();
      sum += group.rewards[0];
      expect(group.truncated[0]).toBe(step === 9 ? 1 : 0);
    }
    // Nothing but 1 s at 0.05.
    expect(sum).toBeCloseTo(-0.05, 5);
    environment.dispose();
  });

  it("take physics as the scene has them, or as the plan says", async () => {
    world = await createTestWorld({ physics: true });
    buildReachScene(world.scene);
    const { scene } = packScene(world.scene);
    expect(lessonFromPlan(REACH_PLAN, SEEKER, scene).physics).toBe(true);
    expect(lessonFromPlan({ ...REACH_PLAN, physics: false }, SEEKER, scene).physics).toBe(false);
  });

  it("refuse a plan whose nodes were not packed", async () => {
    world = await createTestWorld();
    const { ball } = buildReachScene(world.scene);
    ball.doNotSerialize = true;
    const { scene } = packScene(world.scene);
    expect(messageOf(() => lessonFromPlan(REACH_PLAN, SEEKER, scene))).toBe(
      'Lesson plan "reach the ball", rewards[0].options.target: needed the id of a node of the scene, came "ball". Click the node that is meant.',
    );
  });
});

describe("A box with physics", () => {
  it("gets as far in the worker's scene as in the visible one", async () => {
    const havok: Havok = await loadHavok();
    world = await createTestWorld({ physics: true, gravity: 9.81 });
    const { box } = buildReachScene(world.scene);
    const resets = [{ kind: "samePose", node: "ball" }];
    const plan = { ...REACH_PLAN, resets, ends: [], timeLimitSeconds: 30 };
    const environment = lessonEnvironment(lessonFromPlan(plan, SEEKER, packScene(world.scene).scene), { havok });
    environment.reset(1);
    const group = environment.groups["seeker"];
    // Straight on at 3 m/s for 2 s, in both.
    group.actions.continuous.set([1, 0]);
    for (let step = 0; step < 20; step++) environment.step();
    const controller = attachController(box, SEEKER);
    controller.heuristic = (actions) => actions.set("drive", 1);
    world.frames(120);
    const ball = world.scene.getMeshById("ball")!;
    const distance = ball.position.subtract(box.position).length() / 20;
    expect(group.observations[2]).toBeCloseTo(distance, 3);
    environment.dispose();
  });
});

describe("What was taught", () => {
  it("can be judged by the lesson itself", async () => {
    world = await createTestWorld();
    buildReachScene(world.scene);
    const run = teachPlan(planWorker, world.scene, REACH_PLAN, SETTINGS, { arenas: 4 });
    await run.finished;
    const lesson = lessonFromPlan(REACH_PLAN, SEEKER, packScene(world.scene).scene);
    const { episodes, meanLength } = await evaluateLesson(run.policies["seeker"], lesson, { episodes: 3, seed: 1 });
    expect(episodes).toBe(3);
    expect(meanLength).toBeLessThanOrEqual(150);
  });
});

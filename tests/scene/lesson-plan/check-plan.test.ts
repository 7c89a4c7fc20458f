import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import { NeuralController } from "../../../plugin/scene/neural-controller.ts";
import { drive } from "../../../plugin/scene/actuators/drive.ts";
import { value } from "../../../plugin/scene/sensors/value.ts";
import { checkPlan } from "../../../plugin/scene/lesson-plan/check-plan.ts";
import type { LessonPlan } from "../../../plugin/scene/lesson-plan/plan.ts";
import { createTestWorld, type TestWorld } from "../test-world.ts";
import { buildReachScene, REACH_PLAN, SEEKER } from "./reach-scene.ts";

let world: TestWorld;
afterEach(() => world?.dispose());

/** What is said about the plan after a change, as `severity place: words`. */
async function complaints(change: object): Promise<string[]> {
  world = await createTestWorld();
  buildReachScene(world.scene);
  return checkPlan({ ...REACH_PLAN, ...change }, world.scene).map(
    ({ severity, place, words }) => `${severity} ${place}: ${words}`,
  );
}

describe("A plan that is held against its scene", () => {
  it("has nothing wrong", async () => {
    expect(await complaints({})).toEqual([]);
  });

  it("is told everything that is wrong, not only the first", async () => {
    const change: Partial<LessonPlan> = {
      name: "",
      node: "bax",
      physics: true,
      timeLimitSeconds: -1,
      stepsPerSecond: 64,
      rewards: [
        { kind: "aproach", weight: 1 },
        { kind: "approach", weight: Number.NaN, options: { target: "bal", speed: 3 } },
        { kind: "holdSpeed", weight: 0, options: { tolerance: 0 } },
      ],
      ends: [{ kind: "left", options: { area: [5, 0, 0, 5] }, reward: 1 }],
      resets: [{ kind: "randomTarget", node: "ball", options: { nearest: 5, farthest: 2 } }],
    };
    expect(await complaints(change)).toEqual([
      'fault name: needed a name, came "". Call the lesson e.g. "reach the ball".',
      'fault node: needed the id of a node of the scene, came "bax". Click the node that is to be taught.',
      "fault controller: needed the name of the node's controller (none), came \"seeker\". Add a neural controller to the node, or choose the lesson's anew.",
      "fault physics: needed a scene with a physics engine, came one without. Switch it off.",
      "fault timeLimitSeconds: needed a number above 0 in s, came -1. Move the slider, or leave it out for 20 s.",
      "fault stepsPerSecond: needed a multiple of the controller's 10 decisions a second, came 64. Let it decide e.g. 10 times a second.",
      'fault rewards[0].kind: needed a kind of reward term ("approach", "reach", "keepDistance", "face", "stayUpright", "moveForward", "holdSpeed", "avoidContact", "collect", "survive", "effort", "time"), came "aproach". Choose one of them.',
      'fault rewards[1].options.target: needed the id of a node of the scene, came "bal". Click the node that is meant.',
      'doubt rewards[1].options.speed: needed an option of Approach ("target"), came "speed". It has no effect: take it out.',
      "fault rewards[1].weight: needed a number, came null. Move the slider.",
      'fault rewards[2].options.tolerance: needed a number above 0 in m/s, came 0. Move the slider of "Tolerance".',
      "doubt rewards[2].weight: needed a weight other than 0, came 0. The term has no effect: take it out or weigh it.",
      "fault ends[0].options.area: needed a rectangle whose least edges come first, came [5, 0, 0, 5]. Draw it again.",
      "fault resets[0].options.farthest: needed at least the nearest distance of 5 m, came 2 m. Move one of the sliders.",
    ]);
  });

  it("is told what would teach nothing", async () => {
    const change: Partial<LessonPlan> = {
      rewards: [],
      ends: [{ kind: "touched" }, { kind: "reached", options: { target: "box" } }],
      resets: [
        { kind: "samePose", node: "box" },
        { kind: "samePose", node: "box" },
      ],
    };
    expect(await complaints(change)).toEqual([
      "fault rewards: needed something that is rewarded, came nothing. Add a term, e.g. Approach.",
      "doubt resets: needed a random reset, came none. The agent may learn one way by heart: add a Random pose.",
      'fault resets[1].node: needed one reset for each node, came a second one for "box". Take one out.',
      'doubt ends[0].options.with: needed tags of what counts, came none. The floor counts as touched, too: name e.g. "wall".',
      'fault ends[1].options.target: needed another node than the agent itself, came "box". Click the node that is meant.',
    ]);
  });

  it("is told of a live controller that is code", async () => {
    world = await createTestWorld();
    const { box } = buildReachScene(world.scene);
    box.metadata = null;
    const sensors = [value("health", () => 1)];
    box.addBehavior(new NeuralController("seeker", { sensors, actuators: [drive({ speed: 1 })] }));
    const [problem, ...others] = checkPlan(REACH_PLAN, world.scene);
    expect(problem).toMatchObject({ place: "controller", severity: "fault" });
    expect(problem.words).toContain('describeController "seeker"');
    expect(problem.words).toContain("health");
    expect(others).toEqual([]);
  });

  it("takes a live controller where none is kept", async () => {
    world = await createTestWorld();
    const { box } = buildReachScene(world.scene);
    box.metadata = null;
    expect(checkPlan(REACH_PLAN, world.scene).map(({ place }) => place)).toEqual(["controller"]);
    expect(checkPlan(REACH_PLAN, world.scene, SEEKER)).toEqual([]);
  });
});

describe("Whatever somebody's file holds", () => {
  it("gives problems and never an error", async () => {
    world = await createTestWorld();
    const { box } = buildReachScene(world.scene);
    const plan = structuredClone(REACH_PLAN) as unknown as Record<string, unknown>;
    const key = fc.constantFrom("rewards", "ends", "resets", "node", "options", "kind", "area", "__proto__", "weight");
    const json = fc.jsonValue({ maxDepth: 4 });
    const broken = fc.oneof(
      json,
      fc.dictionary(key, json),
      fc.tuple(fc.constantFrom(...Object.keys(plan)), json).map(([field, hostile]) => ({ ...plan, [field]: hostile })),
      json.map((hostile) => ({ ...plan, rewards: [{ kind: "approach", weight: 1, options: hostile }] })),
      fc.array(json).map((hostile) => ({ ...plan, resets: hostile })),
    );
    fc.assert(
      fc.property(broken, json, (hostile, kept) => {
        box.metadata = { babylonNeural: kept };
        for (const { place, words, severity } of checkPlan(hostile, world.scene, SEEKER)) {
          expect(typeof place).toBe("string");
          expect(words).toMatch(/^needed .*, came .*\. .*\.$/s);
          expect(["fault", "doubt"]).toContain(severity);
        }
        checkPlan(hostile, world.scene);
      }),
      { numRuns: 2000, seed: 7 },
    );
  });
});

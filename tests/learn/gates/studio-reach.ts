import { FreeCamera } from "@babylonjs/core/Cameras/freeCamera.js";
import { AppendSceneAsync } from "@babylonjs/core/Loading/sceneLoader.js";
import "@babylonjs/core/Loading/Plugins/babylonFileLoader.js";
import "@babylonjs/core/Materials/colorCurves.js";
import "@babylonjs/core/Materials/standardMaterial.js";
import "@babylonjs/core/Meshes/groundMesh.js";
import { Vector3 } from "@babylonjs/core/Maths/math.vector.js";
import { SceneSerializer } from "@babylonjs/core/Misc/sceneSerializer.js";
import type { PolicyData } from "../../../plugin/core/policy.ts";
import { Random } from "../../../plugin/core/random.ts";
import { loadHavok } from "../../../plugin/headless.ts";
import { ppo } from "../../../plugin/learn/ppo.ts";
import { createHeadlessScene, type Havok } from "../../../plugin/scene/headless-scene.ts";
import { keepController } from "../../../plugin/scene/keep/keep-controller.ts";
import { embedPolicy } from "../../../plugin/scene/keep/policy-keeping.ts";
import { restoreControllers } from "../../../plugin/scene/keep/restore-controllers.ts";
import { PlanRules } from "../../../plugin/scene/lesson-plan/plan-rules.ts";
import { sceneSite } from "../../../plugin/scene/lesson-plan/scene-site.ts";
import { teachPlan } from "../../../plugin/scene/lesson-plan/teach-plan.ts";
import { startWorker } from "../../../scripts/start-worker.ts";
import { gate, type GateGroup } from "../../bench/report.ts";
import { addReachBodies, buildReachScene, REACH_PLAN, SEEKER } from "../../scene/lesson-plan/reach-scene.ts";

const WORKER = new URL("../../../scripts/recipes/plan.worker.ts", import.meta.url);
const FIRST_SEED = 101;
/** Resets that nobody has met while learning. */
const EXAM_SEED = 2_000_003;

/** A lesson without code, from a scene that was put together by hand to the same scene saved, loaded and played. */
export default {
  name: "studio-reach",
  describe: "a box that is taught to reach a ball by a lesson without code, saved with its scene, loaded and played",
  async run({ seeds = 3, smoke, log }) {
    const havok = await loadHavok();
    const resets = smoke ? 20 : 100;
    const decisions = smoke ? 30_000 : 80_000;
    const list = Array.from({ length: smoke ? 1 : seeds }, (_, i) => FIRST_SEED + i);
    const taught = [];
    for (const physics of smoke ? [false] : [false, true]) {
      for (const seed of list) {
        const { data, minutes } = await teachOnce(seed, decisions, physics ? havok : undefined);
        const file = saveScene(data, physics ? havok : undefined);
        const reached = (await playScene(file, resets, physics ? havok : undefined)) * 100;
        log(
          `${physics ? "with" : "without"} physics, seed ${seed}: taught in ${minutes.toFixed(2)} minutes, reaches the ball after ${reached.toFixed(0)}% of ${resets} resets`,
        );
        taught.push({ physics, seed, minutes, reached });
      }
    }
    return {
      gates: [
        gate("minutes to teach, slowest seed", Math.max(...taught.map(({ minutes }) => minutes)), "min", "<=", 3),
        gate(
          "resets after which the ball is reached, worst seed",
          Math.min(...taught.map((one) => one.reached)),
          "%",
          ">=",
          90,
        ),
      ],
      seeds: list,
      decisions,
      resets,
      taught,
    };
  },
} satisfies GateGroup;

/** Teaches the box in one worker, from nothing. */
async function teachOnce(
  seed: number,
  decisions: number,
  havok: Havok | undefined,
): Promise<{ data: PolicyData; minutes: number }> {
  const { scene, dispose } = createHeadlessScene({ havok });
  buildReachScene(scene);
  const began = performance.now();
  const settings = ppo({ seed, decisions, stepsPerRollout: 64, learningRate: { from: 1e-3, to: 0 } });
  const run = teachPlan(() => startWorker(WORKER), scene, REACH_PLAN, settings);
  const { policies } = await run.finished;
  const minutes = (performance.now() - began) / 60_000;
  dispose();
  return { data: policies[SEEKER.name], minutes };
}

/** The designer's scene with the policy in its metadata, as the text of a `.babylon` file. */
function saveScene(data: PolicyData, havok: Havok | undefined): string {
  const { scene, dispose } = createHeadlessScene({ havok });
  const { box } = buildReachScene(scene);
  keepController(box, { ...SEEKER, policy: embedPolicy(data) });
  const text = JSON.stringify(SceneSerializer.Serialize(scene));
  dispose();
  return text;
}

/** Loads the file into a fresh scene and plays. @returns The share of the resets after which the ball was reached. */
async function playScene(file: string, resets: number, havok: Havok | undefined): Promise<number> {
  const { scene, dispose } = createHeadlessScene({ havok });
  await AppendSceneAsync(`data:${file}`, scene, { pluginExtension: ".babylon" });
  new FreeCamera("camera", new Vector3(0, 20, -20), scene);
  if (havok) addReachBodies(scene);
  const box = scene.getMeshById("box")!;
  const { controllers, problems } = await restoreControllers(scene);
  if (problems.length > 0) throw problems[0].error;
  const [controller] = controllers;
  const rules = new PlanRules(
    REACH_PLAN,
    sceneSite(box, () => 0),
    [box],
  );
  const random = new Random(EXAM_SEED);
  let successes = 0;
  for (let reset = 0; reset < resets; reset++) {
    rules.begin(random);
    controller.reset();
    for (let frame = 0; frame < 60 * 15 && rules.outcome === "running"; frame++) {
      scene.render();
      rules.step(1 / 60);
    }
    if (rules.succeeded) successes += 1;
  }
  const { policy } = controller;
  rules.dispose();
  dispose();
  policy?.dispose();
  return successes / resets;
}

import "@babylonjs/core/Loading/Plugins/babylonFileLoader.js";
import "@babylonjs/core/Materials/colorCurves.js";
import "@babylonjs/core/Materials/standardMaterial.js";
import "@babylonjs/core/Meshes/groundMesh.js";
import "@babylonjs/core/Cameras/arcRotateCamera.js";
import "@babylonjs/core/Lights/hemisphericLight.js";
import { NullEngine } from "@babylonjs/core/Engines/nullEngine.js";
import { AppendSceneAsync } from "@babylonjs/core/Loading/sceneLoader.js";
import { Scene } from "@babylonjs/core/scene.js";
import { keptLessons, Random, restoreControllers, PlanRules, type LessonSite } from "../../../plugin/index.ts";

/** What became of a saved scene in a game that knows nothing of how it was made. */
export interface LoadedPlay {
  readonly problems: readonly string[];
  readonly controllers: readonly string[];
  /** Share of the resets after which the lesson's end was a success. */
  readonly reached: number;
}

declare global {
  /** Loads a `.babylon` text, restores its controllers and plays its first lesson. */
  var playSavedScene: (file: string, resets: number) => Promise<LoadedPlay>;
}

globalThis.playSavedScene = async (file, resets) => {
  const engine = new NullEngine({
    renderWidth: 64,
    renderHeight: 64,
    textureSize: 64,
    deterministicLockstep: false,
    lockstepMaxSteps: 1,
  });
  engine.getDeltaTime = () => 1000 / 60;
  const scene = new Scene(engine);
  await AppendSceneAsync(`data:${file}`, scene, { pluginExtension: ".babylon" });
  scene.activeCamera ??= scene.cameras[0];
  const { controllers, problems } = await restoreControllers(scene);
  const [plan] = keptLessons(scene);
  const [controller] = controllers;
  const agent = controller.attachedNode!;
  const site: LessonSite = {
    scene,
    root: null,
    agent,
    nodes: scene.meshes,
    find: (id) => scene.getMeshById(id),
    effort: () => 0,
  };
  const rules = new PlanRules(plan, site, [agent]);
  const random = new Random(2_000_003);
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
  return {
    problems: problems.map(({ words }) => words),
    controllers: controllers.map(({ name }) => name),
    reached: successes / resets,
  };
};

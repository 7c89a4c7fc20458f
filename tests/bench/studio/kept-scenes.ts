import { StandardMaterial } from "@babylonjs/core/Materials/standardMaterial.js";
import { Vector3 } from "@babylonjs/core/Maths/math.vector.js";
import type { Mesh } from "@babylonjs/core/Meshes/mesh.js";
import { HavokPlugin } from "@babylonjs/core/Physics/v2/Plugins/havokPlugin.js";
import type { Scene } from "@babylonjs/core/scene.js";
import { createPolicy } from "../../../plugin/compute/wasm-policy.ts";
import { attachController } from "../../../plugin/scene/keep/attach-controller.ts";
import { describeController } from "../../../plugin/scene/keep/describe-controller.ts";
import { keepController } from "../../../plugin/scene/keep/keep-controller.ts";
import { keepLesson, keptLessons } from "../../../plugin/scene/keep/keep-lesson.ts";
import { restoreControllers } from "../../../plugin/scene/keep/restore-controllers.ts";
import { placeBody } from "../../../plugin/scene/place-body.ts";
import { Random } from "../../../plugin/core/random.ts";
import { chasingPolicy, REACH, SEEKER } from "../../scene/keep/examples.ts";
import { renderFrames, throughBabylon, throughGltf } from "../../scene/keep/scene-files.ts";
import { addBody, createTestWorld, loadHavok } from "../../scene/test-world.ts";

/** What scenes lost on their way through a kind of file. */
export interface Losses {
  readonly controllers: number;
  readonly policies: number;
  readonly lessons: number;
  readonly recipes: number;
  /** Agents that no longer reach their ball. */
  readonly reaching: number;
}

const TRIPS = { babylon: throughBabylon, gltf: throughGltf } as const;
const RECIPE = { format: "babylon-neural-texture", version: 1, generator: "procedural", seed: 7 };

/** Sends scenes through files and counts what is not there any more. In every second one the agent has a physics body. */
export async function countLosses(format: keyof typeof TRIPS, scenes: number): Promise<Losses> {
  const losses = { controllers: 0, policies: 0, lessons: 0, recipes: 0, reaching: 0 };
  for (let seed = 1; seed <= scenes; seed++) {
    const random = new Random(seed);
    const physics = seed % 2 === 0;
    const world = await createTestWorld({ physics });
    const box = world.box("box", { mass: 1, at: [random.between(-5, 5), 0, random.between(-5, 5)] });
    placeBody(box, box.position, random.between(-3, 3));
    const ball = world.box("ball", { at: [random.between(-5, 5), 0, random.between(4, 9)] });
    ball.material = new StandardMaterial("paint", world.scene);
    ball.material.metadata = { textureRecipe: RECIPE };
    const policy = await createPolicy(chasingPolicy(world));
    const kept = describeController(attachController(box, SEEKER, policy));
    keepController(box, kept);
    keepLesson(world.scene, REACH);
    const copy = await TRIPS[format](world.scene);
    if (physics) {
      copy.scene.enablePhysics(Vector3.Zero(), new HavokPlugin(true, await loadHavok()));
      addBody(copy.scene.getMeshByName("box") as Mesh, 1, copy.scene);
    }
    const { controllers } = await restoreControllers(copy.scene);
    const [controller] = controllers;
    if (controllers.length !== 1 || controller.name !== "seeker") losses.controllers++;
    if (!isSame(controller.policy?.toData().parameters, policy.toData().parameters)) losses.policies++;
    if (!isSame(keptLessons(copy.scene), [REACH])) losses.lessons++;
    const recipe = (copy.scene.getMeshByName("ball")?.material?.metadata as { textureRecipe?: unknown } | null)
      ?.textureRecipe;
    if (!isSame(recipe, RECIPE)) losses.recipes++;
    renderFrames(copy.scene, 900);
    if (distance(copy.scene) > 1) losses.reaching++;
    copy.dispose();
    world.dispose();
  }
  return losses;
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function distance(scene: Scene): number {
  const [box, ball] = ["box", "ball"].map((name) => scene.getMeshByName(name)!.computeWorldMatrix(true));
  return Vector3.Distance(box.getTranslation(), ball.getTranslation());
}

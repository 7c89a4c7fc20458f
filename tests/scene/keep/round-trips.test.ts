import { Vector3 } from "@babylonjs/core/Maths/math.vector.js";
import type { Mesh } from "@babylonjs/core/Meshes/mesh.js";
import { HavokPlugin } from "@babylonjs/core/Physics/v2/Plugins/havokPlugin.js";
import { StandardMaterial } from "@babylonjs/core/Materials/standardMaterial.js";
import type { Scene } from "@babylonjs/core/scene.js";
import { afterEach, describe, expect, it } from "vitest";
import { createPolicy } from "../../../plugin/compute/wasm-policy.ts";
import { attachController } from "../../../plugin/scene/keep/attach-controller.ts";
import { describeController } from "../../../plugin/scene/keep/describe-controller.ts";
import { withGltfExtras } from "../../../plugin/scene/keep/gltf-extras.ts";
import { keepController, keptControllers } from "../../../plugin/scene/keep/keep-controller.ts";
import { keepLesson, keptLessons } from "../../../plugin/scene/keep/keep-lesson.ts";
import { restoreControllers } from "../../../plugin/scene/keep/restore-controllers.ts";
import { addBody, createTestWorld, loadHavok, type TestWorld } from "../test-world.ts";
import { chasingPolicy, REACH, SEEKER } from "./examples.ts";
import { renderFrames, throughBabylon, throughGltf } from "./scene-files.ts";

const opened: { dispose(): void }[] = [];
afterEach(() => {
  for (const world of opened.splice(0)) world.dispose();
});

async function open(): Promise<TestWorld> {
  const world = await createTestWorld();
  opened.push(world);
  return world;
}

/** A box that chases a ball, and a lesson for it, kept in the scene's metadata. */
async function makeKept(): Promise<TestWorld> {
  const world = await open();
  const box = world.box("box");
  world.box("ball", { at: [6, 0, 8] });
  const controller = attachController(box, SEEKER, await createPolicy(chasingPolicy(world)));
  keepController(box, describeController(controller));
  keepLesson(world.scene, REACH);
  return world;
}

function distance(scene: Scene): number {
  const [box, ball] = ["box", "ball"].map((name) => scene.getMeshByName(name)!.computeWorldMatrix(true));
  return Vector3.Distance(box.getTranslation(), ball.getTranslation());
}

describe.each([
  [".babylon", throughBabylon],
  ["glTF", throughGltf],
])("A scene that went through %s", (_name, trip) => {
  it("has its controllers, policies and lessons back", async () => {
    const { scene } = await makeKept();
    const copy = await trip(scene);
    opened.push(copy);
    const { controllers, problems } = await restoreControllers(copy.scene);
    expect(problems).toEqual([]);
    expect(controllers.map(({ name, attachedNode }) => [name, attachedNode?.name])).toEqual([["seeker", "box"]]);
    expect(describeController(controllers[0])).toEqual(keptControllers(scene.getNodeByName("box")!)[0]);
    expect(keptLessons(copy.scene)).toEqual([REACH]);
  });

  it("has agents that still reach their targets", async () => {
    const { scene } = await makeKept();
    const copy = await trip(scene);
    opened.push(copy);
    await restoreControllers(copy.scene);
    expect(distance(copy.scene)).toBeCloseTo(10, 4);
    renderFrames(copy.scene, 600);
    expect(distance(copy.scene)).toBeLessThan(1);
  });

  it("has agents with physics bodies that go to their targets as before, forwards and the short way round", async () => {
    const world = await createTestWorld({ physics: true });
    opened.push(world);
    const box = world.box("box", { mass: 1 });
    world.box("ball", { at: [6, 0, 8] });
    const controller = attachController(box, SEEKER, await createPolicy(chasingPolicy(world)));
    keepController(box, describeController(controller));
    keepLesson(world.scene, REACH);
    const copy = await trip(world.scene);
    opened.push(copy);
    copy.scene.enablePhysics(Vector3.Zero(), new HavokPlugin(true, await loadHavok()));
    addBody(copy.scene.getMeshByName("box") as Mesh, 1, copy.scene);
    expect((await restoreControllers(copy.scene)).problems).toEqual([]);
    for (const seconds of [1, 2]) {
      renderFrames(world.scene, 60);
      renderFrames(copy.scene, 60);
      expect(distance(copy.scene), `after ${seconds} s`).toBeCloseTo(distance(world.scene), 1);
    }
    expect(distance(copy.scene)).toBeLessThan(5);
  });

  it("keeps the recipe of a painted material", async () => {
    const { scene } = await makeKept();
    const material = new StandardMaterial("wall", scene);
    const recipe = { format: "babylon-neural-texture", version: 1, generator: "procedural", seed: 7 };
    material.metadata = { textureRecipe: recipe };
    scene.getMeshByName("ball")!.material = material;
    const copy = await trip(scene);
    opened.push(copy);
    const { problems } = await restoreControllers(copy.scene);
    expect(problems).toEqual([]);
    expect(copy.scene.getMeshByName("ball")!.material!.metadata).toMatchObject({ textureRecipe: recipe });
  });

  it("finds targets whose ids are not their names", async () => {
    const world = await open();
    const box = world.box("box");
    box.id = "box 17";
    world.box("ball", { at: [6, 0, 8] }).id = "ball 42";
    const description = {
      ...SEEKER,
      sensors: [{ kind: "directionTo", options: { target: "ball 42", maximum: 20 } }, { kind: "lastAction" }],
    };
    keepController(box, description);
    keepLesson(world.scene, { ...REACH, node: "box 17" });
    const copy = await trip(world.scene);
    opened.push(copy);
    const { controllers, problems } = await restoreControllers(copy.scene);
    expect(problems).toEqual([]);
    expect(controllers[0].sensors[0].options).toEqual({ target: "ball 42", maximum: 20 });
    expect(copy.scene.getNodeById(keptLessons(copy.scene)[0].node)!.name).toBe("box");
  });

  it("may be kept once more and go through once more", async () => {
    const { scene } = await makeKept();
    const copy = await trip(scene);
    opened.push(copy);
    const { controllers } = await restoreControllers(copy.scene);
    keepController(controllers[0].attachedNode!, { ...describeController(controllers[0]), greedy: false });
    const second = await trip(copy.scene);
    opened.push(second);
    const report = await restoreControllers(second.scene);
    expect(report.problems).toEqual([]);
    expect(report.controllers.map(({ greedy }) => greedy)).toEqual([false]);
    expect(keptLessons(second.scene)).toEqual([REACH]);
  });
});

describe("withGltfExtras", () => {
  it("leaves every node's metadata as it was, even when writing fails", async () => {
    const { scene } = await makeKept();
    const box = scene.getMeshByName("box")!;
    const before = box.metadata as unknown;
    const failing = withGltfExtras(scene, () => Promise.reject(new Error("disk full")));
    await expect(failing).rejects.toThrow("disk full");
    expect(box.metadata).toBe(before);
  });

  it("keeps the extras that were there", async () => {
    const { scene } = await makeKept();
    const box = scene.getMeshByName("box")!;
    box.metadata = { ...(box.metadata as object), gltf: { extras: { hitPoints: 3 } } };
    const copy = await throughGltf(scene);
    opened.push(copy);
    expect(copy.scene.getMeshByName("box")!.metadata).toMatchObject({ gltf: { extras: { hitPoints: 3 } } });
  });
});

import { AppendSceneAsync } from "@babylonjs/core/Loading/sceneLoader.js";
import "@babylonjs/core/Loading/Plugins/babylonFileLoader.js";
import "@babylonjs/core/Materials/colorCurves.js";
import { FreeCamera } from "@babylonjs/core/Cameras/freeCamera.js";
import { Vector3 } from "@babylonjs/core/Maths/math.vector.js";
import { SceneSerializer } from "@babylonjs/core/Misc/sceneSerializer.js";
import type { Scene } from "@babylonjs/core/scene.js";
import { RegisterExtrasAsMetadata } from "@babylonjs/loaders/glTF/2.0/Extensions/ExtrasAsMetadata.pure.js";
import "@babylonjs/loaders/glTF/2.0/glTFLoader.js";
import "@babylonjs/loaders/glTF/glTFFileLoader.js";
import { GLTF2Export } from "@babylonjs/serializers/glTF/2.0/glTFSerializer.js";
import { createHeadlessScene, type HeadlessScene } from "../../../plugin/scene/headless-scene.ts";
import { withGltfExtras } from "../../../plugin/scene/keep/gltf-extras.ts";

RegisterExtrasAsMetadata();

/** A way of a scene through a file into a new scene. */
export type RoundTrip = (scene: Scene) => Promise<HeadlessScene>;

/** Through `.babylon`. */
export const throughBabylon: RoundTrip = async (scene) => {
  const json = JSON.stringify(await SceneSerializer.SerializeAsync(scene));
  return load(`data:${json}`, ".babylon");
};

/** Through binary glTF. */
export const throughGltf: RoundTrip = async (scene) => {
  const { files } = await withGltfExtras(scene, () => GLTF2Export.GLBAsync(scene, "scene"));
  return load(new Uint8Array(await (files["scene.glb"] as Blob).arrayBuffer()), ".glb");
};

async function load(source: string | Uint8Array, pluginExtension: string): Promise<HeadlessScene> {
  const world = createHeadlessScene();
  await AppendSceneAsync(source, world.scene, { pluginExtension });
  if (world.scene.cameras.length === 0) new FreeCamera("camera", Vector3.Zero(), world.scene);
  world.scene.activeCamera = world.scene.cameras[0];
  return world;
}

/** Renders so many frames of a sixtieth of a second. */
export function renderFrames(scene: Scene, count: number): void {
  scene.getEngine().getDeltaTime = () => 1000 / 60;
  for (let frame = 0; frame < count; frame++) scene.render();
}

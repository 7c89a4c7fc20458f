import type { Scene } from "@babylonjs/core/scene.js";
import { NeuralController } from "./neural-controller.ts";

/** All controllers that drive a node of the scene at present, in the order of its meshes and then its transform nodes. */
export function controllersOf(scene: Scene): NeuralController[] {
  return [...scene.meshes, ...scene.transformNodes].flatMap((node) =>
    node.behaviors.filter((behavior): behavior is NeuralController => behavior instanceof NeuralController),
  );
}

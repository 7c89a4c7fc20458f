import type { Camera } from "@babylonjs/core/Cameras/camera.js";
import { DefaultRenderingPipeline } from "@babylonjs/core/PostProcesses/RenderPipeline/Pipelines/defaultRenderingPipeline.js";
import type { Scene } from "@babylonjs/core/scene.js";

/** Creates the last touch: smoothed edges, and bloom where the device can afford it. */
export function createFinish(scene: Scene, camera: Camera, bloom: boolean): DefaultRenderingPipeline {
  const finish = new DefaultRenderingPipeline("finish", true, scene, [camera]);
  finish.samples = bloom ? 4 : 1;
  finish.fxaaEnabled = !bloom;
  finish.bloomEnabled = bloom;
  finish.bloomThreshold = 0.62;
  finish.bloomWeight = 0.42;
  finish.bloomKernel = 56;
  finish.bloomScale = 0.5;
  finish.imageProcessingEnabled = true;
  return finish;
}

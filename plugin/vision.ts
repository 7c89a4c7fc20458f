/**
 * Entry for agents that see: cameras, policies that decide on the GPU, and the learner on TensorFlow.js.
 */
export {
  camerasReady,
  cameraSensor,
  cameraTexture,
  type CameraSensor,
  type CameraSensorOptions,
} from "./bridge/camera-sensor.ts";
export { offscreenRenderer } from "./bridge/offscreen-renderer.ts";
export { createGpuPolicy, type GpuPolicy, type GpuPolicyOptions } from "./bridge/gpu-policy.ts";
export { shareDevice, type SharedDevice } from "./bridge/shared-device.ts";

export { createTfjsPpoLearner, type TfjsPpoLearnerOptions } from "./nets/ppo/tfjs-ppo-learner.ts";
export type { NetsBackend } from "./nets/start-backend.ts";
export { useWasmBackend, type WasmBackendOptions } from "./nets/wasm-backend.ts";

export type { LessonRenderer } from "./scene/headless-scene.ts";
export { renderedLessonEnvironment } from "./scene/lesson-environment.ts";

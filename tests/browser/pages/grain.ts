import type { AbstractEngine } from "@babylonjs/core/Engines/abstractEngine.js";
import type { Camera } from "@babylonjs/core/Cameras/camera.js";
import { PassPostProcess } from "@babylonjs/core/PostProcesses/passPostProcess.js";
import type { Scene } from "@babylonjs/core/scene.js";
import * as tf from "@tensorflow/tfjs";
import "@tensorflow/tfjs-backend-webgpu";
import { CameraNoise } from "../../../plugin/bridge/grain/camera-noise.ts";
import { NeuralDenoise } from "../../../plugin/bridge/grain/neural-denoise.ts";
import { shareDevice, type SharedDevice } from "../../../plugin/bridge/shared-device.ts";
import { loadFrameCleaner, type FrameCleaner } from "../../../plugin/paint/grain/frame-cleaner.ts";
import type { SensorNoise } from "../../../plugin/paint/grain/sensor-noise.ts";
import { buildScene, drawFrames, startEngine, type Wish } from "./camera-scene.ts";
import { countGpuCalls, type GpuCalls } from "./count-gpu-calls.ts";
import { countPageThings, type PageThings } from "./count-page-things.ts";

/** What is alive by every account. */
export interface GrainCounts extends PageThings {
  readonly calls: GpuCalls;
  readonly cached: number;
  readonly tensors: number;
  readonly bytes: number;
}

/** What a test asks of this page. */
export interface GrainPage {
  /** Starts an engine, a scene with three boxes and a camera's noise; on WebGPU shares the device and loads a network. */
  start(wish: Wish, weights: number[] | null, noise: SensorNoise): Promise<void>;
  /** Begins to clean. @returns Why it does not, or null. */
  clean(noise: SensorNoise): Promise<string | null>;
  /** Stops the noise, or begins it again. */
  setNoise(isNoisy: boolean): void;
  set(options: { amount?: number; divider?: number; isOn?: boolean }): void;
  stop(): void;
  frames(count: number): Promise<void>;
  resize(width: number, height: number): Promise<void>;
  /** What the last post-process drew: sRGB in bytes, row by row, [height, width, 4]. */
  shown(): Promise<number[]>;
  reason(): string | null;
  lose(): Promise<void>;
  counts(): GrainCounts;
  errors(): readonly string[];
}

declare global {
  var grainPage: GrainPage;
}

const calls = countGpuCalls();
const things = countPageThings();
const errors: string[] = [];
let engine: AbstractEngine;
let scene: Scene;
let camera: Camera;
let shared: SharedDevice | null = null;
let cleaner: FrameCleaner | null = null;
let noise: CameraNoise;
let denoise: NeuralDenoise | null = null;
/** Its input is what the one before it drew. */
let last: PassPostProcess;

const deviceOf = (): GPUDevice | undefined => (engine as unknown as { _device?: GPUDevice })._device;

globalThis.grainPage = {
  async start(wish, weights, options) {
    engine = await startEngine(wish, document.querySelector("canvas")!);
    deviceOf()?.addEventListener("uncapturederror", ({ error }) => errors.push(error.message));
    scene = buildScene(engine);
    camera = scene.activeCamera!;
    if (wish === "webgpu") shared = await shareDevice(engine);
    if (shared && weights) cleaner = await loadFrameCleaner(Uint8Array.from(weights), { backend: "webgpu" });
    noise = new CameraNoise("night", options, camera);
    last = new PassPostProcess("last", 1, camera);
    await globalThis.grainPage.frames(1);
  },
  async clean(options) {
    camera.detachPostProcess(last);
    denoise = new NeuralDenoise("clean", { ...options, shared, cleaner }, camera);
    camera.attachPostProcess(last);
    await denoise.ready;
    await globalThis.grainPage.frames(1);
    return denoise.reason;
  },
  setNoise(isNoisy) {
    if (isNoisy) camera.attachPostProcess(noise, 0);
    else camera.detachPostProcess(noise);
  },
  set: (options) => void Object.assign(denoise!, options),
  stop() {
    denoise!.dispose();
    denoise!.dispose();
  },
  async frames(count) {
    const passes = camera._postProcesses.filter((pass) => pass !== null);
    while (!scene.isReady() || !passes.every((pass) => pass.isReady())) await drawFrames(scene, 1);
    await drawFrames(scene, count);
  },
  async resize(width, height) {
    engine.setSize(width, height);
    await globalThis.grainPage.frames(2);
  },
  async shown() {
    const { texture, width, height } = last.inputTexture;
    const pixels = await engine._readTexturePixels(texture!, width, height);
    return [...(pixels as Uint8Array)];
  },
  reason: () => denoise!.reason,
  async lose() {
    let isRestored = false;
    shared!.onRestoredObservable.addOnce(() => void (isRestored = true));
    deviceOf()!.destroy();
    while (!isRestored) await drawFrames(scene, 1);
    await shared!.ready;
    await denoise!.ready;
    await globalThis.grainPage.frames(2);
  },
  counts: () => ({
    ...things,
    calls: { ...calls },
    webgpu: { ...things.webgpu },
    cached: engine.getLoadedTexturesCache().length,
    tensors: tf.memory().numTensors,
    bytes: tf.memory().numBytes,
  }),
  errors: () => errors,
};

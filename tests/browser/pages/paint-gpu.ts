import type { AbstractEngine } from "@babylonjs/core/Engines/abstractEngine.js";
import type { PBRMaterial } from "@babylonjs/core/Materials/PBR/pbrMaterial.js";
import * as tf from "@tensorflow/tfjs";
import "@tensorflow/tfjs-backend-webgpu";
import { materialFromTensors } from "../../../plugin/bridge/paint/material-from-tensors.ts";
import type { NeuralTexture } from "../../../plugin/bridge/paint/neural-texture.ts";
import { paintMaterialOnGpu } from "../../../plugin/bridge/paint/paint-on-gpu.ts";
import type { TensorMaps } from "../../../plugin/bridge/paint/tensor-buffers.ts";
import { channelImage, TEXTURE_CHANNELS } from "../../../plugin/bridge/paint/texture-image.ts";
import { shareDevice, type SharedDevice } from "../../../plugin/bridge/shared-device.ts";
import { bakeImages } from "../../../plugin/paint/maps/bake.ts";
import { srgbFromLinear } from "../../../plugin/paint/maps/srgb.ts";
import type { SurfaceMaps } from "../../../plugin/paint/maps/surface-maps.ts";
import { proceduralMaterial } from "../../../plugin/paint/materials/procedural-material.ts";
import type { MapEstimator } from "../../../plugin/paint/photograph/map-estimator.ts";
import type { Picture } from "../../../plugin/paint/picture.ts";
import { drawFrames, startEngine, type Wish } from "./camera-scene.ts";
import { countGpuCalls, type GpuCalls } from "./count-gpu-calls.ts";
import { countPageThings, type PageThings } from "./count-page-things.ts";
import { smallEstimator, untaughtEstimator } from "./paint-estimator.ts";
import { buildStage, type PaintStage } from "./paint-stage.ts";

/** What is alive by every account. */
export interface PaintCounts extends PageThings {
  readonly calls: GpuCalls;
  /** Babylon's textures of the GPU, and those of the scene. */
  readonly cached: number;
  readonly textures: number;
  readonly materials: number;
  readonly tensors: number;
}

/** What a test asks of this page. */
export interface PaintGpuPage {
  /** Starts an engine and, where it is WebGPU, shares its device. The network is a small one, or an untaught one of those that are shipped. */
  start(wish: Wish, network?: "small" | "shipped"): Promise<void>;
  /** Hangs a procedural material, whose maps are given as tensors. @returns How far any byte of each texture is from the CPU's. */
  hangTensors(name: string, width: number, height: number): Promise<Record<string, number> | string>;
  /** Paints a brick wall of that side and seed by a network into the wall's material. @returns "painted", or the error. */
  paint(size: number, abort?: "now" | "soon" | "late", seed?: number): Promise<string>;
  keep(): Promise<void>;
  /** The mean colour of each texture, read from the GPU; and whether it counts as painted. */
  colours(): Promise<Record<string, readonly number[]>>;
  isPainted(): boolean;
  failures(): readonly string[];
  /** Loses the device, and waits for another. */
  lose(): Promise<void>;
  /** Destroys the device and paints at once, before anybody has noticed. @returns The error. */
  paintWhileLost(size: number): Promise<string>;
  repainted(): Promise<void>;
  /** Draws until everything can be drawn, and then so many frames. */
  frames(count: number): Promise<void>;
  counts(): PaintCounts;
  errors(): readonly string[];
}

declare global {
  var paintGpuPage: PaintGpuPage;
}

const calls = countGpuCalls();
const things = countPageThings();
const errors: string[] = [];
const failures: string[] = [];
let engine: AbstractEngine;
let stage: PaintStage;
let shared: SharedDevice | null = null;
let estimator: MapEstimator | null = null;
let wall: PBRMaterial | null = null;

const deviceOf = (): GPUDevice | undefined => (engine as unknown as { _device?: GPUDevice })._device;
const textures = (): Record<string, NeuralTexture> => ({
  albedo: wall!.albedoTexture as NeuralTexture,
  normal: wall!.bumpTexture as NeuralTexture,
  orm: wall!.metallicTexture as NeuralTexture,
});

function wear(material: PBRMaterial): void {
  if (wall !== material) {
    wall?.dispose(false, true);
    wall = material;
    for (const texture of Object.values(textures())) {
      texture.onPaintFailedObservable.add((error) => void failures.push(error.message));
    }
  }
  stage.mesh.material = material;
}

function tensorsOf(maps: SurfaceMaps): TensorMaps {
  const { width, height } = maps;
  return {
    albedo: tf.tensor3d(maps.albedo, [height, width, 3]),
    heights: tf.tensor2d(maps.heights, [height, width]),
    roughness: tf.tensor2d(maps.roughness, [height, width]),
    metallic: tf.tensor2d(maps.metallic, [height, width]),
    relief: maps.relief,
  };
}

/** A brick wall as a camera would see it. */
function photograph(size: number, seed: number): Picture {
  const { albedo } = proceduralMaterial("brick", { seed, size });
  return { width: size, height: size, channels: 3, pixels: albedo.map((value) => srgbFromLinear(value)) };
}

async function readBytes(texture: NeuralTexture): Promise<Uint8Array> {
  const { width, height } = texture.getSize();
  const read = (await texture.readPixels()) as Uint8Array;
  const pixels = new Uint8Array(4 * width * height);
  const bytes = 4 * width;
  for (let row = 0; row < height; row++)
    pixels.set(read.subarray(row * bytes, (row + 1) * bytes), (height - 1 - row) * bytes);
  return pixels;
}

globalThis.paintGpuPage = {
  async start(wish, network = "small") {
    engine = await startEngine(wish, document.querySelector("canvas")!);
    stage = buildStage(engine, "wall", false);
    if (wish === "webgpu") shared = await shareDevice(engine);
    else await tf.setBackend("cpu");
    deviceOf()?.addEventListener("uncapturederror", ({ error }) => errors.push(error.message));
    estimator = network === "small" ? await smallEstimator(shared) : untaughtEstimator();
  },
  async hangTensors(name, width, height) {
    const maps = proceduralMaterial(name, { seed: 5, size: { width, height } });
    const tensors = tensorsOf(maps);
    try {
      wear(await materialFromTensors(name, tensors, stage.scene, { shared, ...(wall ? { into: wall } : {}) }));
    } catch (error) {
      return (error as Error).message;
    } finally {
      tf.dispose([tensors.albedo, tensors.heights, tensors.roughness, tensors.metallic!]);
    }
    const images = bakeImages(maps);
    const differences: Record<string, number> = {};
    for (const channel of TEXTURE_CHANNELS) {
      const { pixels } = channelImage(images, channel);
      const read = await readBytes(textures()[channel]);
      differences[channel] = read.reduce((most, byte, i) => Math.max(most, Math.abs(byte - pixels[i])), 0);
    }
    return differences;
  },
  async paint(size, abort, seed = 3) {
    const controller = new AbortController();
    if (abort === "soon") queueMicrotask(() => controller.abort(new Error("Stopped.")));
    // The hash of the picture takes some turns; the shader's complaints are asked for after that.
    if (abort === "late") setTimeout(() => controller.abort(new Error("Stopped.")), 0);
    const picture = photograph(size, seed);
    try {
      const painting = paintMaterialOnGpu(
        "wall",
        {
          shared: shared!,
          estimator: () => estimator!,
          from: picture,
          light: "shade", // one pass: looking for the light takes eight more, each with its own small numbers
          signal: controller.signal,
          ...(wall ? { into: wall } : {}),
        },
        stage.scene,
      );
      if (abort === "now") controller.abort(new Error("Stopped."));
      wear(await painting);
      return "painted";
    } catch (error) {
      return (error as Error).message;
    }
  },
  async keep() {
    await Promise.all(Object.values(textures()).map((texture) => texture.keep()));
  },
  async colours() {
    const means: Record<string, readonly number[]> = {};
    for (const [channel, texture] of Object.entries(textures())) {
      const pixels = await readBytes(texture);
      const sums = [0, 0, 0, 0];
      for (let i = 0; i < pixels.length; i++) sums[i % 4] += pixels[i];
      means[channel] = sums.map((sum) => Math.round((40 * sum) / pixels.length) / 10);
    }
    return means;
  },
  isPainted: () => Object.values(textures()).every((texture) => texture.isPainted),
  failures: () => failures,
  async lose() {
    let isRestored = false;
    shared!.onRestoredObservable.addOnce(() => void (isRestored = true));
    deviceOf()!.destroy();
    while (!isRestored) await drawFrames(stage.scene, 1);
    await shared!.ready;
  },
  async paintWhileLost(size) {
    deviceOf()!.destroy();
    const message = await globalThis.paintGpuPage.paint(size);
    while (shared!.isLost) await drawFrames(stage.scene, 1);
    await shared!.ready;
    return message;
  },
  async repainted() {
    while (!globalThis.paintGpuPage.isPainted() && failures.length === 0) await drawFrames(stage.scene, 1);
  },
  async frames(count) {
    while (!stage.scene.isReady()) await drawFrames(stage.scene, 1);
    await drawFrames(stage.scene, count);
  },
  counts: () => ({
    ...things,
    calls: { ...calls },
    webgpu: { ...things.webgpu },
    cached: engine.getLoadedTexturesCache().length,
    textures: stage.scene.textures.length,
    materials: stage.scene.materials.length,
    tensors: tf.memory().numTensors,
  }),
  errors: () => errors,
};

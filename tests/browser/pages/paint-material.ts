import type { AbstractEngine } from "@babylonjs/core/Engines/abstractEngine.js";
import { PBRMaterial } from "@babylonjs/core/Materials/PBR/pbrMaterial.js";
import { Vector3 } from "@babylonjs/core/Maths/math.vector.js";
import { materialFromImages } from "../../../plugin/bridge/paint/material-from-images.ts";
import type { NeuralTexture } from "../../../plugin/bridge/paint/neural-texture.ts";
import { setTexturePainter } from "../../../plugin/bridge/paint/texture-painter.ts";
import "@babylonjs/core/Materials/colorCurves.js";
import { paintMaterial, type PaintMaterialOptions } from "../../../plugin/bridge/paint/paint-material.ts";
import { createPainter, type Painter } from "../../../plugin/paint/painter.ts";
import { drawFrames, startEngine, type Wish } from "./camera-scene.ts";
import { countPageThings, type PageThings } from "./count-page-things.ts";
import { blockImages, domeImages, quarterImages } from "./paint-samples.ts";
import { buildStage, screenPlace, type PaintStage } from "./paint-stage.ts";

/** What draws, and in which kind of scene. */
export interface PaintLook {
  readonly wish: Wish;
  readonly isRightHanded: boolean;
  /** Default a wall. */
  readonly shape?: "wall" | "sphere";
}

/** Pictures that need no painter. */
export type Hanging = "dome" | "block" | "quarters";

/** What a test asks of this page. */
export interface PaintMaterialPage {
  start(look: PaintLook): Promise<void>;
  /** Lets the light travel along that vector. */
  shine(x: number, y: number, z: number): void;
  look(alpha: number, beta: number, radius: number): void;
  hang(what: Hanging, parallax: "none" | "offset" | "occlusion"): void;
  /** Where a point of the scene is on the canvas. */
  place(x: number, y: number, z: number): { x: number; y: number };
  /** Paints into the wall's material. @returns "painted", or the error. */
  paint(name: string, options: Omit<PaintMaterialOptions, "painter">): Promise<string>;
  /** Saves the scene's materials, throws them away and loads them again. */
  reload(savedAs: "image" | "recipe"): Promise<{ isPaintedAtOnce: boolean; mean: readonly number[] }>;
  /** Loses the GPU's context, and waits for another. */
  lose(): Promise<void>;
  /** The wall's albedo, read from the GPU. */
  meanColour(): Promise<readonly number[]>;
  /** Draws until everything can be drawn, and twice more. */
  settle(): Promise<void>;
  /** Paints and cancels after so many milliseconds. @returns "painted", or the error. */
  paintFor(milliseconds: number, name: string, options: Omit<PaintMaterialOptions, "painter">): Promise<string>;
  /** Ends the painter and its workers; the next painting makes another. */
  endPainter(): void;
  textures(): number;
  counts(): PaintedThings;
  errors(): readonly string[];
}

/** What there is on the page by every account. */
export interface PaintedThings extends PageThings {
  /** Babylon's textures of the GPU, and those and the materials of the scene. */
  readonly cached: number;
  readonly textures: number;
  readonly materials: number;
}

declare global {
  var paintMaterialPage: PaintMaterialPage;
}

const things = countPageThings();
let engine: AbstractEngine;
let stage: PaintStage;
let painter: Painter | null = null;
const errors: string[] = [];

function wear(material: PBRMaterial): void {
  stage.mesh.material = material;
}

globalThis.paintMaterialPage = {
  async start({ wish, isRightHanded, shape = "wall" }) {
    engine = await startEngine(wish, document.querySelector("canvas")!);
    const device = (engine as unknown as { _device?: GPUDevice })._device;
    device?.addEventListener("uncapturederror", ({ error }) => errors.push(error.message));
    stage = buildStage(engine, shape, isRightHanded);
  },
  shine(x, y, z) {
    stage.light.direction = new Vector3(x, y, z).normalize();
  },
  look(alpha, beta, radius) {
    stage.camera.alpha = alpha;
    stage.camera.beta = beta;
    stage.camera.radius = radius;
  },
  hang(what, parallax) {
    const images = { dome: domeImages, block: blockImages, quarters: (size: number) => quarterImages(size, size) };
    stage.mesh.material?.dispose(false, true);
    wear(materialFromImages(what, images[what](128), stage.scene, { parallax }));
  },
  place: (x, y, z) => screenPlace(stage, new Vector3(x, y, z)),
  async paint(name, options) {
    painter ??= createPainter(() => new Worker(new URL("./paint.worker.ts", import.meta.url), { type: "module" }));
    const into = stage.mesh.material as PBRMaterial | null;
    try {
      wear(await paintMaterial(name, { ...options, painter, ...(into ? { into } : {}) }, stage.scene));
      return "painted";
    } catch (error) {
      return (error as Error).message;
    }
  },
  async reload(savedAs) {
    const old = stage.mesh.material as PBRMaterial;
    for (const texture of [old.albedoTexture, old.bumpTexture, old.metallicTexture]) {
      (texture as NeuralTexture).savedAs = savedAs;
    }
    const file = JSON.stringify(old.serialize());
    old.dispose(false, true);
    const material = PBRMaterial.Parse(JSON.parse(file), stage.scene, "");
    wear(material);
    const albedo = material.albedoTexture as NeuralTexture;
    const isPaintedAtOnce = albedo.isPainted;
    await globalThis.paintMaterialPage.settle();
    setTexturePainter(stage.scene, painter);
    while (!albedo.isPainted) await drawFrames(stage.scene, 1);
    return { isPaintedAtOnce, mean: await globalThis.paintMaterialPage.meanColour() };
  },
  async lose() {
    let isRestored = false;
    engine.onContextRestoredObservable.addOnce(() => void (isRestored = true));
    const { _device, _gl } = engine as unknown as { _device?: GPUDevice; _gl?: WebGL2RenderingContext };
    _device?.destroy();
    const context = _gl?.getExtension("WEBGL_lose_context");
    context?.loseContext();
    await new Promise((resolve) => setTimeout(resolve, 50));
    context?.restoreContext();
    while (!isRestored) await drawFrames(stage.scene, 1);
  },
  async meanColour() {
    const pixels = (await (stage.mesh.material as PBRMaterial).albedoTexture!.readPixels()) as Uint8Array;
    const sums = [0, 0, 0, 0];
    pixels.forEach((byte, i) => (sums[i % 4] += byte));
    return sums.map((sum) => (4 * sum) / pixels.length);
  },
  async settle() {
    while (!stage.scene.isReady()) await drawFrames(stage.scene, 1);
    await drawFrames(stage.scene, 2);
  },
  async paintFor(milliseconds, name, options) {
    const controller = new AbortController();
    setTimeout(() => controller.abort(new Error("Stopped.")), milliseconds);
    return globalThis.paintMaterialPage.paint(name, { ...options, signal: controller.signal });
  },
  endPainter() {
    painter?.dispose();
    painter = null;
  },
  counts: () => ({
    ...things,
    webgpu: { ...things.webgpu },
    cached: engine.getLoadedTexturesCache().length,
    textures: stage.scene.textures.length,
    materials: stage.scene.materials.length,
  }),
  textures: () => engine.getLoadedTexturesCache().length,
  errors: () => errors,
};

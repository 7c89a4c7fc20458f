import type { AbstractEngine } from "@babylonjs/core/Engines/abstractEngine.js";
import type { PBRMaterial } from "@babylonjs/core/Materials/PBR/pbrMaterial.js";
import { Vector3 } from "@babylonjs/core/Maths/math.vector.js";
import { materialFromImages } from "../../../plugin/bridge/paint/material-from-images.ts";
import { paintMaterial, type PaintMaterialOptions } from "../../../plugin/bridge/paint/paint-material.ts";
import { createPainter, type Painter } from "../../../plugin/paint/painter.ts";
import { drawFrames, startEngine, type Wish } from "./camera-scene.ts";
import { blockImages, domeImages, quarterImages } from "./paint-samples.ts";
import { buildStage, screenPlace, type PaintStage } from "./paint-stage.ts";

/** What a test asks of this page. */
export interface PaintMaterialPage {
  start(wish: Wish, shape?: "wall" | "sphere", isRightHanded?: boolean): Promise<void>;
  /** Turns the light and the camera: light travels along that vector. */
  shine(x: number, y: number, z: number): void;
  look(alpha: number, beta: number, radius: number): void;
  hang(what: "dome" | "block" | "quarters", parallax?: "none" | "offset" | "occlusion"): void;
  /** Where a point of the scene is on the canvas. */
  place(x: number, y: number, z: number): { x: number; y: number };
  paint(name: string, options: Omit<PaintMaterialOptions, "painter">): Promise<string>;
  frames(count: number): Promise<void>;
  textures(): number;
  errors(): readonly string[];
}

declare global {
  var paintMaterialPage: PaintMaterialPage;
}

let engine: AbstractEngine;
let stage: PaintStage;
let painter: Painter | null = null;
const errors: string[] = [];

function wear(material: PBRMaterial): void {
  stage.mesh.material = material;
}

globalThis.paintMaterialPage = {
  async start(wish, shape = "wall", isRightHanded = false) {
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
  hang(what, parallax = "none") {
    const images = { dome: domeImages, block: blockImages, quarters: (size: number) => quarterImages(size, size) };
    stage.mesh.material?.dispose(false, true);
    wear(materialFromImages(what, images[what](128), stage.scene, { parallax }));
  },
  place: (x, y, z) => screenPlace(stage, new Vector3(x, y, z)),
  async paint(name, options) {
    painter ??= createPainter(() => new Worker(new URL("./paint.worker.ts", import.meta.url), { type: "module" }));
    try {
      wear(await paintMaterial(name, { ...options, painter }, stage.scene));
      return "painted";
    } catch (error) {
      return (error as Error).message;
    }
  },
  frames: async (count) => drawFrames(stage.scene, count),
  textures: () => engine.getLoadedTexturesCache().length,
  errors: () => errors,
};

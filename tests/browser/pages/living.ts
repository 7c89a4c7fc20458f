import type { AbstractEngine } from "@babylonjs/core/Engines/abstractEngine.js";
import { StandardMaterial } from "@babylonjs/core/Materials/standardMaterial.js";
import { LivingTexture } from "../../../plugin/bridge/paint/living-texture.ts";
import { openColony } from "../../../plugin/bridge/paint/automata/open-colony.ts";
import { CELL_NUMBERS, LIFE, SHARE } from "../../../plugin/paint/automata/cell-colours.ts";
import { CellField } from "../../../plugin/paint/automata/cell-field.ts";
import type { Dab } from "../../../plugin/paint/automata/dab.ts";
import { decodeSpecies, type Species } from "../../../plugin/paint/automata/species.ts";
import { anySpecies } from "../../paint/automata/any-species.ts";
import { drawFrames, startEngine, type Wish } from "./camera-scene.ts";
import { countGpuCalls, type GpuCalls } from "./count-gpu-calls.ts";
import { countPageThings, type PageThings } from "./count-page-things.ts";
import { buildStage, type PaintStage } from "./paint-stage.ts";

/** What is alive by every account. */
export interface LivingCounts extends PageThings {
  readonly calls: GpuCalls;
  readonly cached: number;
  readonly steps: number;
}

/** What a test asks of this page. */
export interface LivingPage {
  /** Starts an engine and hangs a living texture on the wall. @param file - A species file in base64; default one that nobody taught. */
  start(
    wish: Wish,
    order?: { readonly size?: number; readonly start?: "everywhere" | "bare"; readonly file?: string },
  ): Promise<void>;
  /** Grows cells on the GPU and in ordinary memory, with the same dabs after half of the steps. @returns How far their numbers are from each other, at most. */
  beside(steps: number, dabs?: readonly Dab[]): Promise<number>;
  /** Remembers its cells, touches them and grows, goes back, and goes forth again. @returns How far its numbers are from what they were then, at most, and the memory of a snapshot. */
  thereAndBack(): Promise<{ back: number; forth: number; touched: number; bytes: number }>;
  grow(steps: number): Promise<void>;
  dab(kind: "erase" | "sow" | "graft", u: number, v: number, radius: number): void;
  /** Shares of cells that live, and that have a part of the second species. */
  look(): Promise<{ living: number; grafted: number }>;
  /** The colours as baked, [size, size, 3]; and as the screen shows them in the middle of the wall. */
  bake(): Promise<{ baked: number[]; shown: number[] }>;
  bakeMaterial(): Promise<string>;
  /** Saves it and brings it back in its place. @returns How far the colours after so many steps are from the first's. */
  saveAndLoad(steps: number): Promise<number>;
  lose(): Promise<number>;
  frames(count: number): Promise<void>;
  reseed(seed: number): Promise<void>;
  resize(size: number): Promise<number>;
  dispose(): void;
  counts(): LivingCounts;
  errors(): readonly string[];
}

declare global {
  var livingPage: LivingPage;
}

const calls = countGpuCalls();
const things = countPageThings();
const errors: string[] = [];
let engine: AbstractEngine;
let stage: PaintStage;
let texture: LivingTexture;
let species: Species;
const graft = anySpecies("second", 7, 8);

function wear(next: LivingTexture): void {
  texture = next;
  const material = (stage.mesh.material ??= new StandardMaterial("wall", stage.scene)) as StandardMaterial;
  material.disableLighting = true;
  material.emissiveTexture = texture;
}

globalThis.livingPage = {
  async start(wish, { size = 64, start = "everywhere", file } = {}) {
    engine = await startEngine(wish, document.querySelector("canvas")!);
    stage = buildStage(engine, "wall", false);
    (engine as unknown as { _device?: GPUDevice })._device?.addEventListener("uncapturederror", (event) => {
      errors.push(event.error.message);
    });
    species = file
      ? decodeSpecies(
          Uint8Array.from(atob(file), (character) => character.charCodeAt(0)),
          "species.bnw",
        )
      : anySpecies();
    const living = new LivingTexture("living", { species, graft, size, start, stepsPerSecond: 0 }, stage.scene);
    living.onFailedObservable.add((error) => void errors.push(error.message));
    await living.whenGrowing();
    wear(living);
    await drawFrames(stage.scene, 2);
  },

  async beside(steps, dabs = []) {
    const size = { width: 40, height: 24 };
    const options = { species, graft, ...size, seed: 5, alive: true, mipmaps: false, samplingMode: 2 };
    const there = await openColony(engine, { ...options, bare: [0.2, 0.2, 0.2] });
    const here = new CellField(species, { ...size, seed: 5 });
    here.setSpecies(species, graft);
    const half = Math.floor(steps / 2);
    there.step(half);
    for (let i = 0; i < half; i++) here.step();
    for (const dab of dabs) {
      there.dab(dab);
      here.dab(dab);
    }
    there.step(steps - half);
    for (let i = half; i < steps; i++) here.step();
    const [a, b] = [await there.read(), here.read()];
    there.dispose();
    there.texture.dispose();
    return a.reduce((furthest, value, i) => Math.max(furthest, Math.abs(value - b[i])), 0);
  },

  async thereAndBack() {
    const far = (a: Float32Array, b: Float32Array): number =>
      a.reduce((furthest, value, i) => Math.max(furthest, Math.abs(value - b[i])), 0);
    texture.grow(6);
    const first = await texture.readCells();
    const before = texture.snapshot();
    texture.erase(0.4, 0.6, 0.2);
    texture.graftAt(0.8, 0.2, 0.2);
    texture.grow(3);
    const second = await texture.readCells();
    const after = texture.snapshot();
    texture.restore(before);
    await drawFrames(stage.scene, 2);
    const back = far(first, await texture.readCells()) + Math.abs(texture.steps - before.steps);
    texture.restore(after);
    await drawFrames(stage.scene, 2);
    const forth = far(second, await texture.readCells()) + Math.abs(texture.steps - before.steps - 3);
    const { bytes } = before;
    for (const snapshot of [before, after, before]) snapshot.dispose();
    return { back, forth, touched: far(first, second), bytes };
  },

  async grow(steps) {
    texture.grow(steps);
    await drawFrames(stage.scene, 1);
  },

  dab(kind, u, v, radius) {
    if (kind === "erase") texture.erase(u, v, radius);
    else if (kind === "sow") texture.sow(u, v, radius);
    else texture.graftAt(u, v, radius, 1);
  },

  async look() {
    const cells = await texture.readCells();
    const count = cells.length / CELL_NUMBERS;
    const share = (place: number): number =>
      cells.reduce((sum, value, i) => sum + (i % CELL_NUMBERS === place ? value : 0), 0) / count;
    return { living: share(LIFE), grafted: share(SHARE) };
  },

  async bake() {
    texture.isPaused = true;
    const { pixels: baked } = await texture.bake();
    await drawFrames(stage.scene, 2);
    const shown = (await texture.readPixels()) as Uint8Array;
    return { baked: [...baked], shown: [...shown] };
  },

  async bakeMaterial() {
    const material = await texture.bakeMaterial("baked");
    const name = `${material.albedoTexture?.getSize().width} ${material.albedoTexture?.getClassName()}`;
    material.dispose(false, true);
    return name;
  },

  async saveAndLoad(steps) {
    const saved = JSON.parse(JSON.stringify(texture.serialize())) as Record<string, unknown>;
    const fresh = new LivingTexture("fresh", { species, graft, size: 64, stepsPerSecond: 0 }, stage.scene);
    const loaded = LivingTexture.Parse(saved, stage.scene);
    await Promise.all([fresh.whenGrowing(), loaded.whenGrowing()]);
    fresh.grow(steps);
    loaded.grow(steps);
    const [a, b] = [(await fresh.bake()).pixels, (await loaded.bake()).pixels];
    fresh.dispose();
    loaded.dispose();
    loaded.dispose();
    return a.reduce((furthest, value, i) => Math.max(furthest, Math.abs(value - b[i])), 0);
  },

  async lose() {
    const back = new Promise<void>((resolve) => texture.onGrowingObservable.addOnce(() => resolve()));
    const device = (engine as unknown as { _device?: GPUDevice })._device;
    if (device) device.destroy();
    else {
      const gl = (engine as unknown as { _gl: WebGL2RenderingContext })._gl;
      const loss = gl.getExtension("WEBGL_lose_context")!;
      loss.loseContext();
      await new Promise((resolve) => setTimeout(resolve, 100));
      loss.restoreContext();
    }
    await back;
    texture.grow(3);
    await drawFrames(stage.scene, 2);
    return texture.steps;
  },

  frames: (count) => drawFrames(stage.scene, count),
  reseed: (seed) => texture.reseed(seed),
  async resize(size) {
    await texture.resize(size);
    await drawFrames(stage.scene, 1);
    return texture.getSize().width;
  },
  dispose() {
    texture.dispose();
    texture.dispose();
  },
  counts: () => ({
    ...things,
    webgpu: { ...things.webgpu },
    calls: { ...calls },
    cached: engine.getLoadedTexturesCache().length,
    steps: texture.steps,
  }),
  errors: () => errors,
};

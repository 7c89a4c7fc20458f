import type { PBRMaterial } from "@babylonjs/core/Materials/PBR/pbrMaterial.js";
import type { Scene } from "@babylonjs/core/scene.js";
import {
  LivingTexture,
  materialFromImages,
  type LivingSnapshot,
  type Picture,
  type Species,
} from "../../../plugin/paint.ts";
import { atelierConfig } from "../rules/config.ts";
import { spotsOf, type Growth } from "../rules/growth.ts";
import { Strokes, type Moment } from "../rules/strokes.ts";
import { plainImages } from "./plain-images.ts";
import { repeatTextures } from "./tailor.ts";

/** Where the first spots are sown, in shares of the tile. */
const SPOT = 0.05;

/** All that a stroke can change. */
interface SurfaceMoment extends Moment {
  readonly cells: LivingSnapshot;
  readonly isGrafted: boolean;
}

/** A material whose colour grows. Its brushes take places as the mesh's texture coordinates give them. */
export class LivingSurface {
  readonly material: PBRMaterial;
  /** What the brush has done since it began. */
  readonly strokes: Strokes<SurfaceMoment>;
  readonly #scene: Scene;
  #texture: LivingTexture;
  #generation = 0;
  #isGrafted = false;

  constructor(growth: Growth, species: Species, graft: Species, scene: Scene) {
    this.#scene = scene;
    this.material = materialFromImages("living", plainImages(120), scene, { recipe: null });
    this.material.maxSimultaneousLights = 2;
    this.material.albedoTexture?.dispose();
    this.#texture = this.#make(growth, species, graft);
    this.material.albedoTexture = this.#texture;
    const { strokes, strokeBytes: bytes } = atelierConfig;
    const keeper = { take: () => this.#take(), bring: (moment: SurfaceMoment) => this.#bring(moment) };
    this.strokes = new Strokes(keeper, { strokes, bytes });
  }

  /** Steps since it began. */
  get steps(): number {
    return this.#texture.steps;
  }

  get isPaused(): boolean {
    return this.#texture.isPaused;
  }

  /** Whether the brush has given some of it to the second species since it began. */
  get isGrafted(): boolean {
    return this.#isGrafted;
  }

  /** Waits for the GPU. @throws UnsupportedError where the GPU does not take it. */
  async whenGrowing(): Promise<void> {
    await this.#texture.whenGrowing();
  }

  /** Begins anew; the old one is seen until then. @throws UnsupportedError where the GPU does not take it. */
  async restart(growth: Growth): Promise<void> {
    const generation = ++this.#generation;
    const old = this.#texture;
    const fresh = this.#make(growth, old.species, old.graft!);
    try {
      await fresh.whenGrowing();
    } catch (problem) {
      fresh.dispose();
      throw problem;
    }
    if (generation !== this.#generation) {
      fresh.dispose();
      return;
    }
    fresh.uScale = fresh.vScale = old.uScale;
    fresh.isPaused = old.isPaused;
    fresh.setSpecies(old.species, old.graft);
    this.strokes.clear();
    this.#texture = fresh;
    this.#isGrafted = false;
    this.material.albedoTexture = fresh;
    old.dispose();
  }

  /** What is there grows on as these. */
  setSpecies(species: Species, graft: Species): void {
    this.#texture.setSpecies(species, graft);
  }

  setPace({ stepsPerSecond, isPaused }: Pick<Growth, "stepsPerSecond" | "isPaused">): void {
    this.#texture.stepsPerSecond = stepsPerSecond;
    this.#texture.isPaused = isPaused;
  }

  /** How often the tile repeats where it is laid once. */
  get repeat(): number {
    return this.#texture.uScale;
  }

  set repeat(times: number) {
    repeatTextures(this.material, times);
  }

  /** Touches it. Nothing happens before the GPU is ready. @param radius - In shares of the tile. */
  touch(brush: "erase" | "graft" | "sow", u: number, v: number, radius: number): void {
    const texture = this.#texture;
    if (!texture.isGrowing) return;
    const [across, up] = [u * this.repeat, v * this.repeat];
    if (brush === "graft") texture.graftAt(across, up, radius);
    else texture[brush](across, up, radius);
    this.#isGrafted ||= brush === "graft";
  }

  /** What it looks like now. */
  bake(): Promise<Picture> {
    return this.#texture.bake();
  }

  /** Shares of its cells that live, and that have a part of the second species. */
  async look(): Promise<{ readonly living: number; readonly grafted: number }> {
    const cells = await this.#texture.readCells();
    const numbers = 14;
    let [living, grafted] = [0, 0];
    for (let at = 12; at < cells.length; at += numbers) {
      living += cells[at];
      grafted += cells[at + 1];
    }
    const count = cells.length / numbers;
    return { living: living / count, grafted: grafted / count };
  }

  dispose(): void {
    this.#generation++;
    this.strokes.clear();
    this.material.dispose(false, true);
  }

  #take(): SurfaceMoment | null {
    if (!this.#texture.isGrowing) return null;
    const cells = this.#texture.snapshot();
    return { cells, isGrafted: this.#isGrafted, bytes: cells.bytes, dispose: () => cells.dispose() };
  }

  #bring({ cells, isGrafted }: SurfaceMoment): void {
    this.#texture.restore(cells);
    this.#isGrafted = isGrafted;
  }

  #make({ cells, seed, stepsPerSecond, isPaused, beginning }: Growth, species: Species, graft: Species): LivingTexture {
    const start = beginning === "spots" ? "bare" : "everywhere";
    const options = { species, graft, size: cells, seed, stepsPerSecond, start } as const;
    const texture = new LivingTexture("living", options, this.#scene);
    texture.isPaused = isPaused;
    // After a lost context there are other cells.
    texture.onGrowingObservable.add(() => this.strokes.clear());
    // Also after a lost context: it is bare again then.
    if (start === "bare") {
      texture.onGrowingObservable.add(() => spotsOf(seed).forEach(([u, v]) => texture.sow(u, v, SPOT)));
    }
    return texture;
  }
}

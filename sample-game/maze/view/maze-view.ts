import type { StandardMaterial } from "@babylonjs/core/Materials/standardMaterial.js";
import type { Mesh } from "@babylonjs/core/Meshes/mesh.js";
import type { DefaultRenderingPipeline } from "@babylonjs/core/PostProcesses/RenderPipeline/Pipelines/defaultRenderingPipeline.js";
import type { AbstractEngine } from "@babylonjs/core/Engines/abstractEngine.js";
import { Color3 } from "@babylonjs/core/Maths/math.color.js";
import { Scene } from "@babylonjs/core/scene.js";
import { createFinish } from "../../scenery/finish.ts";
import { createGemMaterial, GemFigure } from "../../scenery/gem-figure.ts";
import { GolemFigure } from "../../scenery/golem-figure.ts";
import { Halos } from "../../scenery/halo.ts";
import { Materials } from "../../scenery/materials.ts";
import { Night } from "../../scenery/night.ts";
import { PALETTE } from "../../scenery/palette.ts";
import { Sparks } from "../../scenery/sparks.ts";
import type { QualityLevel } from "../../shell/quality.ts";
import { mazeConfig } from "../rules/config.ts";
import { fieldOf, placeOf, type Maze } from "../rules/maze.ts";
import type { Walk } from "../rules/walk.ts";
import { ChalkLines } from "./chalk-lines.ts";
import { buildHedges } from "./hedges.ts";
import { LampPosts } from "./lamp-posts.ts";
import { OverviewCamera, type FreePart } from "../../scenery/overview-camera.ts";
import { layTurf, pave, plantFirs } from "./maze-ground.ts";

const PAVING = new Color3(0.78, 0.68, 0.56);
/** Golems of the yard are too broad for paths of one metre. */
const GOLEM_SIZE = 0.74;
const GEM_SIZE = 0.8;
/** How fast a golem turns on its heel, per second of the lesson. */
const TURN_RATE = 13;

/** Draws the maze: reads a walk, changes nothing of it. */
export class MazeView {
  readonly scene: Scene;
  readonly camera: OverviewCamera;
  readonly #night: Night;
  readonly #materials: Materials;
  readonly #halos: Halos;
  readonly #golem: GolemFigure;
  readonly #gem: GemFigure;
  readonly #gemMaterial: StandardMaterial;
  readonly #sparks: Sparks;
  readonly #still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  #fixtures: Mesh[] = [];
  #posts: LampPosts | null = null;
  #chalk: ChalkLines | null = null;
  #finish: DefaultRenderingPipeline | null = null;
  #maze: Maze | null = null;
  #simple = false;
  #clock = 0;

  constructor(engine: AbstractEngine) {
    this.scene = new Scene(engine);
    this.scene.skipPointerMovePicking = true;
    this.camera = new OverviewCamera(this.scene);
    this.#night = new Night(this.scene);
    this.#materials = new Materials(this.scene);
    this.#halos = new Halos(this.scene);
    // Dry gravel stones: next to leaves, the yard's wet ones would look blue.
    this.#materials.cobbles.diffuseColor = PAVING;
    layTurf(this.#materials, this.scene);
    this.#gemMaterial = createGemMaterial(this.scene);
    this.#golem = new GolemFigure(0, this.#materials, this.#halos, this.scene);
    this.#golem.root.scaling.setAll(GOLEM_SIZE);
    const light = this.#halos.pool("golem light", this.#golem.root, 4.6, PALETTE.seeking, 0.34);
    light.mesh.position.y = 0.08;
    this.#gem = new GemFigure(0, this.#gemMaterial, this.#materials, this.#halos, this.scene);
    this.#gem.root.scaling.setAll(GEM_SIZE);
    this.#sparks = new Sparks(this.#halos);
    for (const mesh of [...this.#golem.meshes, ...this.#gem.meshes]) this.#night.castShadow(mesh);
  }

  /** From the middle of the present maze to the outer face of its hedges, in metres. */
  get reach(): number {
    return ((this.#maze?.side ?? 0) / 2) * mazeConfig.field;
  }

  /** Tears the old maze down and grows a new one. */
  lay(maze: Maze): void {
    this.#maze = maze;
    for (const mesh of this.#fixtures) mesh.dispose();
    this.#posts?.dispose();
    this.#chalk?.dispose();
    const { reach } = this;
    const hedges = buildHedges(maze, this.#materials, this.scene, !this.#simple);
    this.#fixtures = [
      ...hedges,
      pave(reach, this.#materials, this.scene),
      plantFirs(reach, this.#materials, this.scene),
    ];
    this.#posts = new LampPosts(maze, this.#materials, this.#halos, this.scene);
    this.#posts.setPools(this.#simple ? 0.34 : 0.12);
    this.#chalk = new ChalkLines(maze.side, this.scene);
    for (const mesh of [...hedges, ...this.#posts.meshes]) this.#night.castShadow(mesh);
    this.#night.setLamps(this.#posts.lamps);
    this.#night.setReach(Math.max(14, reach * 1.45));
  }

  /** Draws the golem's chalk anew. */
  chalk(walk: Walk): void {
    this.#chalk?.draw(walk);
  }

  /** Lets sparks fly around the gem, where motion is welcome. */
  celebrate(walk: Walk): void {
    const { x, z } = placeOfCrossing(walk.gem, walk.maze);
    if (!this.#still) this.#sparks.burst({ x, z }, PALETTE.gem);
  }

  /** Fits the whole maze into the free part of the picture. */
  fit(free: FreePart, width: number, height: number): void {
    this.camera.fit(this.reach, free, width, height);
    this.#night.setDistance(this.camera.distance + this.reach);
  }

  /** How much the renderer does. */
  setQuality(level: QualityLevel): void {
    this.#finish?.dispose();
    this.#finish = null;
    const low = level === "low";
    this.#night.setShadows(({ low: 0, medium: 1024, high: 2048 } as const)[level]);
    this.#night.setShine(!low);
    this.#night.setSky(low ? 1.5 : 1.15);
    this.#materials.setDetail({ low: 2, medium: 6, high: 6 }[level], !low);
    if (!low) this.#finish = createFinish(this.scene, this.camera.camera, level === "high");
    this.#halos.gain = low ? 1.35 : 1.5;
    const relay = this.#simple !== low ? this.#maze : null;
    this.#simple = low;
    this.#golem.blot.setEnabled(low);
    if (relay) this.lay(relay);
  }

  /**
   * @param progress - How far the golem has come on its last move, in [0, 1].
   * @param seconds - Since the last frame.
   * @param speed - Seconds of the lesson in each second.
   */
  update(walk: Walk, progress: number, seconds: number, speed: number): void {
    this.#clock += seconds;
    const from = placeOfCrossing(walk.previous, walk.maze);
    const to = placeOfCrossing(walk.crossing, walk.maze);
    const share = progress * progress * (3 - 2 * progress);
    const { root } = this.#golem;
    root.position.set(from.x + (to.x - from.x) * share, 0, from.z + (to.z - from.z) * share);
    const heading = (walk.heading * Math.PI) / 2;
    root.rotation.y += wrap(heading - root.rotation.y) * (1 - Math.exp(-seconds * speed * TURN_RATE));
    const walks = progress < 1 && walk.previous !== walk.crossing;
    const metres = 2 * mazeConfig.field * mazeConfig.decisionsPerSecond;
    const pose = { chasing: false, speed: walks ? (metres / GOLEM_SIZE) * speed * 0.6 : 0, selected: false };
    this.#golem.update({ ...pose, hidden: false }, this.#still ? 0 : seconds, this.#still ? 0 : this.#clock);
    const gem = placeOfCrossing(walk.gem, walk.maze);
    const state = walk.outcome === "found" && progress >= 1 ? "taken" : "lying";
    this.#gem.update({ ...gem, state }, seconds, this.#still ? 0 : this.#clock);
    this.#sparks.update(seconds);
    if (this.#still) return;
    this.#posts?.update(this.#clock);
    this.#night.flicker(this.#clock);
  }

  dispose(): void {
    this.#finish?.dispose();
    this.scene.dispose();
  }
}

function placeOfCrossing(crossing: number, { size, side }: Maze): { x: number; z: number } {
  const field = fieldOf(crossing, size);
  const column = field % side;
  return { x: placeOf(column, side), z: placeOf((field - column) / side, side) };
}

function wrap(angle: number): number {
  return Math.atan2(Math.sin(angle), Math.cos(angle));
}

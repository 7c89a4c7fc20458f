import type { Mesh } from "@babylonjs/core/Meshes/mesh.js";
import type { StandardMaterial } from "@babylonjs/core/Materials/standardMaterial.js";
import type { DefaultRenderingPipeline } from "@babylonjs/core/PostProcesses/RenderPipeline/Pipelines/defaultRenderingPipeline.js";
import type { Color3 } from "@babylonjs/core/Maths/math.color.js";
import type { TransformNode } from "@babylonjs/core/Meshes/transformNode.js";
import { Scene } from "@babylonjs/core/scene.js";
import type { AbstractEngine } from "@babylonjs/core/Engines/abstractEngine.js";
import { releasePhysics } from "../../../plugin/index.ts";
import type { QualityLevel } from "../../shell/quality.ts";
import { lineOfSight, wrapAngle, type Spot } from "../rules/geometry.ts";
import type { YardLayout } from "../rules/layout.ts";
import type { Piece } from "../rules/referee.ts";
import type { Walker } from "./game-world.ts";
import { CameraRig } from "./camera-rig.ts";
import { createFinish } from "../../scenery/finish.ts";
import { GateFigure } from "./gate.ts";
import { createGemMaterial, GemFigure } from "../../scenery/gem-figure.ts";
import { GolemFigure } from "../../scenery/golem-figure.ts";
import { createGround, type Ground } from "./ground.ts";
import { Halos } from "../../scenery/halo.ts";
import { Lanterns } from "./lanterns.ts";
import { Materials } from "../../scenery/materials.ts";
import { Night } from "../../scenery/night.ts";
import { buildObstacles } from "./obstacles.ts";
import { PALETTE } from "../../scenery/palette.ts";
import { Sparks } from "../../scenery/sparks.ts";
import { SightFan } from "./sight-fan.ts";
import { buildSurroundings } from "./surroundings.ts";
import { ThiefFigure } from "./thief-figure.ts";
import { buildWalls } from "./walls.ts";

/** Everything that a picture of the Yard is made from; rewritten at each frame. */
export interface YardPicture {
  readonly layout: YardLayout;
  readonly thief: Walker;
  readonly sprinting: boolean;
  readonly golems: readonly Walker[];
  /** Whether each golem sees the thief, [golems]. */
  readonly seeing: readonly boolean[];
  readonly pieces: readonly Piece[];
  readonly carrying: boolean;
  readonly caught: boolean;
  /** Whether to show as much as fits instead of following the thief closely. */
  readonly overview: boolean;
  /** The golem whose card is open, or -1. */
  readonly selected: number;
}

/** Additive light before tone mapping needs so much more to look the same. Chosen by comparing pictures. */
const HALO_GAIN = 1.5;

/** An obstacle hides what is this near behind it, in metres. */
const COVERED = 1.3;

/** Draws the Yard: reads the game's state, changes nothing of it. */
export class YardView {
  readonly scene: Scene;
  readonly rig: CameraRig;
  readonly #night: Night;
  readonly #materials: Materials;
  readonly #halos: Halos;
  readonly #ground: Ground;
  readonly #gem: StandardMaterial;
  readonly #thief: ThiefFigure;
  readonly #sparks: Sparks;
  readonly #golems: GolemFigure[] = [];
  readonly #fans: SightFan[] = [];
  #fixtures: Mesh[] = [];
  #gate: GateFigure | null = null;
  #lanterns: Lanterns | null = null;
  #gems: GemFigure[] = [];
  #finish: DefaultRenderingPipeline | null = null;
  readonly #still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  /** Whether edges are sharp and soft spots stand in for shadows. */
  #simple = false;
  #laid: { layout: YardLayout; golems: number } | null = null;
  #clock = 0;

  constructor(engine: AbstractEngine) {
    this.scene = new Scene(engine);
    this.scene.skipPointerMovePicking = true;
    this.rig = new CameraRig(this.scene);
    this.#night = new Night(this.scene);
    this.#materials = new Materials(this.scene);
    this.#halos = new Halos(this.scene);
    this.#ground = createGround(this.#materials, this.scene);
    this.#gem = createGemMaterial(this.scene);
    buildSurroundings(this.#materials, this.scene);
    this.#sparks = new Sparks(this.#halos);
    this.#thief = new ThiefFigure(this.#materials, this.#halos, this.scene);
    for (const mesh of this.#thief.meshes) this.#night.castShadow(mesh);
  }

  /** Tears the old yard down and builds a new one. */
  lay(layout: YardLayout, golems: number): void {
    this.#laid = { layout, golems };
    for (const mesh of this.#fixtures) mesh.dispose();
    this.#gate?.dispose();
    this.#lanterns?.dispose();
    for (const gem of this.#gems) gem.dispose();

    this.#fixtures = [
      buildWalls(layout.gate, this.#materials, this.scene, !this.#simple),
      ...buildObstacles(layout.obstacles, this.#materials, this.scene, !this.#simple),
    ];
    this.#gate = new GateFigure(layout.gate, this.#materials, this.#halos, this.scene);
    this.#lanterns = new Lanterns(layout.gate, this.#materials, this.#halos, this.scene);
    this.#gems = layout.loot.map(
      (_, index) => new GemFigure(index, this.#gem, this.#materials, this.#halos, this.scene),
    );
    for (const mesh of [...this.#fixtures, ...this.#gate.meshes, ...this.#gems.flatMap((gem) => gem.meshes)]) {
      this.#night.castShadow(mesh);
    }
    const { lamps } = this.#lanterns;
    this.#night.setLamps(lamps, this.#ground.yard);
    this.#ground.baked.bake(
      lamps.map((lamp) => ({ ...lamp, strength: lamp.strength * 0.85, colour: PALETTE.lamp })),
      layout.obstacles,
    );
    this.#setGolems(golems);
  }

  /** Lets all golems flash: they have learned something. */
  pulse(): void {
    for (const golem of this.#golems) golem.pulse();
  }

  /** Lets sparks fly somewhere, where motion is welcome. */
  spark(at: Spot, colour: Color3): void {
    if (!this.#still) this.#sparks.burst(at, colour);
  }

  /** Shakes the picture for a moment, where motion is welcome. */
  shake(strength: number): void {
    if (!this.#still) this.rig.shake(strength);
  }

  /** How much the renderer does. */
  setQuality(level: QualityLevel): void {
    this.#finish?.dispose();
    this.#finish = null;
    const low = level === "low";
    this.#night.setShadows(({ low: 0, medium: 1024, high: 2048 } as const)[level]);
    this.#night.setShine(!low);
    this.#night.setSky(low ? 1.2 : 0.95);
    this.#materials.setDetail({ low: 2, medium: 5, high: 6 }[level], !low);
    if (!low) this.#finish = createFinish(this.scene, this.rig.camera, level === "high");
    this.#halos.gain = low ? 1.35 : HALO_GAIN;
    const relay = this.#simple !== low ? this.#laid : null;
    this.#simple = low;
    for (const figure of [this.#thief, ...this.#golems]) figure.blot.setEnabled(low);
    if (relay) this.lay(relay.layout, relay.golems);
  }

  /** @param seconds - Since the last frame. */
  update(picture: YardPicture, seconds: number, aspect: number): void {
    this.#clock += seconds;
    const clock = this.#clock;
    const { thief, golems, seeing, layout } = picture;
    place(this.#thief.root, thief, seconds);
    this.#thief.update(
      {
        speed: thief.speed,
        carrying: picture.carrying,
        caught: picture.caught,
        seen: seeing.includes(true),
        sprinting: picture.sprinting,
        hidden: isHidden(thief, layout),
      },
      seconds,
      clock,
    );
    golems.forEach((golem, index) => {
      const figure = this.#golems[index];
      const chasing = seeing[index];
      const selected = picture.selected === index;
      place(figure.root, golem, seconds);
      const hidden = isHidden(golem, layout);
      figure.update({ chasing, speed: golem.speed, selected, hidden }, seconds, clock);
      const strength = (chasing ? 0.34 : 0.3) + (selected ? 0.06 : 0);
      this.#fans[index].update(golem, layout.obstacles, chasing ? PALETTE.chasing : PALETTE.seeking, strength);
    });
    picture.pieces.forEach((piece, index) => this.#gems[index]?.update(piece, seconds, clock));
    this.#gate?.update(picture.carrying, seconds, clock);
    this.#sparks.update(seconds);
    if (!this.#still) {
      this.#lanterns?.update(clock);
      this.#night.flicker(clock);
    }
    this.rig.update(picture.overview ? golems : null, thief, seconds, aspect, clock);
    this.#night.setDistance(this.rig.distance);
  }

  dispose(): void {
    this.#finish?.dispose();
    releasePhysics(this.scene);
    this.scene.dispose();
  }

  #setGolems(count: number): void {
    while (this.#golems.length < count) {
      const index = this.#golems.length;
      const golem = new GolemFigure(index, this.#materials, this.#halos, this.scene);
      for (const mesh of golem.meshes) this.#night.castShadow(mesh);
      golem.blot.setEnabled(this.#simple);
      this.#golems.push(golem);
      this.#fans.push(new SightFan(index, this.scene));
    }
    while (this.#golems.length > count) {
      this.#golems.pop()!.dispose();
      this.#fans.pop()!.dispose();
    }
  }
}

/** Tells whether an obstacle stands between somebody and the camera, which looks from the south. */
function isHidden({ x, z }: Walker, { obstacles }: YardLayout): boolean {
  return !lineOfSight({ x, z }, { x, z: z - COVERED }, obstacles);
}

/** Physics moves in steps; figures glide between them, and jump when they are far off. */
function place(figure: TransformNode, at: Walker, seconds: number): void {
  const dx = at.x - figure.position.x;
  const dz = at.z - figure.position.z;
  const ease = seconds === 0 || dx * dx + dz * dz > 2 ? 1 : 1 - Math.exp(-seconds * 38);
  figure.position.x += dx * ease;
  figure.position.z += dz * ease;
  figure.rotation.y += wrapAngle(at.yaw - figure.rotation.y) * ease;
}

import type { AbstractEngine } from "@babylonjs/core/Engines/abstractEngine.js";
import { Color3 } from "@babylonjs/core/Maths/math.color.js";
import { CreateGround } from "@babylonjs/core/Meshes/Builders/groundBuilder.js";
import { StandardMaterial } from "@babylonjs/core/Materials/standardMaterial.js";
import type { AbstractMesh } from "@babylonjs/core/Meshes/abstractMesh.js";
import { Scene } from "@babylonjs/core/scene.js";
import { OverviewCamera, type FreePart } from "../../scenery/overview-camera.ts";
import { GolemFigure } from "../../scenery/golem-figure.ts";
import { Halos } from "../../scenery/halo.ts";
import { Materials } from "../../scenery/materials.ts";
import { SEEN_LAYER } from "../lesson/seeker-bodies.ts";
import type { SeekerWorld } from "../lesson/seeker.lesson.ts";
import { GEMS, PAINT, seekerConfig } from "../rules/config.ts";

/** Golems of the yard are twice as high as this court's. */
const GOLEM_SIZE = 0.62;
const ALL_LAYERS = 0x0fffffff;
const GROUND = new Color3(0.035, 0.05, 0.06);

/** Draws the court for people: what they see besides lies on layers that the golem's camera does not see. */
export class SeekerView {
  readonly scene: Scene;
  readonly camera: OverviewCamera;
  readonly #golem: GolemFigure;
  readonly #still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  #clock = 0;
  #x = 0;
  #z = 0;

  constructor(engine: AbstractEngine) {
    this.scene = new Scene(engine);
    this.scene.skipPointerMovePicking = true;
    this.camera = new OverviewCamera(this.scene);
    const halos = new Halos(this.scene);
    this.#golem = new GolemFigure(0, new Materials(this.scene), halos, this.scene);
    this.#golem.root.scaling.setAll(GOLEM_SIZE);
    const ground = CreateGround("ground around the court", { width: 120, height: 120 }, this.scene);
    ground.position.y = -0.25;
    const soil = new StandardMaterial("soil", this.scene);
    soil.diffuseColor = GROUND;
    soil.specularColor = Color3.Black();
    ground.material = soil;
    for (const mesh of this.scene.meshes) hideFromGolem(mesh);
  }

  /** Fits the court into the free part of the picture. */
  fit(free: FreePart, width: number, height: number): void {
    this.camera.fit(seekerConfig.court / 2, free, width, height);
  }

  /** Call it before each frame. */
  update({ spot, bodies, gems }: SeekerWorld, seconds: number): void {
    this.#clock += seconds;
    const { root } = this.#golem;
    root.position.set(spot.x, 0, spot.z);
    root.rotation.y = bodies.golem.rotation.y;
    const speed = seconds > 0 ? Math.hypot(spot.x - this.#x, spot.z - this.#z) / seconds : 0;
    this.#x = spot.x;
    this.#z = spot.z;
    const pose = { hidden: false, chasing: false, selected: false, speed: Math.min(4, speed) / GOLEM_SIZE };
    this.#golem.update(pose, this.#still ? 0 : seconds, this.#still ? 0 : this.#clock);
    if (this.#still) return;
    gems.forEach((_, index) => (bodies.gems[index].rotation.y = this.#clock * 0.8 + index));
  }

  dispose(): void {
    this.scene.dispose();
  }
}

/** Colours of the gems for the page, `rgb(…)`. */
export const GEM_COLOURS: readonly string[] = GEMS.map(
  (name) => `rgb(${PAINT[name].map((part) => Math.round(255 * Math.min(1, part + 0.1))).join(" ")})`,
);

function hideFromGolem(mesh: AbstractMesh): void {
  mesh.layerMask = ALL_LAYERS & ~SEEN_LAYER;
}

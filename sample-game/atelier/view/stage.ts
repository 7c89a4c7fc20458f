import "@babylonjs/core/Culling/ray.js";
import "@babylonjs/core/Rendering/outlineRenderer.js";
import { VertexBuffer } from "@babylonjs/core/Buffers/buffer.js";
import type { AbstractEngine } from "@babylonjs/core/Engines/abstractEngine.js";
import type { Material } from "@babylonjs/core/Materials/material.js";
import { Color3, Color4 } from "@babylonjs/core/Maths/math.color.js";
import type { AbstractMesh } from "@babylonjs/core/Meshes/abstractMesh.js";
import type { Mesh } from "@babylonjs/core/Meshes/mesh.js";
import type { DefaultRenderingPipeline } from "@babylonjs/core/PostProcesses/RenderPipeline/Pipelines/defaultRenderingPipeline.js";
import { Scene } from "@babylonjs/core/scene.js";
import { createFinish } from "../../scenery/finish.ts";
import { Halos } from "../../scenery/halo.ts";
import type { FreePart } from "../../scenery/overview-camera.ts";
import type { QualityLevel } from "../../shell/quality.ts";
import type { Bench } from "../rules/bench.ts";
import { PARTS, type Part } from "../rules/parts.ts";
import { MOODS, type Light } from "../rules/sun.ts";
import { Backdrop } from "./backdrop.ts";
import { buildCourt } from "./court.ts";
import { Daylight } from "./daylight.ts";
import { buildLantern } from "./lantern.ts";
import { OrbitView } from "./orbit-view.ts";
import { Shapes, STANDS, type ViewName } from "./shapes.ts";

const LAMP = new Color3(1, 0.62, 0.26);

/** Where the stage gets materials from; null while one is not there yet. */
export interface Wardrobe {
  /** Before anything was painted. */
  readonly plain: Material;
  /** What shapes stand on. */
  readonly dark: Material;
  materialOf(material: number): Material | null;
}

/** A part that wears something that lives, whatever it wears else. */
export interface LivingWear {
  readonly part: Part;
  readonly material: Material;
}

/** What frames pass through after all else. */
export interface StageEye {
  /** Whether each frame differs from the one before it, though nothing has moved. */
  readonly isLive: boolean;
  /** Goes behind what came to the camera since. */
  comeLast(): void;
}

/** What is worn by whom, of one moment. */
type Look = Pick<Bench, "material" | "worn">;

/** The scene of the Atelier: the corner of the Yard and the shapes of the study. It is drawn only when something has changed. */
export class Stage {
  readonly scene: Scene;
  readonly orbit: OrbitView;
  readonly #daylight: Daylight;
  readonly #backdrop: Backdrop;
  readonly #parts: ReadonlyMap<Part, Mesh>;
  readonly #fixtures: readonly AbstractMesh[];
  readonly #shapes: Shapes;
  readonly #wardrobe: Wardrobe;
  #finish: DefaultRenderingPipeline[] = [];
  #view: ViewName = "yard";
  #look: Look = { material: null, worn: {} };
  #leftLook: Look | null = null;
  #living: LivingWear | null = null;
  #hovered: Part | null = null;
  #eye: StageEye | null = null;
  #level: QualityLevel = "high";
  #stale = true;
  #waits = false;
  /** Pictures drawn so far. */
  drawn = 0;

  /** @param makeWardrobe - Called with the fresh scene. */
  constructor(engine: AbstractEngine, makeWardrobe: (scene: Scene) => Wardrobe) {
    this.scene = new Scene(engine);
    this.scene.skipPointerMovePicking = true;
    this.scene.detachControl();
    this.scene.clearColor = new Color4(0.02, 0.025, 0.05, 1);
    this.orbit = new OrbitView(STANDS.yard, this.scene);
    const halos = new Halos(this.scene);
    this.#daylight = new Daylight(halos, this.scene);
    this.#backdrop = new Backdrop(this.scene);
    this.#wardrobe = makeWardrobe(this.scene);
    this.#parts = buildCourt(this.#wardrobe.plain, this.scene);
    this.#fixtures = [this.#backdrop.firs, ...buildLantern(this.scene)];
    this.#shapes = new Shapes(this.#wardrobe.plain, this.#wardrobe.dark, this.scene);
    for (const mesh of [...this.#parts.values(), ...this.#shapes.all]) giveColours(mesh);
    for (const mesh of [...this.#parts.values(), ...this.#shapes.casters]) this.#daylight.castShadow(mesh);
    this.scene.onBeforeCameraRenderObservable.add((camera) => {
      const isLeft = camera === this.orbit.leftCamera && this.#leftLook !== null;
      this.#wear(isLeft ? this.#leftLook! : this.#look, isLeft ? null : this.#living);
    });
    this.setLight(this.#daylight.light);
    this.setView("yard");
  }

  get view(): ViewName {
    return this.#view;
  }

  get light(): Light {
    return this.#daylight.light;
  }

  /** Shows the yard or one of the shapes. */
  setView(view: ViewName): void {
    this.#view = view;
    for (const mesh of [...this.#parts.values(), ...this.#fixtures]) mesh.setEnabled(view === "yard");
    this.#shapes.show(view);
    this.#daylight.setLantern(view === "yard");
    this.#daylight.redrawShadows();
    this.orbit.reset(STANDS[view]);
    this.touch();
  }

  /** Moves and colours the light. */
  setLight(light: Light): void {
    this.#daylight.set(light);
    this.#backdrop.set(MOODS[light.mood]);
    this.touch();
  }

  /** Dresses everything, and the left part of a divided picture in something else. */
  dress(look: Look, left: Look | null = null): void {
    this.#look = look;
    this.#leftLook = left;
    this.touch();
  }

  /** Has a part, or the shape of the study, wear something that lives; null ends it. */
  setLiving(living: LivingWear | null): void {
    this.#living = living;
    this.touch();
  }

  /**
   * Where on the living surface a point of the picture lies.
   *
   * @param x - In CSS pixels, like `y`.
   * @returns The mesh's own texture coordinates; null where something else is seen.
   */
  livingAt(x: number, y: number): { readonly u: number; readonly v: number } | null {
    if (!this.#living) return null;
    const mesh = this.#view === "yard" ? this.#parts.get(this.#living.part)! : this.#shapes.meshes[this.#view];
    const hit = this.scene.pickWithRay(
      this.orbit.rayAt(x, y),
      (each) => each.isEnabled() && (each.isPickable || each === mesh),
    );
    const place = hit?.pickedMesh === mesh ? hit.getTextureCoordinates() : null;
    return place && { u: place.x, v: place.y };
  }

  /** Divides the picture at a share of its width; null shows one picture. */
  divide(at: number | null): void {
    this.orbit.divide(at);
    this.touch();
  }

  /** Lit as a photograph, or plain for single maps. */
  setLit(lit: boolean): void {
    this.#daylight.setPhotographic(lit);
    this.touch();
  }

  /** The part of the yard at a point of the picture, in CSS pixels; null where there is none. */
  partAt(x: number, y: number): Part | null {
    if (this.#view !== "yard") return null;
    const hit = this.scene.pickWithRay(this.orbit.rayAt(x, y), (mesh) => mesh.isEnabled() && mesh.isPickable);
    return PARTS.find((part) => this.#parts.get(part) === hit?.pickedMesh) ?? null;
  }

  /** Lights up a part, to show what a click would dress. */
  hover(part: Part | null): void {
    if (part === this.#hovered) return;
    this.#hovered = part;
    for (const [name, mesh] of this.#parts) {
      const shown = name === part;
      mesh.renderOverlay = shown;
      mesh.renderOutline = shown;
      mesh.overlayColor = LAMP;
      mesh.overlayAlpha = 0.22;
      mesh.outlineColor = LAMP;
      mesh.outlineWidth = 0.02;
    }
    this.touch();
  }

  /** @param free - The part of the picture that panels leave free. @param width - Of the picture, in CSS pixels. */
  fit(free: FreePart, width: number, height: number): void {
    this.orbit.fit(free, width, height);
    this.touch();
  }

  /** How much the renderer does. */
  setQuality(level: QualityLevel): void {
    for (const finish of this.#finish) finish.dispose();
    const low = level === "low";
    this.#daylight.setShadows(({ low: 0, medium: 1024, high: 2048 } as const)[level]);
    this.#finish = low ? [] : [createFinish(this.scene, this.orbit.camera, false)];
    for (const finish of this.#finish) {
      finish.addCamera(this.orbit.leftCamera);
      finish.samples = level === "high" ? 4 : 1;
      finish.fxaaEnabled = level !== "high";
    }
    this.#level = level;
    this.#eye?.comeLast();
    this.touch();
  }

  /** Has frames pass through something after all else; null shows them as they are. */
  setEye(eye: StageEye | null): void {
    this.#eye = eye;
    this.touch();
  }

  /** Asks for a new picture. */
  touch(): void {
    this.#stale = true;
  }

  /** Whether the next frame draws. */
  get isStale(): boolean {
    return this.#stale;
  }

  /** Draws, if something has changed. @returns Whether it did. */
  frame(): boolean {
    if (this.#waits && this.scene.isReady(false)) {
      this.#waits = false;
      this.#stale = true;
    }
    // Where drawing is slow, noise stands still while nothing moves.
    if (this.#eye?.isLive && this.#level !== "low") this.#stale = true;
    if (!this.#stale) return false;
    this.#stale = false;
    this.scene.render();
    this.drawn++;
    // What still compiles is drawn once it is ready, and not over and over until then.
    this.#waits = !this.scene.isReady(false);
    return true;
  }

  dispose(): void {
    for (const finish of this.#finish) finish.dispose();
    this.scene.dispose();
  }

  #wear({ material, worn }: Look, living: LivingWear | null): void {
    const { plain } = this.#wardrobe;
    const find = (id: number | null | undefined): Material =>
      (id === null || id === undefined ? null : this.#wardrobe.materialOf(id)) ?? plain;
    if (this.#view !== "yard") {
      this.#shapes.meshes[this.#view].material = living?.material ?? find(material);
      return;
    }
    for (const [part, mesh] of this.#parts) {
      mesh.material = living?.part === part ? living.material : find(worn[part]);
    }
  }
}

/** Meshes with colours and without are two shaders; each costs a second where there is no GPU. */
function giveColours(mesh: Mesh): void {
  mesh.useVertexColors = true;
  if (mesh.name === "ground") return;
  const count = mesh.getTotalVertices();
  mesh.setVerticesData(VertexBuffer.ColorKind, new Float32Array(4 * count).fill(1));
}

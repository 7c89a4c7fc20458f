import { StandardMaterial } from "@babylonjs/core/Materials/standardMaterial.js";
import { RawTexture } from "@babylonjs/core/Materials/Textures/rawTexture.js";
import { Color3 } from "@babylonjs/core/Maths/math.color.js";
import { CreateGround } from "@babylonjs/core/Meshes/Builders/groundBuilder.js";
import type { Mesh } from "@babylonjs/core/Meshes/mesh.js";
import type { Scene } from "@babylonjs/core/scene.js";
import { Observable, valueMap, type NeuralController, type ValueMap } from "../../index.ts";
import { paintValues } from "../looks/value-colours.ts";
import { findFloor } from "./ground-area.ts";

/** Places along each side of the map. */
const SIDE = 24;

/** Metres that the map lies above the ground, and how far it is drawn in front, so that they do not flicker. */
const ABOVE = 0.02;
const IN_FRONT = -2;

/** Milliseconds of a frame that the map may take; one place is asked for in any case. */
const BUDGET = 0.4;

/** Milliseconds between two drawings of the map, and from its end to its new beginning: things move, and policies learn. */
const PERIOD = 250;
const REST = 1000;

/** A heat-map of what an agent expects to win, all over the ground of its scene. Belongs to nobody's scene file, and no agent senses it. */
export class ValueFloor {
  /** What it shows is new, at most four times a second. */
  readonly onChangeObservable = new Observable<void>();
  readonly #map: ValueMap;
  readonly #mesh: Mesh;
  readonly #texture: RawTexture;
  readonly #pixels = new Uint8Array(4 * SIDE * SIDE);
  #least = NaN;
  #greatest = NaN;
  #drawn = -Infinity;
  #done = NaN;
  #told: string | null = null;
  #disposed = false;

  /** @param controller - Drives a node. @throws ConfigurationError for one that does not. */
  constructor(scene: Scene, controller: NeuralController) {
    const { area, height } = findFloor(scene);
    const [x0, z0, x1, z1] = area;
    this.#map = valueMap(controller, { area, columns: SIDE, rows: SIDE });
    this.#mesh = CreateGround("value map", { width: x1 - x0, height: z1 - z0 }, scene);
    this.#mesh.position.set((x0 + x1) / 2, height + ABOVE, (z0 + z1) / 2);
    this.#mesh.isPickable = false;
    this.#mesh.doNotSerialize = true;
    this.#mesh.reservedDataStore = { hiddenFromAgents: true };
    // No row is turned over: the first is that of the least z, as in the map.
    this.#texture = RawTexture.CreateRGBATexture(this.#pixels, SIDE, SIDE, scene, false, false);
    this.#texture.hasAlpha = true;
    this.#mesh.material = floorMaterial(scene, this.#texture);
  }

  /** The least and the greatest that is expected anywhere; NaN before the first estimate. */
  get least(): number {
    return this.#least;
  }

  get greatest(): number {
    return this.#greatest;
  }

  /** Why there is nothing to see, in words; null where there is. */
  get problem(): string | null {
    const { controller, failure, hasCritic } = this.#map;
    if (!controller.policy) return "It has not learned anything yet, so it expects nothing. Teach it first.";
    if (failure) return failure.message;
    if (hasCritic) return null;
    return "It learned by heart what was shown, not what that is worth: its estimates say nothing. Teach it on.";
  }

  /** What is the same all over the map, since it does not depend on the place, e.g. speeds. */
  get held(): readonly string[] {
    return this.#map.held;
  }

  /** Goes on for a moment; call it once a frame. */
  step(): void {
    if (this.#disposed) return;
    const { problem } = this;
    this.#mesh.setEnabled(problem === null);
    if (problem !== this.#told) this.#tell(problem);
    if (problem !== null) return;
    const now = performance.now();
    if (!Number.isNaN(this.#done)) {
      if (now - this.#done < REST) return;
      this.#done = NaN;
      this.#map.restart();
    }
    const isDone = this.#map.advance(BUDGET);
    if (isDone) this.#done = now;
    if (isDone || now - this.#drawn >= PERIOD) this.#draw(now);
  }

  /** Takes the map out of the scene. May be called twice. */
  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    this.#map.dispose();
    this.#mesh.dispose(false, true);
    this.onChangeObservable.clear();
  }

  #draw(now: number): void {
    this.#drawn = now;
    const { values } = this.#map;
    this.#least = Infinity;
    this.#greatest = -Infinity;
    for (let i = 0; i < values.length; i++) {
      if (values[i] < this.#least) this.#least = values[i];
      if (values[i] > this.#greatest) this.#greatest = values[i];
    }
    paintValues(values, this.#least, this.#greatest, this.#pixels);
    this.#texture.update(this.#pixels);
    this.#tell(null);
  }

  #tell(problem: string | null): void {
    this.#told = problem;
    this.onChangeObservable.notifyObservers();
  }
}

/** Glows by itself, lets the ground shine through, and is drawn over it. */
function floorMaterial(scene: Scene, texture: RawTexture): StandardMaterial {
  const material = new StandardMaterial("value map", scene);
  material.doNotSerialize = true;
  material.disableLighting = true;
  material.diffuseTexture = texture;
  material.useAlphaFromDiffuseTexture = true;
  material.emissiveColor = Color3.White();
  material.backFaceCulling = false;
  material.fogEnabled = false;
  material.zOffset = IN_FRONT;
  return material;
}

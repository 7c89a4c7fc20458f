import type { Material } from "@babylonjs/core/Materials/material.js";
import type { PBRMaterial } from "@babylonjs/core/Materials/PBR/pbrMaterial.js";
import type { AbstractMesh } from "@babylonjs/core/Meshes/abstractMesh.js";
import type { PaintedImages, PaintPreview } from "../../paint.ts";
import type { EditHistory } from "../model/edit-history.ts";
import type { PaintWish } from "./paint-wish.ts";

/** A material that was painted here. */
export interface MadeMaterial {
  readonly name: string;
  readonly material: PBRMaterial;
  readonly painted: PaintedImages;
  /** What the sliders said. */
  readonly wish: PaintWish;
  /** A small picture of it. */
  readonly face: PaintPreview;
}

/** How many of the last materials can be gone back to. A row or two of small pictures; some 10 MB each at 512 pixels. */
const MOST_SHOWN = 12;

/**
 * The materials that were painted in a studio, and which mesh wears them. Those that nobody wears stay in the scene's list, so that
 * its order is what it was after an undo, but are left out when the scene is saved.
 */
export class MaterialRack {
  readonly #history: EditHistory;
  readonly #made: MadeMaterial[] = [];
  #shown: readonly MadeMaterial[] = [];
  /** By how many edits of the history each is needed. */
  readonly #needed = new Map<Material, number>();
  /** What meshes wore before each edit that is done, the last one last. */
  readonly #earlier = new WeakMap<AbstractMesh, (Material | null)[]>();

  constructor(history: EditHistory) {
    this.#history = history;
  }

  /** The last ones, the newest first. */
  get shown(): readonly MadeMaterial[] {
    return this.#shown;
  }

  /** What was painted as that material; null for any other. */
  find(material: Material | null): MadeMaterial | null {
    return this.#made.find((made) => made.material === material) ?? null;
  }

  /** What a mesh wore before the last edit of it; undefined where there was none. */
  earlierOn(mesh: AbstractMesh | null): Material | null | undefined {
    return mesh ? this.#earlier.get(mesh)?.at(-1) : undefined;
  }

  /** Puts a material on a mesh, as an edit that can be undone. One that it wears already is no edit. */
  putOn(mesh: AbstractMesh, made: MadeMaterial): void {
    if (!this.#made.includes(made)) this.#made.push(made);
    this.#shown = [made, ...this.#shown.filter((other) => other !== made)].slice(0, MOST_SHOWN);
    const before = mesh.material;
    const after = made.material;
    if (before === after) return;
    const wear = (material: Material | null): void => {
      if (!mesh.isDisposed()) mesh.material = material;
      this.#settle();
    };
    const earlier = this.#earlier.get(mesh) ?? [];
    this.#earlier.set(mesh, earlier);
    let isDone = false;
    const used = [before, after].filter((material) => material !== null);
    for (const material of used) this.#count(material, 1);
    this.#history.performEffect(`Paint “${mesh.name}” as ${made.name}`, [mesh], {
      apply: () => {
        isDone = true;
        earlier.push(before);
        wear(after);
      },
      revert: () => {
        isDone = false;
        earlier.pop();
        wear(before);
      },
      forget: () => {
        // Edits that are done are forgotten from the oldest on.
        if (isDone) earlier.shift();
        for (const material of used) this.#count(material, -1);
        this.#settle();
      },
    });
  }

  /** Frees what no mesh wears; what is worn stays in the scene. */
  dispose(): void {
    for (const { material } of this.#made) if (!isWorn(material)) material.dispose(false, true);
    this.#made.length = 0;
    this.#shown = [];
  }

  #count(material: Material, by: number): void {
    this.#needed.set(material, (this.#needed.get(material) ?? 0) + by);
  }

  /** Leaves those that nobody wears out of scene files, and frees the memory of those that nobody can come back to. */
  #settle(): void {
    for (const made of [...this.#made]) {
      const { material } = made;
      const worn = isWorn(material);
      material.doNotSerialize = !worn;
      if (worn || this.#shown.includes(made) || this.#needed.get(material)) continue;
      for (const texture of material.getActiveTextures()) texture.dispose();
      this.#made.splice(this.#made.indexOf(made), 1);
    }
  }
}

function isWorn(material: Material): boolean {
  return material.getScene().meshes.some((mesh) => mesh.material === material);
}

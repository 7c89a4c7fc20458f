import type { Material } from "@babylonjs/core/Materials/material.js";
import type { PBRMaterial } from "@babylonjs/core/Materials/PBR/pbrMaterial.js";
import type { AbstractMesh } from "@babylonjs/core/Meshes/abstractMesh.js";
import type { PaintedMaterial } from "../../paint.ts";
import type { PaintTools } from "./painting.ts";

/** A quick, coarse material that a mesh wears until it is painted in full. It is no edit, and no scene file holds it. */
export class Draft {
  readonly mesh: AbstractMesh;
  readonly #tools: PaintTools;
  readonly #before: Material | null;
  #material: PBRMaterial | null = null;

  constructor(mesh: AbstractMesh, tools: PaintTools) {
    this.mesh = mesh;
    this.#tools = tools;
    this.#before = mesh.material;
  }

  /** What the mesh wears but for the draft. */
  get before(): Material | null {
    return this.#before;
  }

  /** Shows the newest draft. @param repeat - How often it is laid along each side. */
  show({ images }: Pick<PaintedMaterial, "images">, repeat: number): void {
    if (this.mesh.isDisposed()) return;
    const scene = this.mesh.getScene();
    const into = this.#material ? { into: this.#material } : {};
    this.#material = this.#tools.materialFromImages("draft", images, scene, { repeat, ...into });
    this.#material.doNotSerialize = true;
    this.lay(repeat);
    this.mesh.material = this.#material;
  }

  /** Lays the pattern more or less often. */
  lay(repeat: number): void {
    for (const texture of this.#material?.getActiveTextures() ?? []) {
      (texture as { uScale?: number; vScale?: number }).uScale = repeat;
      (texture as { uScale?: number; vScale?: number }).vScale = repeat;
    }
  }

  /** Takes it off: the mesh wears again what it wore, unless somebody gave it something else meanwhile. May be called twice. */
  dispose(): void {
    const material = this.#material;
    if (!material) return;
    this.#material = null;
    if (this.mesh.material === material && !this.mesh.isDisposed()) this.mesh.material = this.#before;
    material.dispose(false, true);
  }
}

import "@babylonjs/core/Engines/AbstractEngine/abstractEngine.scissor.js";
import type { Material } from "@babylonjs/core/Materials/material.js";
import type { AbstractMesh } from "@babylonjs/core/Meshes/abstractMesh.js";
import type { Mesh } from "@babylonjs/core/Meshes/mesh.js";
import "@babylonjs/core/Rendering/outlineRenderer.js";

/** Whether a mesh can be shown in two materials at once. */
export function canShowEarlier(mesh: AbstractMesh | null): mesh is Mesh {
  return mesh !== null && "onBeforeBindObservable" in mesh;
}

/**
 * Shows what a mesh wore earlier at the left of a line across the picture, and what it wears now at the right. The mesh is drawn
 * twice, each time cut by the line: its material, the scene and its files know nothing of it.
 */
export class EarlierView {
  /** Where the line is, as a share of the picture's width: 0 shows nothing of the earlier material, 1 only that. */
  share = 0;
  readonly #mesh: Mesh;
  /** The earlier material's own render pass, so that neither makes the other's shader anew. */
  readonly #pass: number;
  readonly #observers: readonly { remove(): void }[];
  #isDrawing = false;
  #drawn = -1;

  /** @param earlier - Null for what meshes wear that have no material. */
  constructor(mesh: Mesh, earlier: Material | null) {
    const scene = mesh.getScene();
    this.#mesh = mesh;
    this.#pass = scene.getEngine().createRenderPassId("earlier material");
    mesh.setMaterialForRenderPass(this.#pass, earlier ?? scene.defaultMaterial);
    this.#observers = [
      mesh.onBeforeBindObservable.add(() => this.#cut()),
      mesh.onAfterRenderObservable.add(() => this.#drawEarlier()),
    ];
  }

  /** May be called twice. */
  dispose(): void {
    for (const observer of this.#observers) observer.remove();
    if (this.#mesh.isDisposed()) return;
    this.#mesh.setMaterialForRenderPass(this.#pass);
    this.#mesh.getScene().getEngine().releaseRenderPassId(this.#pass);
  }

  /** Whether a camera's picture is being drawn, and not what mirrors or shadows see. */
  get #isPicture(): boolean {
    const scene = this.#mesh.getScene();
    return scene.getEngine().currentRenderPassId === scene.activeCamera?.renderPassId;
  }

  /** Cuts what is about to be drawn. */
  #cut(): void {
    if (!this.#isDrawing && !this.#isPicture) return;
    const engine = this.#mesh.getScene().getEngine();
    const [width, height] = [engine.getRenderWidth(), engine.getRenderHeight()];
    const line = Math.round(this.share * width);
    if (this.#isDrawing) engine.enableScissor(0, 0, line, height);
    else engine.enableScissor(line, 0, width - line, height);
  }

  /** Draws the mesh once more, after its first part, whichever that is. */
  #drawEarlier(): void {
    const mesh = this.#mesh;
    const scene = mesh.getScene();
    const engine = scene.getEngine();
    if (this.#isDrawing || this.#isPicture) engine.disableScissor();
    if (this.#isDrawing || !this.#isPicture || this.#drawn === scene.getRenderId()) return;
    this.#drawn = scene.getRenderId();
    const pass = engine.currentRenderPassId;
    const { renderOutline } = mesh;
    this.#isDrawing = true;
    // A second outline would lie over what the first part has drawn.
    mesh.renderOutline = false;
    engine.currentRenderPassId = this.#pass;
    try {
      for (const part of mesh.subMeshes) {
        mesh.render(part, part.getMaterial()?.needAlphaBlendingForMesh(mesh) ?? false);
      }
    } finally {
      mesh.renderOutline = renderOutline;
      engine.currentRenderPassId = pass;
      this.#isDrawing = false;
    }
  }
}

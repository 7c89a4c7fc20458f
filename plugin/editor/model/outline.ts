import "@babylonjs/core/Rendering/edgesRenderer.js";
import "@babylonjs/core/Rendering/outlineRenderer.js";
import { Color3 } from "@babylonjs/core/Maths/math.color.js";
import type { Mesh } from "@babylonjs/core/Meshes/mesh.js";
import type { TransformNode } from "@babylonjs/core/Meshes/transformNode.js";

/** The line around what is selected; a calm blue that stands out from stone and grass. */
const COLOUR = new Color3(0.3, 0.5, 1);

/** Share of a mesh's radius that the line is thick. */
const THICKNESS = 0.06;
/** The same for the edges of what is flat, in Babylon's measure of lines: a fiftieth of a unit. */
const EDGE_THICKNESS = 0.015 * 50;
/** A mesh is flat when it is thinner than this share of its length. */
const FLATNESS = 1e-3;

/** Draws a line around a node's meshes with Babylon's own outlines, and puts back what was there before. */
export class Outline {
  readonly #undo: (() => void)[] = [];

  /** Surrounds this node alone; null surrounds nothing. */
  show(node: TransformNode | null): void {
    for (const undo of this.#undo.splice(0)) undo();
    if (!node || node.isDisposed()) return;
    for (const mesh of [node, ...node.getChildMeshes()]) {
      if (!isOutlined(mesh)) continue;
      this.#undo.push(isFlat(mesh) ? drawEdges(mesh) : drawOutline(mesh));
    }
  }
}

/** @returns What takes it back. */
function drawOutline(mesh: Mesh): () => void {
  const { renderOutline, outlineColor, outlineWidth } = mesh;
  mesh.renderOutline = true;
  mesh.outlineColor = COLOUR;
  // The width is in the mesh's own measure, so that a scaled mesh needs less.
  mesh.outlineWidth = THICKNESS * mesh.getBoundingInfo().boundingSphere.radius;
  return () => void Object.assign(mesh, { renderOutline, outlineColor, outlineWidth });
}

/**
 * An outline of a ground would be a second ground above it, which hides the feet of all that stands there. Edges that a game
 * draws itself are left as they are.
 *
 * @returns What takes it back.
 */
function drawEdges(mesh: Mesh): () => void {
  if (mesh.edgesRenderer) return () => {};
  const { edgesColor, edgesWidth } = mesh;
  const scene = mesh.getScene();
  const hadShader = Boolean(scene._edgeRenderLineShader);
  mesh.enableEdgesRendering();
  // Babylon.js 9.35 lists the lines' material among the scene's own, and scene files would hold it; it draws unlisted, too.
  if (!hadShader) scene.removeMaterial(scene._edgeRenderLineShader!);
  mesh.edgesColor = COLOUR.toColor4(1);
  mesh.edgesWidth = EDGE_THICKNESS * mesh.getBoundingInfo().boundingSphere.radiusWorld;
  return () => {
    if (!mesh.isDisposed()) mesh.disableEdgesRendering();
    Object.assign(mesh, { edgesColor, edgesWidth });
  };
}

function isFlat(mesh: Mesh): boolean {
  const { x, y, z } = mesh.getBoundingInfo().boundingBox.extendSize;
  return Math.min(x, y, z) < FLATNESS * Math.max(x, y, z);
}

function isOutlined(node: unknown): node is Mesh {
  const mesh = node as Partial<Mesh>;
  return "renderOutline" in mesh && (mesh.getTotalVertices?.() ?? 0) > 0;
}

import "@babylonjs/core/Rendering/outlineRenderer.js";
import { Color3 } from "@babylonjs/core/Maths/math.color.js";
import type { Mesh } from "@babylonjs/core/Meshes/mesh.js";
import type { TransformNode } from "@babylonjs/core/Meshes/transformNode.js";

/** The line around what is selected; a calm blue that stands out from stone and grass. */
const COLOUR = new Color3(0.3, 0.5, 1);

/** Share of a mesh's radius that the line is thick. */
const THICKNESS = 0.06;

/** Draws a line around a node's meshes with Babylon's own outlines, and puts back what was there before. */
export class Outline {
  readonly #before = new Map<Mesh, { on: boolean; colour: Color3; width: number }>();

  /** Surrounds this node alone; null surrounds nothing. */
  show(node: TransformNode | null): void {
    for (const [mesh, { on, colour, width }] of this.#before) {
      mesh.renderOutline = on;
      mesh.outlineColor = colour;
      mesh.outlineWidth = width;
    }
    this.#before.clear();
    if (!node || node.isDisposed()) return;
    for (const mesh of [node, ...node.getChildMeshes()]) {
      if (!isOutlined(mesh)) continue;
      this.#before.set(mesh, { on: mesh.renderOutline, colour: mesh.outlineColor, width: mesh.outlineWidth });
      mesh.renderOutline = true;
      mesh.outlineColor = COLOUR;
      // The width is in the mesh's own measure, so that a scaled mesh needs less.
      mesh.outlineWidth = THICKNESS * mesh.getBoundingInfo().boundingSphere.radius;
    }
  }
}

function isOutlined(node: unknown): node is Mesh {
  const mesh = node as Partial<Mesh>;
  return "renderOutline" in mesh && (mesh.getTotalVertices?.() ?? 0) > 0;
}

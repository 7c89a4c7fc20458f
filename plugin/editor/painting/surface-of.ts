import type { AbstractMesh } from "@babylonjs/core/Meshes/abstractMesh.js";
import type { TransformNode } from "@babylonjs/core/Meshes/transformNode.js";

/** The mesh whose material a node shows: itself, or for an instance the mesh that it is one of. Null for what has no surface. */
export function surfaceOf(node: TransformNode | null): AbstractMesh | null {
  const source = (node as { readonly sourceMesh?: AbstractMesh } | null)?.sourceMesh;
  const mesh = source ?? (node as AbstractMesh | null);
  return mesh && "material" in mesh && mesh.getTotalVertices() > 0 ? mesh : null;
}

import { TransformNode } from "@babylonjs/core/Meshes/transformNode.js";
import type { AbstractMesh } from "@babylonjs/core/Meshes/abstractMesh.js";
import type { Node } from "@babylonjs/core/node.js";
import type { Scene } from "@babylonjs/core/scene.js";

/** A node as the tree shows it. */
export interface TreeRow {
  readonly node: TransformNode;
  /** 0 at the top. */
  readonly depth: number;
  readonly hasChildren: boolean;
}

/** Whether people should see a node in lists: not the editor's own lines, nor what agents cannot see. */
export function isListed(node: Node): boolean {
  const store = (node as AbstractMesh).reservedDataStore as
    { hidden?: boolean; hiddenFromAgents?: boolean } | undefined;
  return node instanceof TransformNode && !store?.hidden && !store?.hiddenFromAgents && !node.isDisposed();
}

/** Every listed node of a scene, meshes and plain nodes, in the order of the scene. */
export function listNodes(scene: Scene): TransformNode[] {
  return [...scene.transformNodes, ...scene.meshes].filter(isListed);
}

/**
 * The rows of the tree, parents before their children.
 *
 * @param search - Only nodes whose name has it, in any case, and what is above them. Default all.
 * @param isOpen - Whether a node's children are shown; searching opens all.
 */
export function listRows(scene: Scene, search: string, isOpen: (node: TransformNode) => boolean): TreeRow[] {
  const nodes = listNodes(scene);
  const children = new Map<TransformNode | null, TransformNode[]>();
  for (const node of nodes) {
    const parent = nearestListed(node.parent);
    const siblings = children.get(parent);
    if (siblings) siblings.push(node);
    else children.set(parent, [node]);
  }
  const wanted = search.trim().toLowerCase();
  const shown = wanted === "" ? null : new Set<TransformNode>();
  if (shown) for (const node of nodes) if (node.name.toLowerCase().includes(wanted)) addWithParents(node, shown);
  const rows: TreeRow[] = [];
  const visit = (parent: TransformNode | null, depth: number): void => {
    for (const node of children.get(parent) ?? []) {
      if (shown && !shown.has(node)) continue;
      const hasChildren = children.has(node);
      rows.push({ node, depth, hasChildren });
      if (hasChildren && (shown !== null || isOpen(node))) visit(node, depth + 1);
    }
  };
  visit(null, 0);
  return rows;
}

function nearestListed(node: Node | null): TransformNode | null {
  for (let at = node; at; at = at.parent) if (isListed(at)) return at as TransformNode;
  return null;
}

function addWithParents(node: TransformNode, shown: Set<TransformNode>): void {
  for (let at: Node | null = node; at; at = at.parent) if (isListed(at)) shown.add(at as TransformNode);
}

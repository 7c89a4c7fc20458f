import type { TransformNode } from "@babylonjs/core/Meshes/transformNode.js";
import type { Studio } from "./studio.ts";

/**
 * Lets a person click several nodes, until they press Escape or Cancel.
 *
 * @param except - A node that cannot be chosen.
 * @param words - What people read, without a full stop.
 */
export async function askForNodes(studio: Studio, except: TransformNode, words: string): Promise<TransformNode[]> {
  const nodes: TransformNode[] = [];
  for (;;) {
    const sofar = nodes.length === 0 ? "" : ` So far: ${nodes.map(({ name }) => name).join(", ")}. Esc ends.`;
    const node = await studio.picker.askForNode(`${words}.${sofar}`);
    if (!node) return nodes;
    if (node !== except && !nodes.includes(node)) nodes.push(node);
  }
}

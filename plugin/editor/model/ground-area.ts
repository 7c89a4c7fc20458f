import type { Scene } from "@babylonjs/core/scene.js";
import { isListed } from "./scene-tree.ts";
import type { Area } from "./scene-picker.ts";

/** Share of the ground that is left free along its edges. */
const MARGIN = 0.1;

/** A rectangle that fits onto the ground of a scene: onto the mesh that covers most of it, with some room to its edges. */
export function groundArea(scene: Scene): Area {
  let best: Area = [-5, -5, 5, 5];
  let largest = 0;
  for (const mesh of scene.meshes) {
    if (!isListed(mesh) || mesh.getTotalVertices() === 0) continue;
    mesh.computeWorldMatrix(true);
    const { minimumWorld: least, maximumWorld: most } = mesh.getBoundingInfo().boundingBox;
    const [width, depth] = [most.x - least.x, most.z - least.z];
    if (width * depth <= largest) continue;
    largest = width * depth;
    const [x, z] = [MARGIN * width, MARGIN * depth];
    best = [least.x + x, least.z + z, most.x - x, most.z - z].map((value) => Math.round(value * 10) / 10) as never;
  }
  return best;
}

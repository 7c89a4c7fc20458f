import type { AbstractMesh } from "@babylonjs/core/Meshes/abstractMesh.js";
import type { Scene } from "@babylonjs/core/scene.js";
import { isListed } from "./scene-tree.ts";
import type { Area } from "./scene-picker.ts";

/** Share of the ground that is left free along its edges. */
const MARGIN = 0.1;

/** Most that a ground may be high, as a share of its shorter side: domes of the sky are large too. */
const FLATNESS = 0.25;

/** The ground of a scene. */
export interface Floor {
  /** All of it: `[least x, least z, greatest x, greatest z]`. */
  readonly area: Area;
  /** Of its upper side. */
  readonly height: number;
}

/** The flat mesh that covers most; where none is flat, the largest at all. A scene without meshes has 10 metres at height 0. */
export function findFloor(scene: Scene): Floor {
  let best: Floor = { area: [-5, -5, 5, 5], height: 0 };
  let largest = 0;
  let isFlat = false;
  for (const mesh of scene.meshes) {
    if (!isGround(mesh)) continue;
    mesh.computeWorldMatrix(true);
    const { minimumWorld: least, maximumWorld: most } = mesh.getBoundingInfo().boundingBox;
    const [width, height, depth] = [most.x - least.x, most.y - least.y, most.z - least.z];
    const flat = height <= FLATNESS * Math.min(width, depth);
    if ((isFlat && !flat) || (isFlat === flat && width * depth <= largest)) continue;
    largest = width * depth;
    isFlat = flat;
    best = { area: [least.x, least.z, most.x, most.z], height: most.y };
  }
  return best;
}

/** A rectangle that fits onto the ground of a scene, with some room to its edges. */
export function groundArea(scene: Scene): Area {
  const [x0, z0, x1, z1] = findFloor(scene).area;
  const [x, z] = [MARGIN * (x1 - x0), MARGIN * (z1 - z0)];
  return [x0 + x, z0 + z, x1 - x, z1 - z].map((value) => Math.round(value * 10) / 10) as never;
}

function isGround(mesh: AbstractMesh): boolean {
  return isListed(mesh) && mesh.getTotalVertices() > 0 && !mesh.infiniteDistance;
}

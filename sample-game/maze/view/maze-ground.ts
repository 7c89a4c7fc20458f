import { CreateGround } from "@babylonjs/core/Meshes/Builders/groundBuilder.js";
import type { Mesh } from "@babylonjs/core/Meshes/mesh.js";
import type { Scene } from "@babylonjs/core/scene.js";
import type { Materials } from "../../scenery/materials.ts";
import { hash } from "../../scenery/noise.ts";
import { SolidBuilder } from "../../scenery/solid-builder.ts";

/** Paving reaches this far beyond the widest hedge, in metres. */
const MARGIN = 1.6;

/** Lays turf once; it reaches into the fog. */
export function layTurf(materials: Materials, scene: Scene): Mesh {
  const turf = CreateGround("turf", { width: 160, height: 160 }, scene);
  turf.position.y = -0.03;
  turf.material = materials.turf;
  materials.tile(materials.turf, 46);
  return settle(turf);
}

/** Paves the ground under a maze. @param reach - From the middle to the outer face of its hedges, in metres. */
export function pave(reach: number, materials: Materials, scene: Scene): Mesh {
  const side = 2 * (reach + MARGIN);
  const paving = CreateGround("paving", { width: side, height: side }, scene);
  paving.material = materials.cobbles;
  materials.tile(materials.cobbles, side / 3);
  return settle(paving);
}

/** Plants firs around a maze, but for the side from which the camera looks. */
export function plantFirs(reach: number, materials: Materials, scene: Scene): Mesh {
  const firs = new SolidBuilder();
  const edge = reach + MARGIN + 1.6;
  const count = Math.round(edge * 4);
  for (let tree = 0; tree < count; tree++) {
    const angle = (tree / count) * 2 * Math.PI + hash(tree, 1, 601) * 0.12;
    const away = edge / Math.max(Math.abs(Math.sin(angle)), Math.abs(Math.cos(angle))) + hash(tree, 2, 601) * 8;
    const x = Math.cos(angle) * away;
    const z = Math.sin(angle) * away;
    if (z < -edge + 1) continue;
    plantFir(firs, x, z, 2.2 + 2.4 * hash(tree, 4, 601), tree);
  }
  const mesh = firs.toMesh("firs", materials.cloth, scene);
  mesh.freezeWorldMatrix();
  return mesh;
}

function plantFir(solid: SolidBuilder, x: number, z: number, height: number, seed: number): void {
  const tiers = 4;
  for (let tier = 0; tier < tiers; tier++) {
    const share = tier / tiers;
    const shade = 0.8 + 0.3 * hash(tier, seed, 611);
    solid.drum({
      x,
      z,
      y: height * (0.04 + 0.7 * share),
      height: height * 0.38,
      lowerRadius: height * 0.27 * (1 - 0.72 * share),
      upperRadius: 0.02,
      sides: 8,
      open: true,
      tint: [0.07 * shade, 0.16 * shade, 0.13 * shade],
    });
  }
}

function settle(mesh: Mesh): Mesh {
  mesh.receiveShadows = true;
  mesh.isPickable = false;
  mesh.freezeWorldMatrix();
  return mesh;
}

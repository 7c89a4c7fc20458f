import type { Mesh } from "@babylonjs/core/Meshes/mesh.js";
import type { Scene } from "@babylonjs/core/scene.js";
import { yardConfig } from "../rules/config.ts";
import type { Materials } from "../../scenery/materials.ts";
import { hash } from "../../scenery/noise.ts";
import { SolidBuilder } from "../../scenery/solid-builder.ts";

const TREES = 46;

/** Firs and boulders outside the walls, fading into the night. */
export function buildSurroundings(materials: Materials, scene: Scene): Mesh[] {
  const trees = new SolidBuilder();
  const stones = new SolidBuilder();
  const edge = yardConfig.side / 2 + 3.2;
  for (let tree = 0; tree < TREES; tree++) {
    const angle = (tree / TREES) * 2 * Math.PI + hash(tree, 1, 301) * 0.12;
    const away = edge / Math.max(Math.abs(Math.sin(angle)), Math.abs(Math.cos(angle))) + hash(tree, 2, 301) * 7;
    const x = Math.cos(angle) * away;
    const z = Math.sin(angle) * away;
    // Nothing tall between camera and yard.
    if (z < -edge + 1) {
      const size = 0.3 + 0.5 * hash(tree, 3, 301);
      stones.block({
        x,
        z,
        y: size * 0.3,
        width: size * 1.5,
        height: size,
        depth: size * 1.2,
        yaw: angle,
        bevel: size * 0.3,
        wobble: 0.06,
      });
      continue;
    }
    plantFir(trees, x, z, 2.6 + 2.6 * hash(tree, 4, 301), tree);
  }
  const meshes = [trees.toMesh("firs", materials.cloth, scene), stones.toMesh("boulders", materials.stone, scene)];
  for (const mesh of meshes) mesh.freezeWorldMatrix();
  return meshes;
}

function plantFir(solid: SolidBuilder, x: number, z: number, height: number, seed: number): void {
  solid.drum({
    x,
    z,
    y: 0,
    height: height * 0.3,
    lowerRadius: 0.22,
    upperRadius: 0.16,
    sides: 6,
    open: true,
    tint: [0.2, 0.14, 0.1],
  });
  const tiers = 4;
  for (let tier = 0; tier < tiers; tier++) {
    const share = tier / tiers;
    const shade = 0.8 + 0.3 * hash(tier, seed, 311);
    solid.drum({
      x,
      z,
      y: height * (0.16 + 0.64 * share),
      height: height * 0.36,
      lowerRadius: height * 0.27 * (1 - 0.72 * share),
      upperRadius: 0.02,
      sides: 8,
      open: true,
      tint: [0.07 * shade, 0.16 * shade, 0.13 * shade],
    });
  }
}

import type { Mesh } from "@babylonjs/core/Meshes/mesh.js";
import type { Scene } from "@babylonjs/core/scene.js";
import type { Materials } from "../../scenery/materials.ts";
import { hash } from "../../scenery/noise.ts";
import { SolidBuilder, type Tint } from "../../scenery/solid-builder.ts";
import { mazeConfig } from "../rules/config.ts";
import { fieldStep, placeOf, type Maze } from "../rules/maze.ts";

/** How high hedges are drawn: low enough to look over, in metres. */
export const HEDGE_HEIGHT = 0.78;
/** How thick they are drawn; golems have broad shoulders. */
const THICKNESS = 0.74;

/**
 * Builds the hedges of a maze: clipped blocks on a low kerb, uneven at the top, one mesh of leaves and one of stone.
 *
 * @param rounded - Whether edges are bevelled.
 */
export function buildHedges(maze: Maze, materials: Materials, scene: Scene, rounded: boolean): Mesh[] {
  const leaves = new SolidBuilder(rounded);
  const stone = new SolidBuilder(rounded);
  const { side, hedges } = maze;
  for (let field = 0; field < hedges.length; field++) {
    if (hedges[field] === 0) continue;
    const column = field % side;
    const row = (field - column) / side;
    // East and north of it only, so that each joint is built once.
    const east = column + 1 < side && hedges[field + fieldStep(1, side)] === 1;
    const north = row + 1 < side && hedges[field + fieldStep(0, side)] === 1;
    const x = placeOf(column, side);
    const z = placeOf(row, side);
    buildBush(leaves, x, z, field, THICKNESS, THICKNESS);
    buildKerb(stone, x, z, THICKNESS, THICKNESS);
    const gap = mazeConfig.field - THICKNESS + 0.1;
    if (east) {
      buildBush(leaves, x + mazeConfig.field / 2, z, field + 7000, gap, THICKNESS * 0.97);
      buildKerb(stone, x + mazeConfig.field / 2, z, gap, THICKNESS);
    }
    if (north) {
      buildBush(leaves, x, z + mazeConfig.field / 2, field + 14_000, THICKNESS * 0.97, gap);
      buildKerb(stone, x, z + mazeConfig.field / 2, THICKNESS, gap);
    }
  }
  const meshes = [leaves.toMesh("hedges", materials.hedge, scene), stone.toMesh("kerbs", materials.stone, scene)];
  for (const mesh of meshes) {
    mesh.receiveShadows = true;
    mesh.freezeWorldMatrix();
  }
  return meshes;
}

function buildBush(solid: SolidBuilder, x: number, z: number, seed: number, width: number, depth: number): void {
  const height = HEDGE_HEIGHT + 0.1 * (hash(seed, 1, 501) - 0.5);
  solid.block({
    x,
    z,
    y: 0.06 + height / 2,
    width: width + 0.04 * hash(seed, 2, 501),
    depth: depth + 0.04 * hash(seed, 3, 501),
    height,
    bevel: 0.09,
    wobble: 0.035,
    tint: leafTint(seed),
  });
  if (hash(seed, 4, 501) > 0.45) return;
  // A tuft that the shears have missed.
  const size = 0.16 + 0.16 * hash(seed, 5, 501);
  solid.block({
    x: x + (hash(seed, 6, 501) - 0.5) * Math.max(0, width - size),
    z: z + (hash(seed, 7, 501) - 0.5) * Math.max(0, depth - size),
    y: height + 0.03,
    width: size,
    depth: size,
    height: 0.13,
    yaw: hash(seed, 8, 501) * 3,
    bevel: 0.05,
    wobble: 0.03,
    tint: leafTint(seed + 31),
  });
}

function buildKerb(solid: SolidBuilder, x: number, z: number, width: number, depth: number): void {
  solid.block({ x, z, y: 0.05, width: width + 0.12, depth: depth + 0.12, height: 0.1, bevel: 0.03, tint: KERB });
}

const KERB: Tint = [0.8, 0.82, 0.86];

function leafTint(seed: number): Tint {
  const shade = 0.85 + 0.4 * hash(seed, 9, 503);
  const yellow = hash(seed, 10, 503);
  return [shade * (0.9 + 0.25 * yellow), shade, shade * 0.92];
}

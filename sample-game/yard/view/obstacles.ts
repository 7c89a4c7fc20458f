import type { Mesh } from "@babylonjs/core/Meshes/mesh.js";
import type { Scene } from "@babylonjs/core/scene.js";
import type { BoxShape, RoundShape } from "../rules/geometry.ts";
import type { Obstacle } from "../rules/layout.ts";
import type { Materials } from "../../scenery/materials.ts";
import { hash } from "../../scenery/noise.ts";
import { SolidBuilder } from "../../scenery/solid-builder.ts";
import { stoneTint } from "./walls.ts";

/** A place in an obstacle's own frame: right, up, ahead. */
type Place = (right: number, ahead: number) => { x: number; z: number; yaw: number };

/**
 * Builds everything there is to hide behind: one mesh of stone, one of wood, one of iron.
 *
 * @param rounded - Whether stones and boards have bevelled edges.
 */
export function buildObstacles(
  obstacles: readonly Obstacle[],
  materials: Materials,
  scene: Scene,
  rounded: boolean,
): Mesh[] {
  const stone = new SolidBuilder(rounded);
  const wood = new SolidBuilder(rounded);
  const iron = new SolidBuilder(rounded);
  obstacles.forEach((obstacle, index) => {
    if (obstacle.shape === "round") buildPillar(stone, obstacle, obstacle.height, index);
    else if (obstacle.look === "ruin") buildRuin(stone, obstacle, index);
    else if (obstacle.look === "cart") buildCart(wood, iron, obstacle);
    else buildCrates(wood, iron, obstacle, index);
  });
  const meshes = [
    stone.toMesh("stone obstacles", materials.stone, scene),
    wood.toMesh("wooden obstacles", materials.wood, scene),
    iron.toMesh("iron fittings", materials.iron, scene),
  ];
  for (const mesh of meshes) {
    mesh.receiveShadows = true;
    mesh.freezeWorldMatrix();
  }
  return meshes;
}

function frameOf(box: BoxShape): Place {
  return (right, ahead) => ({
    x: box.x + right * box.cos + ahead * box.sin,
    z: box.z - right * box.sin + ahead * box.cos,
    yaw: box.yaw,
  });
}

/** A piece of wall that is higher at one end, with fallen stones at its foot. */
function buildRuin(solid: SolidBuilder, box: BoxShape, seed: number): void {
  const at = frameOf(box);
  const rise = hash(seed, 3, 5) < 0.5 ? 1 : -1;
  for (let course = 0; course < 5; course++) {
    let from = -box.halfWidth;
    for (let stone = 0; from < box.halfWidth - 0.05; stone++) {
      const chance = hash(stone, course, seed + 20);
      let to = from + (stone === 0 && course % 2 ? 0.45 : 0.62 + 0.5 * chance);
      if (to > box.halfWidth - 0.25) to = box.halfWidth;
      const along = ((from + to) / 2 / box.halfWidth) * rise;
      const courses = 3.6 + 1.5 * along + 0.7 * (hash(stone, seed, 8) - 0.5);
      if (course < courses) {
        solid.block({
          ...at((from + to) / 2, 0),
          y: (course + 0.5) * 0.46,
          width: to - from - 0.02,
          height: 0.45,
          depth: box.halfDepth * 2 * (0.96 + 0.1 * chance),
          lean: course > courses - 1 ? 0.08 * (chance - 0.5) : 0,
          bevel: 0.06,
          wobble: 0.025,
          tint: stoneTint(hash(stone, course, seed + 40), course),
        });
      }
      from = to;
    }
  }
  for (let rubble = 0; rubble < 5; rubble++) {
    const chance = hash(rubble, seed, 61);
    const size = 0.16 + 0.16 * hash(rubble, seed, 62);
    const side = chance < 0.5 ? -1 : 1;
    const place = at(box.halfWidth * (2 * hash(rubble, seed, 63) - 1), side * (box.halfDepth + 0.1 + 0.12 * chance));
    const tint = stoneTint(chance, 1);
    solid.block({
      ...place,
      y: size * 0.4,
      width: size * 1.3,
      height: size,
      depth: size,
      yaw: chance * 9,
      lean: chance,
      tint,
    });
  }
}

/** A column on a plinth, with rings and a broken top. */
function buildPillar(solid: SolidBuilder, { x, z, radius }: RoundShape, height: number, seed: number): void {
  const top = height * 0.86;
  solid.block({
    x,
    z,
    y: 0.14,
    width: radius * 2,
    depth: radius * 2,
    height: 0.28,
    bevel: 0.07,
    tint: [0.84, 0.88, 0.84],
  });
  solid.drum({
    x,
    z,
    y: 0.26,
    height: 0.22,
    lowerRadius: radius * 0.96,
    upperRadius: radius * 0.84,
    tint: [0.9, 0.9, 0.92],
  });
  let foot = 0.46;
  for (let drum = 0; foot < top - 0.3; drum++) {
    const rise = Math.min(0.62 + 0.2 * hash(drum, seed, 81), top - 0.28 - foot);
    if (rise < 0.1) break;
    const shade = 0.82 + 0.2 * hash(drum, seed, 83);
    const slim = radius * (0.8 - 0.015 * drum);
    solid.drum({
      x,
      z,
      y: foot,
      height: rise - 0.03,
      lowerRadius: slim,
      upperRadius: slim - 0.01,
      tint: [shade, shade, shade],
    });
    solid.drum({
      x,
      z,
      y: foot + rise - 0.04,
      height: 0.05,
      lowerRadius: slim - 0.05,
      upperRadius: slim - 0.05,
      open: true,
      tint: [0.5, 0.5, 0.5],
    });
    foot += rise;
  }
  solid.drum({
    x,
    z,
    y: foot,
    height: 0.16,
    lowerRadius: radius * 0.78,
    upperRadius: radius * 0.98,
    tint: [0.92, 0.92, 0.95],
  });
  solid.block({ x, z, y: foot + 0.26, width: radius * 2, depth: radius * 2, height: 0.22, bevel: 0.06, wobble: 0.02 });
}

/** A stack: four crates below, two or three above. */
function buildCrates(wood: SolidBuilder, iron: SolidBuilder, box: BoxShape, seed: number): void {
  const at = frameOf(box);
  const size = box.halfWidth * 0.97;
  const quarters = [
    [-0.5, -0.5],
    [0.5, -0.5],
    [0.5, 0.5],
    [-0.5, 0.5],
  ] as const;
  quarters.forEach(([right, ahead], index) => {
    const chance = hash(index, seed, 95);
    const place = at(right * box.halfWidth, ahead * box.halfWidth);
    buildCrate(wood, iron, { ...place, yaw: place.yaw + 0.08 * (chance - 0.5) }, 0, size, chance);
    if (index === seed % 4) return;
    const upper = size * (0.8 + 0.16 * chance);
    buildCrate(wood, iron, { ...place, yaw: place.yaw + 0.5 * (chance - 0.5) }, size, upper, 1 - chance);
  });
}

function buildCrate(
  wood: SolidBuilder,
  iron: SolidBuilder,
  place: { x: number; z: number; yaw: number },
  foot: number,
  size: number,
  chance: number,
): void {
  const { yaw } = place;
  const shade = 0.66 + 0.24 * chance;
  const body = size - 0.07;
  wood.block({
    ...place,
    y: foot + size / 2,
    width: body,
    height: size - 0.03,
    depth: body,
    bevel: 0.02,
    tint: [shade, shade, shade],
  });
  const edge = size / 2 - 0.05;
  const beam = (right: number, ahead: number, y: number, width: number, height: number, depth: number): void => {
    const x = place.x + right * Math.cos(yaw) + ahead * Math.sin(yaw);
    const z = place.z - right * Math.sin(yaw) + ahead * Math.cos(yaw);
    wood.block({ x, z, yaw, y: foot + y, width, height, depth, bevel: 0.02, tint: [1.12, 1.06, 1] });
  };
  for (const right of [-edge, edge]) for (const ahead of [-edge, edge]) beam(right, ahead, size / 2, 0.1, size, 0.1);
  for (const y of [0.05, size - 0.05]) {
    for (const side of [-edge, edge]) {
      beam(0, side, y, size - 0.16, 0.1, 0.09);
      beam(side, 0, y, 0.09, 0.1, size - 0.16);
    }
  }
  if (chance > 0.5)
    iron.block({ ...place, y: foot + size * 0.52, width: 0.12, height: 0.14, depth: size, bevel: 0.02 });
}

/** A hay cart: bed, boards, two big wheels and a shaft. */
function buildCart(wood: SolidBuilder, iron: SolidBuilder, box: BoxShape): void {
  const at = frameOf(box);
  const length = box.halfWidth * 2;
  const depth = box.halfDepth * 2;
  wood.block({ ...at(0, 0), y: 0.72, width: length, height: 0.16, depth: depth * 0.86, bevel: 0.03 });
  for (const side of [-1, 1]) {
    for (let board = 0; board < 3; board++) {
      const place = at(0, side * (depth * 0.43 + board * 0.02));
      wood.block({
        ...place,
        y: 0.92 + board * 0.24,
        width: length * 0.98,
        height: 0.21,
        depth: 0.08,
        bevel: 0.02,
        tint: [1 - 0.08 * board, 1, 1],
      });
    }
    for (const end of [-0.46, -0.15, 0.15, 0.46]) {
      wood.block({
        ...at(length * end, side * (depth * 0.43 + 0.08)),
        y: 1.1,
        width: 0.12,
        height: 0.95,
        depth: 0.1,
        bevel: 0.02,
        tint: [0.75, 0.75, 0.75],
      });
    }
    wood.block({
      ...at(side * length * 0.48, 0),
      y: 1.12,
      width: 0.09,
      height: 0.7,
      depth: depth * 0.84,
      bevel: 0.02,
      tint: [0.85, 0.85, 0.85],
    });
    buildWheel(wood, iron, at, side * depth * 0.5);
  }
  // The load: straw that swells over the boards.
  for (const [right, ahead, size] of [
    [-0.75, 0.02, 1.25],
    [0.1, -0.04, 1.45],
    [0.85, 0.03, 1.15],
  ] as const) {
    wood.block({
      ...at(right, ahead),
      y: 1.35,
      width: size,
      height: 0.85,
      depth: depth * 0.8,
      bevel: 0.32,
      wobble: 0.07,
      lean: right * 0.12,
      tint: [1.5, 1.5, 0.9],
    });
  }
}

function buildWheel(wood: SolidBuilder, iron: SolidBuilder, at: Place, ahead: number): void {
  const radius = 0.6;
  const spokes = 12;
  for (let i = 0; i < spokes; i++) {
    const angle = (i / spokes) * 2 * Math.PI;
    const middle = { ...at(Math.cos(angle) * radius, ahead), y: radius + Math.sin(angle) * radius };
    wood.block({ ...middle, width: 0.1, height: 0.34, depth: 0.11, lean: angle, bevel: 0.02, tint: [0.7, 0.66, 0.62] });
    if (i % 2) continue;
    const spoke = { ...at(Math.cos(angle) * radius * 0.5, ahead), y: radius + Math.sin(angle) * radius * 0.5 };
    wood.block({
      ...spoke,
      width: radius,
      height: 0.06,
      depth: 0.05,
      lean: angle,
      bevel: 0.01,
      tint: [0.8, 0.76, 0.7],
    });
  }
  iron.block({ ...at(0, ahead), y: radius, width: 0.2, height: 0.2, depth: 0.2, bevel: 0.06 });
}

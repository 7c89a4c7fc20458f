import type { Mesh } from "@babylonjs/core/Meshes/mesh.js";
import type { Scene } from "@babylonjs/core/scene.js";
import { yardConfig } from "../rules/config.ts";
import type { Gate, WallSide } from "../rules/layout.ts";
import type { Materials } from "../../scenery/materials.ts";
import { hash } from "../../scenery/noise.ts";
import { SolidBuilder, type Tint } from "../../scenery/solid-builder.ts";

const SIDES: readonly WallSide[] = ["north", "east", "south", "west"];
/** The wall between camera and yard is drawn low, or it would hide what happens behind it. */
const NEAR_WALL_HEIGHT = 0.85;
const FAR_WALL_HEIGHT = 2.5;
const STONE_LENGTH = 1.15;
const COURSE_HEIGHT = 0.42;

/** Turn of a wall, so that its own x axis runs along it and its own −z axis looks into the yard. */
export function wallYaw(side: WallSide): number {
  return { north: 0, east: Math.PI / 2, south: Math.PI, west: -Math.PI / 2 }[side];
}

/** Height of a wall as it is drawn. */
export function drawnWallHeight(side: WallSide): number {
  return side === "south" ? NEAR_WALL_HEIGHT : FAR_WALL_HEIGHT;
}

/**
 * Lays the four walls, stone by stone, with an opening for the gate and a tower at each corner.
 *
 * @param rounded - Whether stones have bevelled edges.
 */
export function buildWalls(gate: Gate, materials: Materials, scene: Scene, rounded: boolean): Mesh {
  const solid = new SolidBuilder(rounded);
  const middle = yardConfig.side / 2 + yardConfig.wallThickness / 2;
  for (const [index, side] of SIDES.entries()) {
    const yaw = wallYaw(side);
    const along = gateAlongWall(gate, side);
    const place = (offset: number): { x: number; z: number } => ({
      x: offset * Math.cos(yaw) + middle * Math.sin(yaw),
      z: -offset * Math.sin(yaw) + middle * Math.cos(yaw),
    });
    layCourses(solid, side, index, yaw, along, place);
  }
  for (const [x, z] of [
    [-middle, middle],
    [middle, middle],
    [-middle, -middle],
    [middle, -middle],
  ] as const) {
    buildTower(solid, x, z, z > 0 ? FAR_WALL_HEIGHT + 0.7 : NEAR_WALL_HEIGHT + 0.55);
  }
  const mesh = solid.toMesh("walls", materials.stone, scene);
  mesh.receiveShadows = true;
  mesh.freezeWorldMatrix();
  return mesh;
}

function gateAlongWall(gate: Gate, side: WallSide): number | null {
  if (gate.side !== side) return null;
  return { north: gate.x, east: -gate.z, south: -gate.x, west: gate.z }[side];
}

function layCourses(
  solid: SolidBuilder,
  side: WallSide,
  seed: number,
  yaw: number,
  gateAt: number | null,
  place: (offset: number) => { x: number; z: number },
): void {
  const half = yardConfig.side / 2;
  const opening = yardConfig.gate.width / 2 + 0.35;
  const courses = Math.round(drawnWallHeight(side) / COURSE_HEIGHT);
  for (let course = 0; course < courses; course++) {
    let from = -half - (course % 2) * 0.5 * STONE_LENGTH;
    for (let stone = 0; from < half; stone++) {
      const chance = hash(stone, course, seed);
      const to = Math.min(half + 0.2, from + STONE_LENGTH * (0.72 + 0.56 * chance));
      const top = course === courses - 1;
      for (const [start, end] of cutOut(Math.max(from, -half - 0.2), to, gateAt, opening)) {
        if (end - start < 0.12 || (top && chance < 0.12)) continue;
        solid.block({
          ...place((start + end) / 2),
          y: (course + 0.5) * COURSE_HEIGHT + (top ? 0.04 * chance : 0),
          width: end - start - 0.02,
          height: COURSE_HEIGHT - 0.015,
          depth: yardConfig.wallThickness * (0.94 + 0.16 * hash(stone, course, seed + 9)) + (top ? 0.14 : 0),
          yaw,
          bevel: 0.055,
          wobble: 0.018,
          tint: stoneTint(hash(stone, course, seed + 17), course),
        });
      }
      from = to;
    }
  }
}

/** What is left of a stone beside the gate's opening. */
function cutOut(from: number, to: number, gateAt: number | null, opening: number): [number, number][] {
  if (gateAt === null) return [[from, to]];
  const pieces: [number, number][] = [];
  if (from < gateAt - opening) pieces.push([from, Math.min(to, gateAt - opening)]);
  if (to > gateAt + opening) pieces.push([Math.max(from, gateAt + opening), to]);
  return pieces;
}

function buildTower(solid: SolidBuilder, x: number, z: number, height: number): void {
  const courses = Math.round(height / 0.5);
  for (let course = 0; course < courses; course++) {
    solid.block({
      x,
      z,
      y: (course + 0.5) * 0.5,
      width: 1.25 - 0.02 * course,
      depth: 1.25 - 0.02 * course,
      height: 0.49,
      bevel: 0.09,
      wobble: 0.02,
      tint: stoneTint(hash(course, Math.round(x), 71), course),
    });
  }
  solid.block({
    x,
    z,
    y: courses * 0.5 + 0.09,
    width: 1.5,
    depth: 1.5,
    height: 0.2,
    bevel: 0.06,
    tint: [0.9, 0.9, 0.94],
  });
}

/** Grey with some chance, darker and greener near the ground. */
export function stoneTint(chance: number, course: number): Tint {
  const shade = 0.74 + 0.34 * chance;
  const damp = course === 0 ? 0.82 : 1;
  return [shade * damp * (0.98 + 0.04 * chance), shade * (course === 0 ? 0.88 : 1), shade * damp];
}

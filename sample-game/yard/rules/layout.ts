import type { Random } from "../../../plugin/index.ts";
import { yardConfig } from "./config.ts";
import {
  boxCorners,
  clearance,
  distanceBetween,
  gapBetween,
  type BoxShape,
  type RoundShape,
  type Spot,
} from "./geometry.ts";

/** What an obstacle is drawn as. */
export type ObstacleLook = (typeof yardConfig.obstacles)[number]["look"];

/** Something to hide behind. Sizes are those of the entry of `yardConfig.obstacles` with the same index. */
export type Obstacle = (BoxShape | RoundShape) & { readonly look: ObstacleLook; readonly height: number };

/** Which wall the gate is in: north is +z, east +x. */
export type WallSide = "north" | "east" | "south" | "west";

/** The way out, in one wall. Golems cannot pass it. */
export interface Gate extends Spot {
  readonly side: WallSide;
  /** Heading that looks into the yard from the gate. */
  readonly yaw: number;
  readonly width: number;
}

/** Where everything stands at the start of a game. */
export interface YardLayout {
  readonly obstacles: readonly Obstacle[];
  /** Its place is the middle of the gate, on the wall's inner face. */
  readonly gate: Gate;
  readonly loot: readonly Spot[];
  readonly thief: Spot & { readonly yaw: number };
  /** Places for golems, the first one for a lone golem. */
  readonly golems: readonly (Spot & { readonly yaw: number })[];
}

/** Draws at most this many places for one thing before the whole yard is laid out anew. */
const TRIES = 200;

/** Lays a yard out: the same random state gives the same yard. Free ground is always in one piece. */
export function makeYard(random: Random): YardLayout {
  for (;;) {
    const layout = tryYard(random);
    if (layout) return layout;
  }
}

function tryYard(random: Random): YardLayout | null {
  const gate = placeGate(random);
  const inwards = yardConfig.thief.radius + 1;
  const thief = { x: gate.x + inwards * Math.sin(gate.yaw), z: gate.z + inwards * Math.cos(gate.yaw), yaw: gate.yaw };
  const obstacles: Obstacle[] = [];
  for (let index = 0; index < yardConfig.obstacles.length; index++) {
    const obstacle = draw(
      () => placeObstacle(random, index),
      (candidate) =>
        insideWalls(candidate) &&
        clearance(thief, [candidate], yardConfig.side) > yardConfig.thief.radius + 0.5 &&
        obstacles.every((other) => gapBetween(candidate, other) >= yardConfig.passage),
    );
    if (!obstacle) return null;
    obstacles.push(obstacle);
  }
  const loot: Spot[] = [];
  for (let piece = 0; piece < yardConfig.lootPieces; piece++) {
    const spot = draw(
      () => freeSpot(random),
      (candidate) =>
        clearance(candidate, obstacles, yardConfig.side) > yardConfig.golem.radius + 0.2 &&
        distanceBetween(candidate, gate) > yardConfig.lootFromGate &&
        loot.every((other) => distanceBetween(candidate, other) > 4),
    );
    if (!spot) return null;
    loot.push(spot);
  }
  const golems: (Spot & { yaw: number })[] = [];
  for (let golem = 0; golem < yardConfig.golemPlaces; golem++) {
    const spot = draw(
      () => freeSpot(random),
      (candidate) =>
        clearance(candidate, obstacles, yardConfig.side) > yardConfig.golem.radius + 0.3 &&
        distanceBetween(candidate, thief) > yardConfig.golemFromThief &&
        golems.every((other) => distanceBetween(candidate, other) > 3),
    );
    if (!spot) return null;
    golems.push({ ...spot, yaw: random.between(-Math.PI, Math.PI) });
  }
  return { obstacles, gate, loot, thief, golems };
}

function draw<T>(make: () => T, fits: (candidate: T) => boolean): T | null {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const candidate = make();
    if (fits(candidate)) return candidate;
  }
  return null;
}

function placeGate(random: Random): Gate {
  const half = yardConfig.side / 2;
  const along = random.between(-half + yardConfig.gate.cornerDistance, half - yardConfig.gate.cornerDistance);
  const { width } = yardConfig.gate;
  switch (random.pick(["north", "east", "south", "west"] as const)) {
    case "north":
      return { side: "north", x: along, z: half, yaw: Math.PI, width };
    case "east":
      return { side: "east", x: half, z: along, yaw: -Math.PI / 2, width };
    case "south":
      return { side: "south", x: along, z: -half, yaw: 0, width };
    case "west":
      return { side: "west", x: -half, z: along, yaw: Math.PI / 2, width };
  }
}

function placeObstacle(random: Random, index: number): Obstacle {
  const size = yardConfig.obstacles[index];
  const spot = freeSpot(random);
  if (size.shape === "round") return { ...size, ...spot };
  const yaw = random.between(-Math.PI, Math.PI);
  return { ...size, ...spot, yaw, sin: Math.sin(yaw), cos: Math.cos(yaw) };
}

function insideWalls(obstacle: Obstacle): boolean {
  const limit = yardConfig.side / 2 - yardConfig.passage;
  const ends: readonly Spot[] = obstacle.shape === "box" ? boxCorners(obstacle) : [obstacle];
  const reach = obstacle.shape === "round" ? obstacle.radius : 0;
  return ends.every((end) => Math.max(Math.abs(end.x), Math.abs(end.z)) + reach <= limit);
}

function freeSpot(random: Random): Spot {
  const limit = yardConfig.side / 2 - 1;
  return { x: random.between(-limit, limit), z: random.between(-limit, limit) };
}

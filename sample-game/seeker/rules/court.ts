import type { Random } from "../../../plugin/index.ts";
import { GEMS, seekerConfig } from "./config.ts";

/** A place on the floor, in metres from the court's middle. */
export interface Spot {
  x: number;
  z: number;
}

/** Where an episode begins. */
export interface CourtLayout {
  readonly golem: Readonly<Spot>;
  /** To the right of +Z. */
  readonly heading: number;
  /** In the order of `GEMS`. */
  readonly gems: readonly Readonly<Spot>[];
}

const { court, pillars, golem, gem } = seekerConfig;

/** The middles of the pillars. */
export const PILLARS: readonly Readonly<Spot>[] = [
  { x: -pillars.distance, z: pillars.distance },
  { x: pillars.distance, z: pillars.distance },
  { x: pillars.distance, z: -pillars.distance },
  { x: -pillars.distance, z: -pillars.distance },
];

/** Gems lie at least so far from the golem, in metres. */
const LEAST_WAY = 2.5;
/** And so far from each other. */
const LEAST_GAP = 2;

/** Lays golem and gems at places where nothing else is. */
export function layCourt(random: Random): CourtLayout {
  const start = freeSpot(random, (spot) => isClear(spot, golem.radius));
  const gems: Spot[] = [];
  for (const _ of GEMS) {
    gems.push(
      freeSpot(
        random,
        (spot) =>
          isClear(spot, gem.radius) &&
          distance(spot, start) >= LEAST_WAY &&
          gems.every((other) => distance(spot, other) >= LEAST_GAP),
      ),
    );
  }
  return { golem: start, heading: random.between(-Math.PI, Math.PI), gems };
}

/** Pushes a golem out of walls and pillars, in place. @returns Whether it had been in one. */
export function keepOut(spot: Spot): boolean {
  const { x, z } = spot;
  const edge = court / 2 - golem.radius;
  spot.x = Math.min(edge, Math.max(-edge, spot.x));
  spot.z = Math.min(edge, Math.max(-edge, spot.z));
  const gap = pillars.radius + golem.radius;
  for (const pillar of PILLARS) {
    const away = distance(spot, pillar);
    if (away >= gap || away === 0) continue;
    spot.x = pillar.x + ((spot.x - pillar.x) * gap) / away;
    spot.z = pillar.z + ((spot.z - pillar.z) * gap) / away;
  }
  return spot.x !== x || spot.z !== z;
}

/** Metres between two places. */
export function distance(a: Readonly<Spot>, b: Readonly<Spot>): number {
  return Math.hypot(a.x - b.x, a.z - b.z);
}

function isClear(spot: Readonly<Spot>, radius: number): boolean {
  return PILLARS.every((pillar) => distance(spot, pillar) > pillars.radius + radius + 0.3);
}

function freeSpot(random: Random, fits: (spot: Spot) => boolean): Spot {
  const edge = court / 2 - 0.7;
  for (let tries = 0; ; tries++) {
    const spot = { x: random.between(-edge, edge), z: random.between(-edge, edge) };
    // The court has room for all, but not for everything that was laid unluckily before.
    if (fits(spot) || tries === 1000) return spot;
  }
}

import { yardConfig } from "./config.ts";
import { boxCorners, clearance, pushOut, segmentMeets, type MutableSpot, type Spot } from "./geometry.ts";
import type { Obstacle } from "./layout.ts";
import { Walkway } from "./walkway.ts";

/** How far paths keep away from obstacles and walls: enough for a golem. */
const BERTH = yardConfig.golem.radius + 0.05;
/** Corners of paths stand a little further out, so that lines along an edge stay free. */
const CORNER = BERTH + 0.02;
/** A turn of the way is behind a walker that is this near to it. */
export const REACHED = 0.2;
const SIDES_OF_PILLAR = 8;
/** Free ground away from obstacles also gets nodes, this far apart. */
const OPEN_GROUND = 4;

/**
 * Shortest ways on foot around the obstacles of one yard: a visibility graph with the distances of all its pairs.
 *
 * Building takes less than a millisecond; questions take a few microseconds and allocate nothing. Ways are wide
 * enough for a golem.
 */
export class PathMap {
  /** Corners of obstacles, then open ground. */
  readonly nodes: readonly Spot[];
  readonly obstacles: readonly Obstacle[];
  readonly #walkway: Walkway;
  readonly #sightlines: Walkway;
  /** Length of the shortest way between two nodes, [nodes, nodes]. */
  readonly #lengths: Float64Array;
  /** The node before the last on the shortest way from a node to another, or -1, [nodes, nodes]. */
  readonly #before: Int16Array;

  constructor(obstacles: readonly Obstacle[]) {
    this.obstacles = obstacles;
    this.#walkway = new Walkway(obstacles, BERTH);
    this.#sightlines = new Walkway(obstacles, 0);
    this.nodes = placeNodes(obstacles);
    const count = this.nodes.length;
    this.#lengths = new Float64Array(count * count).fill(Infinity);
    this.#before = new Int16Array(count * count).fill(-1);
    this.#connect();
    this.#shorten();
  }

  /** The node that the shortest way from node `from` passes last before node `to`; -1 when they are the same. */
  before(from: number, to: number): number {
    return this.#before[from * this.nodes.length + to];
  }

  /** Length of the shortest way between two nodes. */
  length(from: number, to: number): number {
    return this.#lengths[from * this.nodes.length + to];
  }

  /** Mean length of the shortest ways from a node to all others: large in corners, small in the middle. */
  meanLengthFrom(node: number): number {
    const count = this.nodes.length;
    let sum = 0;
    for (let to = 0; to < count; to++) sum += this.#lengths[node * count + to];
    return sum / (count - 1);
  }

  /** Tells whether one can go straight from one place to another. */
  isStraight(from: Spot, to: Spot): boolean {
    return this.#walkway.isFree(from, to);
  }

  /** Tells whether one can see one place from another. */
  isVisible(from: Spot, to: Spot): boolean {
    return this.#sightlines.isFree(from, to);
  }

  /** Moves a place to the nearest one from which ways can start. */
  settle(spot: MutableSpot): void {
    pushOut(spot, CORNER, this.obstacles, yardConfig.side);
    // The corners of a grown box reach further out than a disc is pushed.
    for (let round = 0; round < 3 && !this.#walkway.isFree(spot, spot); round++) {
      for (const obstacle of this.obstacles) {
        if (obstacle.shape === "round" || !segmentMeets(spot, spot, obstacle, BERTH)) continue;
        const dx = spot.x - obstacle.x;
        const dz = spot.z - obstacle.z;
        const step = (CORNER * 0.3) / Math.hypot(dx, dz);
        spot.x += dx * step;
        spot.z += dz * step;
      }
    }
  }

  /**
   * Writes how long the way from `spot` to each node is, and over which node it starts.
   *
   * @param lengths - [nodes].
   * @param first - The first node of each way, [nodes].
   */
  measure(spot: Spot, lengths: Float64Array, first: Int16Array): void {
    const { nodes } = this;
    const count = nodes.length;
    lengths.fill(Infinity);
    first.fill(-1);
    for (let near = 0; near < count; near++) {
      const start = Math.hypot(nodes[near].x - spot.x, nodes[near].z - spot.z);
      // A node that is reached sooner over others cannot shorten anything by being seen.
      if (lengths[near] <= start || !this.isStraight(spot, nodes[near])) continue;
      const row = near * count;
      for (let node = 0; node < count; node++) {
        const length = start + this.#lengths[row + node];
        if (length < lengths[node]) {
          lengths[node] = length;
          first[node] = near;
        }
      }
    }
  }

  #connect(): void {
    const { nodes } = this;
    const count = nodes.length;
    for (let a = 0; a < count; a++) {
      this.#lengths[a * count + a] = 0;
      for (let b = a + 1; b < count; b++) {
        if (!this.isStraight(nodes[a], nodes[b])) continue;
        const length = Math.hypot(nodes[a].x - nodes[b].x, nodes[a].z - nodes[b].z);
        this.#lengths[a * count + b] = this.#lengths[b * count + a] = length;
        this.#before[a * count + b] = a;
        this.#before[b * count + a] = b;
      }
    }
  }

  /** Floyd and Warshall's all-pairs shortest paths. */
  #shorten(): void {
    const count = this.nodes.length;
    const lengths = this.#lengths;
    for (let over = 0; over < count; over++) {
      for (let a = 0; a < count; a++) {
        const start = lengths[a * count + over];
        if (start === Infinity || a === over) continue;
        for (let b = 0; b < count; b++) {
          const length = start + lengths[over * count + b];
          if (length < lengths[a * count + b]) {
            lengths[a * count + b] = length;
            this.#before[a * count + b] = this.#before[over * count + b];
          }
        }
      }
    }
  }
}

function placeNodes(obstacles: readonly Obstacle[]): Spot[] {
  const nodes: Spot[] = [];
  for (const obstacle of obstacles) {
    if (obstacle.shape === "box") {
      nodes.push(...boxCorners(obstacle, CORNER));
      continue;
    }
    const radius = (obstacle.radius + CORNER) / Math.cos(Math.PI / SIDES_OF_PILLAR);
    for (let side = 0; side < SIDES_OF_PILLAR; side++) {
      const angle = (side * 2 * Math.PI) / SIDES_OF_PILLAR;
      nodes.push({ x: obstacle.x + radius * Math.sin(angle), z: obstacle.z + radius * Math.cos(angle) });
    }
  }
  const limit = yardConfig.side / 2 - OPEN_GROUND / 2;
  for (let x = -limit; x <= limit + 1e-9; x += OPEN_GROUND) {
    for (let z = -limit; z <= limit + 1e-9; z += OPEN_GROUND) {
      if (clearance({ x, z }, obstacles, yardConfig.side) > CORNER + 0.5) nodes.push({ x, z });
    }
  }
  return nodes;
}

/** Shortest ways from anywhere to one place, which may move. */
export class PathField {
  readonly map: PathMap;
  /** Length of the way to each node, [nodes]. */
  readonly lengths: Float64Array;
  /** First node of the way to each node, [nodes]. */
  readonly first: Int16Array;
  /** The place, settled on ground where ways can start. */
  readonly place: MutableSpot = { x: 0, z: 0 };
  readonly #start: MutableSpot = { x: 0, z: 0 };

  constructor(map: PathMap) {
    this.map = map;
    this.lengths = new Float64Array(map.nodes.length);
    this.first = new Int16Array(map.nodes.length);
  }

  /** Measures anew from `spot`. */
  aim(spot: Spot): void {
    this.place.x = spot.x;
    this.place.z = spot.z;
    this.map.settle(this.place);
    this.map.measure(this.place, this.lengths, this.first);
  }

  /**
   * Length of the shortest way from `spot` to the place.
   *
   * @param next - Set to where to go straight to from `spot`: a corner on the way, or the place itself.
   */
  lengthFrom(spot: Spot, next?: MutableSpot): number {
    const { map, lengths, place } = this;
    const start = this.#start;
    start.x = spot.x;
    start.z = spot.z;
    map.settle(start);
    const beeline = Math.hypot(place.x - start.x, place.z - start.z);
    if (map.isStraight(start, place)) {
      if (next) setSpot(next, place);
      return beeline;
    }
    let best = Infinity;
    let bestNode = -1;
    for (let node = 0; node < lengths.length; node++) {
      const at = map.nodes[node];
      const length = lengths[node] + Math.hypot(at.x - start.x, at.z - start.z);
      if (length >= best || !map.isStraight(start, at)) continue;
      best = length;
      bestNode = node;
    }
    if (next) setSpot(next, bestNode >= 0 ? this.#turnAfter(bestNode, start) : place);
    return bestNode >= 0 ? best : beeline;
  }

  /**
   * Length of the shortest way between this place and that of another field; far cheaper than `lengthFrom`.
   *
   * A node on that way is as far from both together as the way is long, every other one farther.
   */
  lengthTo(other: PathField): number {
    const { map, lengths, place } = this;
    if (map.isStraight(place, other.place)) return Math.hypot(place.x - other.place.x, place.z - other.place.z);
    let least = Infinity;
    for (let node = 0; node < lengths.length; node++) least = Math.min(least, lengths[node] + other.lengths[node]);
    return least;
  }

  /** The last node on the shortest way from the place of another field to this one; -1 where the way is straight. */
  lastNodeFrom(other: PathField): number {
    const { map, lengths, first, place } = this;
    if (map.isStraight(place, other.place)) return -1;
    let least = Infinity;
    let last = -1;
    for (let node = 0; node < lengths.length; node++) {
      const length = lengths[node] + other.lengths[node];
      if (first[node] !== node || length >= least) continue;
      least = length;
      last = node;
    }
    return last;
  }

  /** Where to go to over a node: the node, or what comes after it once it is as good as reached. */
  #turnAfter(node: number, from: Spot): Spot {
    const { map } = this;
    const at = map.nodes[node];
    if (Math.hypot(at.x - from.x, at.z - from.z) > REACHED) return at;
    const after = map.before(this.first[node], node);
    return after >= 0 ? map.nodes[after] : this.place;
  }
}

function setSpot(spot: MutableSpot, to: Spot): void {
  spot.x = to.x;
  spot.z = to.z;
}

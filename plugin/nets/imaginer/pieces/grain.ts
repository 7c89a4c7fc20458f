import type { Random } from "../../../core/random.ts";
import { around, type Bed, type Pieces } from "./pieces.ts";
import { Waves } from "./waves.ts";

/** How far rings sway, in rings: broadly and finely. */
const BROAD = 0.6;
const FINE = 0.07;
/** Knots to a tile are fewer than so many; how many rings one bends at most; how wide it is, in tiles at one sway across. */
const KNOTS = 3;
const BENDS = [2.5, 4.5] as const;
const REACH = [0.13, 0.2] as const;
/** A knot is longer along the grain than across it. */
const SQUEEZE = [1.1, 5] as const;

/**
 * Growth rings of wood, that run across, sway, and bend around knots. There are as many as rows; columns say how often they sway. What is told of a
 * place is how far through its ring it lies, from -1 to 1.
 */
export class Grain implements Pieces {
  id = 0;
  inside = 0;
  number = 0;
  readonly #bed: Bed;
  readonly #broad: Waves;
  readonly #fine: Waves;
  readonly #knots: readonly Knot[];

  constructor(bed: Bed, random: Random) {
    const { columns } = bed;
    this.#bed = bed;
    this.#broad = new Waves(bed, { across: columns, down: 1.5 * columns, octaves: 2, gain: 0.35 }, random);
    this.#fine = new Waves(bed, { across: 4 * columns, down: 14 * columns, octaves: 2, gain: 0.5 }, random);
    this.#knots = Array.from({ length: random.integer(KNOTS) }, () => ({
      x: random.uniform(),
      y: random.uniform(),
      reach: random.between(...REACH) / columns,
      bend: random.between(...BENDS),
    }));
  }

  look(_across: number, down: number, x: number, y: number): void {
    const { width, height, rows } = this.#bed;
    let phase = down + BROAD * this.#broad.at(x, y) + FINE * this.#fine.at(x, y);
    for (const knot of this.#knots) phase += bentBy(knot, (x + 0.5) / width, (y + 0.5) / height, width / height);
    const ring = Math.floor(phase);
    const place = phase - ring;
    this.id = around(ring, rows) + 1;
    this.inside = Math.min(place, 1 - place);
    this.number = 2 * place - 1;
  }
}

interface Knot {
  /** In shares of the tile; the reach in shares of its height. */
  readonly x: number;
  readonly y: number;
  readonly reach: number;
  readonly bend: number;
}

/** How many rings a knot bends a place. */
function bentBy({ x, y, reach, bend }: Knot, atX: number, atY: number, shape: number): number {
  const [far, deep] = [fromMiddle(atX - x) * shape, fromMiddle(atY - y)];
  const near = 1 - (SQUEEZE[0] * far * far + SQUEEZE[1] * deep * deep) / (reach * reach);
  return near > 0 ? bend * near ** 3 * (1 + 0.5 * near) : 0;
}

/** The shorter way around, in shares of a side. */
function fromMiddle(share: number): number {
  return share - Math.round(share);
}

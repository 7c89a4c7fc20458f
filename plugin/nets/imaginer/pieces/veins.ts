import type { Random } from "../../../core/random.ts";
import { Cells } from "./cells.ts";
import { around, type Bed, type Pieces } from "./pieces.ts";
import { Waves } from "./waves.ts";

/** How far veins wander, in columns; how many times as close thin ones lie. */
const WANDER = 0.075;
const THIN = 1.9;
/** How much broader than elsewhere veins are where they are strong; how faint thin ones are there. */
const STRENGTH = 1.6;
const FAINT = 3.5;

/** One ground with veins through it, broad ones and thin ones, that wander and come and go. The gap is what they take. */
export class Veins implements Pieces {
  readonly id = 1;
  inside = 0;
  readonly number = null;
  readonly #bed: Bed;
  readonly #broadBed: { readonly columns: number; readonly rows: number };
  readonly #broad: Cells;
  readonly #thin: Cells;
  readonly #thinBed: { readonly columns: number; readonly rows: number };
  readonly #right: Waves;
  readonly #below: Waves;
  readonly #strength: Waves;

  constructor(bed: Bed, random: Random) {
    // Of one field alone the veins would go straight around the tile.
    const [columns, rows] = [Math.max(2, bed.columns), Math.max(2, bed.rows)];
    this.#bed = bed;
    this.#broadBed = { columns, rows };
    this.#thinBed = { columns: Math.round(THIN * columns), rows: Math.round(THIN * rows) };
    this.#broad = new Cells(this.#broadBed, random, 1);
    this.#thin = new Cells(this.#thinBed, random, 1);
    const wander = { across: 1.2 * columns, down: 1.2 * rows, octaves: 4, gain: 0.45 };
    this.#right = new Waves(bed, wander, random);
    this.#below = new Waves(bed, wander, random);
    this.#strength = new Waves(bed, { across: 1.5 * columns, down: 1.5 * rows, octaves: 3, gain: 0.5 }, random);
  }

  look(across: number, down: number, x: number, y: number): void {
    const { columns, rows } = this.#bed;
    const u = around(across + WANDER * this.#right.at(x, y), columns) / columns;
    const v = around(down + WANDER * this.#below.at(x, y), rows) / rows;
    const strength = STRENGTH ** this.#strength.at(x, y);
    this.#broad.look(u * this.#broadBed.columns, v * this.#broadBed.rows);
    this.#thin.look(u * this.#thinBed.columns, v * this.#thinBed.rows);
    this.inside = Math.min(this.#broad.inside / strength, FAINT * this.#thin.inside * strength);
  }
}

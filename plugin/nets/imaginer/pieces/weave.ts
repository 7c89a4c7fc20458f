import type { Random } from "../../../core/random.ts";
import { around, type Bed, type Pieces } from "./pieces.ts";

/** Where the upright thread lies on top, by the sum of thread numbers modulo 4. */
const PLAIN = [true, false, true, false];
const TWILL = [true, true, false, false];
/** How broad threads are, in what there is for each; how high a thread lies beneath another one. */
const THREAD = 0.86;
const BENEATH = 0.42;
/** How far from 0 what is told of a thread lies. */
const TONES = [0.4, 1] as const;

/**
 * Threads over and under each other, in plain weave or twill: there is a thread to each column and each row. What is told of a place is above 0 on
 * upright threads and below on level ones; how far from 0, from 0.4 to 1, chance says of each thread.
 */
export class Weave implements Pieces {
  id = 0;
  inside = 0;
  number = 0;
  readonly #columns: number;
  readonly #rows: number;
  readonly #onTop: readonly boolean[];
  readonly #tones: Float64Array;

  constructor({ columns, rows }: Bed, isTwill: boolean, random: Random) {
    this.#columns = columns;
    this.#rows = rows;
    this.#onTop = isTwill ? TWILL : PLAIN;
    this.#tones = Float64Array.from({ length: columns + rows }, () => random.between(...TONES));
  }

  look(across: number, down: number): void {
    const [column, row] = [Math.floor(across), Math.floor(down)];
    const [x, y] = [across - column - 0.5, down - row - 0.5];
    const here = this.#isOnTop(column, row);
    const upright = round(x) * thread(here, this.#isOnTop(column, row + (y < 0 ? -1 : 1)), y);
    const level = round(y) * thread(!here, !this.#isOnTop(column + (x < 0 ? -1 : 1), row), x);
    const isUpright = upright > level;
    this.inside = Math.max(upright, level);
    const id = isUpright ? around(column, this.#columns) : this.#columns + around(row, this.#rows);
    this.id = id + 1;
    this.number = isUpright ? this.#tones[id] : -this.#tones[id];
  }

  #isOnTop(column: number, row: number): boolean {
    return this.#onTop[around(column + row, this.#onTop.length)];
  }
}

/** How high a thread runs between this crossing and the next one, in [0.42, 1]. */
function thread(isOver: boolean, isOverNext: boolean, place: number): number {
  const swing = isOver === isOverNext ? 0 : 0.5 - 0.5 * Math.cos(2 * Math.PI * Math.min(0.5, Math.abs(place)));
  const height = Number(isOver) + (0.5 - Number(isOver)) * swing;
  return BENEATH + (1 - BENEATH) * height;
}

/** The cross section of a thread: 1 in the middle, 0 at its sides. */
function round(place: number): number {
  const inside = 1 - (2 * place) ** 2 / THREAD ** 2;
  return inside > 0 ? Math.sqrt(inside) : 0;
}

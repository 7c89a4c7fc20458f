import type { Random } from "../../../core/random.ts";
import type { Bed, Pieces } from "./pieces.ts";

/** Bricks and boards: each row is moved by half a piece against the one above, or by chance. */
export class Rows implements Pieces {
  id = 0;
  inside = 0;
  readonly number = null;
  /** Where in its piece the place lies that was looked at last, both in [0, 1). */
  withinX = 0;
  withinY = 0;
  readonly #columns: number;
  readonly #shape: number;
  readonly #shifts: Float64Array;

  constructor({ columns, rows }: Bed, isByChance: boolean, random: Random) {
    this.#columns = columns;
    this.#shape = rows / columns;
    const [first, ...others] = Array.from({ length: rows + 1 }, () => random.uniform());
    this.#shifts = Float64Array.from({ length: rows }, (_, row) =>
      isByChance ? columns * others[row] : first + 0.5 * (row % 2),
    );
  }

  look(across: number, down: number): void {
    const row = Math.floor(down);
    const along = across + this.#shifts[row];
    const column = Math.floor(along);
    this.withinX = along - column;
    this.withinY = down - row;
    const toJoint = Math.min(this.withinX, 1 - this.withinX) * this.#shape; // in heights of a row
    this.inside = Math.min(toJoint, this.withinY, 1 - this.withinY);
    this.id = row * this.#columns + (column % this.#columns) + 1;
  }
}

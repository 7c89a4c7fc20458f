import type { Random } from "../../../core/random.ts";
import { around, type Pieces } from "./pieces.ts";

/** Stones: each place belongs to the nearest of points that chance strews, one to each field of columns and rows. */
export class Cells implements Pieces {
  id = 0;
  inside = 0;
  readonly number = null;
  readonly #columns: number;
  readonly #rows: number;
  readonly #middles: Float64Array;

  /** @param jitter - In what share of its field a point may lie. Default 0.8. */
  constructor({ columns, rows }: { readonly columns: number; readonly rows: number }, random: Random, jitter = 0.8) {
    this.#columns = columns;
    this.#rows = rows;
    const [low, high] = [0.5 - jitter / 2, 0.5 + jitter / 2];
    this.#middles = Float64Array.from({ length: 2 * columns * rows }, () => random.between(low, high));
  }

  look(across: number, down: number): void {
    const [columns, rows] = [this.#columns, this.#rows];
    const [ownRow, ownColumn] = [Math.floor(down), Math.floor(across)];
    let [nearest, second] = [Infinity, Infinity];
    for (let row = ownRow - 1; row <= ownRow + 1; row++) {
      const line = around(row, rows) * columns;
      for (let column = ownColumn - 1; column <= ownColumn + 1; column++) {
        const at = line + around(column, columns);
        const dx = column + this.#middles[2 * at] - across;
        const dy = row + this.#middles[2 * at + 1] - down;
        const square = dx * dx + dy * dy;
        if (square < nearest) {
          second = nearest;
          nearest = square;
          this.id = at + 1;
        } else if (square < second) second = square;
      }
    }
    this.inside = Math.sqrt(second) - Math.sqrt(nearest);
  }
}

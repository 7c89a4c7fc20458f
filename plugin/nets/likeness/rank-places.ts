/**
 * Gives each number of a column the value that a sorted list has at the number's rank.
 *
 * The targets of a sliced Wasserstein distance: squared differences to them have its gradient, and no sort is on the tape.
 */
export class RankPlaces {
  readonly #keys: Float64Array;
  readonly #rows: number;

  /** @param rows - Numbers of a column, at most 2²⁰. */
  constructor(rows: number) {
    this.#rows = rows;
    this.#keys = new Float64Array(rows);
  }

  /**
   * @param values - [rows, columns].
   * @param sorted - Ascending, [columns, rows].
   * @param out - Receives the values, [rows, columns].
   */
  place(values: Float32Array, columns: number, sorted: Float32Array, out: Float32Array): void {
    const rows = this.#rows;
    const keys = this.#keys;
    for (let column = 0; column < columns; column++) {
      let low = Infinity;
      let high = -Infinity;
      for (let at = column; at < values.length; at += columns) {
        low = Math.min(low, values[at]);
        high = Math.max(high, values[at]);
      }
      // The value's 32 bits above the row's 20: one native sort of numbers gives both.
      const scale = high > low ? STEPS / (high - low) : 0;
      for (let row = 0; row < rows; row++) {
        keys[row] = Math.floor((values[row * columns + column] - low) * scale) * ROWS + row;
      }
      keys.sort();
      for (let rank = 0; rank < rows; rank++) {
        out[(keys[rank] % ROWS) * columns + column] = sorted[column * rows + rank];
      }
    }
  }
}

const STEPS = 2 ** 32 - 1;
const ROWS = 2 ** 20;

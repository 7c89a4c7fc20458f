/**
 * Orders columns of numbers, and gives each number the value that a sorted list has at the number's rank.
 *
 * The targets of a sliced Wasserstein distance: squared differences to them have its gradient, and no sort is on the tape. A radix sort of
 * the bits, which takes less time than the platform's own.
 */
export class RankPlaces {
  readonly #rows: number;
  readonly #bits: Uint32Array;
  readonly #column: Float32Array;
  #keys: Uint32Array;
  #otherKeys: Uint32Array;
  #order: Uint32Array;
  #otherOrder: Uint32Array;
  readonly #counts = PASSES.map(({ digits }) => new Uint32Array(digits));

  /** @param rows - Numbers of a column. */
  constructor(rows: number) {
    this.#rows = rows;
    this.#column = new Float32Array(rows);
    this.#bits = new Uint32Array(this.#column.buffer);
    [this.#keys, this.#otherKeys, this.#order, this.#otherOrder] = Array.from(
      { length: 4 },
      () => new Uint32Array(rows),
    );
  }

  /**
   * @param values - [rows, columns].
   * @param sorted - Ascending, [columns, rows].
   * @param out - Receives the values, [rows, columns].
   */
  place(values: Float32Array, columns: number, sorted: Float32Array, out: Float32Array): void {
    for (let column = 0; column < columns; column++) {
      const order = this.#orderOf(values, columns, column);
      for (let rank = 0, from = column * this.#rows; rank < order.length; rank++, from++) {
        out[order[rank] * columns + column] = sorted[from];
      }
    }
  }

  /** @param values - [rows, columns]. @param sorted - Receives them, [columns, rows], each column ascending. */
  sort(values: Float32Array, columns: number, sorted: Float32Array): void {
    for (let column = 0; column < columns; column++) {
      const order = this.#orderOf(values, columns, column);
      for (let rank = 0, to = column * this.#rows; rank < order.length; rank++, to++) {
        sorted[to] = values[order[rank] * columns + column];
      }
    }
  }

  /** The rows of a column, that of the smallest number first; of equal ones the upper first. Valid until the next call. */
  #orderOf(values: Float32Array, columns: number, column: number): Uint32Array {
    for (const counts of this.#counts) counts.fill(0);
    const [low, middle, high] = this.#counts;
    for (let row = 0, at = column; row < this.#rows; row++, at += columns) {
      this.#column[row] = values[at];
      const bits = this.#bits[row];
      // As whole numbers without sign that lie in the same order.
      const key = (bits & SIGN ? ~bits : bits | SIGN) >>> 0;
      this.#keys[row] = key;
      this.#order[row] = row;
      low[key & 0x7ff]++;
      middle[(key >>> 11) & 0x7ff]++;
      high[key >>> 22]++;
    }
    PASSES.forEach(({ shift, digits }, pass) => this.#moveByDigit(this.#counts[pass], shift, digits - 1));
    return this.#order;
  }

  #moveByDigit(counts: Uint32Array, shift: number, mask: number): void {
    const [keys, order, otherKeys, otherOrder] = [this.#keys, this.#order, this.#otherKeys, this.#otherOrder];
    for (let digit = 0, before = 0; digit < counts.length; digit++) {
      const count = counts[digit];
      counts[digit] = before;
      before += count;
    }
    for (let i = 0; i < keys.length; i++) {
      const to = counts[(keys[i] >>> shift) & mask]++;
      otherKeys[to] = keys[i];
      otherOrder[to] = order[i];
    }
    [this.#keys, this.#order, this.#otherKeys, this.#otherOrder] = [otherKeys, otherOrder, keys, order];
  }
}

const SIGN = 0x80000000;
/** Digits of the keys, the least first. */
const PASSES = [
  { shift: 0, digits: 2048 },
  { shift: 11, digits: 2048 },
  { shift: 22, digits: 1024 },
] as const;

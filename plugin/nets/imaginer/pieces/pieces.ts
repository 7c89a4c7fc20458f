/** Looks which piece is where on a tile. */
export interface Pieces {
  /** Of the place that was looked at last, from 1, at most 65,535. */
  readonly id: number;
  /** How far inside that piece it lies; the scale differs from kind to kind. */
  readonly inside: number;
  /** What is told of that place, in [-1, 1]; null where chance gives each piece a number. */
  readonly number: number | null;
  /**
   * @param across - In columns, at least 0 and below their number; `down` the same in rows.
   * @param x - Pixel across, for what is laid by waves; `y` the one down.
   */
  look(across: number, down: number, x: number, y: number): void;
}

/** What pieces are laid on. */
export interface Bed {
  readonly columns: number;
  readonly rows: number;
  /** Pixels of the tile. */
  readonly width: number;
  readonly height: number;
}

/** An index that goes on around the border. */
export function around(index: number, count: number): number {
  return ((index % count) + count) % count;
}

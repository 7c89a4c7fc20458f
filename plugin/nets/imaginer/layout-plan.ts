import type { Random } from "../../core/random.ts";

/**
 * How pieces lie: none at all; strewn about, each with its own place; in rows, each second one moved by half a piece; in rows that are moved
 * by chance.
 */
export const LAYOUT_KINDS = ["none", "cells", "bond", "boards"] as const;
export type LayoutKind = (typeof LAYOUT_KINDS)[number];

/** Pixels that numbers of pieces are told for. */
export const PLANNED_SIDE = 128;

/** What is known of a layout before it is drawn. */
export interface LayoutPlan {
  readonly kind: LayoutKind;
  /** Pieces across and down, to 128 pixels. */
  readonly across: number;
  readonly down: number;
  /** Share of pixels that lie between pieces, in [0, 1). */
  readonly gap: number;
}

/** Numbers that tell a plan: one for each kind, the two binary logarithms, the share. */
export const PLAN = LAYOUT_KINDS.length + 3;
const LEAST = 1;
const MOST = 64;
const WIDEST_GAP = 0.6;

/** A plan from the numbers that a network tells. @param told - [7]. */
export function readPlan(told: ArrayLike<number>): LayoutPlan {
  const kinds = LAYOUT_KINDS.map((_, i) => told[i]);
  const count = (logarithm: number): number => Math.min(MOST, Math.max(LEAST, 2 ** logarithm));
  const [across, down, gap] = [0, 1, 2].map((i) => told[LAYOUT_KINDS.length + i]);
  return {
    kind: LAYOUT_KINDS[kinds.indexOf(Math.max(...kinds))],
    across: count(across),
    down: count(down),
    gap: Math.min(WIDEST_GAP, Math.max(0, gap)),
  };
}

/** How far rows and columns wander, in pixels. */
const WANDER = 0.6;

/**
 * Draws pieces as planned, whole numbers of them, so that they tile.
 *
 * @returns Which piece each pixel belongs to, [height, width], from 1; 0 between pieces. Null for a plan without pieces.
 */
export function drawPieces(
  { kind, across, down, gap }: LayoutPlan,
  { height, width }: { readonly height: number; readonly width: number },
  random: Random,
): Uint16Array | null {
  if (kind === "none") return null;
  const rowsWished = (down * height) / PLANNED_SIDE;
  const rows = kind === "bond" ? 2 * Math.max(1, Math.round(rowsWished / 2)) : Math.max(1, Math.round(rowsWished));
  const columns = Math.max(1, Math.round((across * width) / PLANNED_SIDE));
  const pieces = kind === "cells" ? new Cells(columns, rows, random) : new Rows(columns, rows, kind, random);
  const turns = Array.from({ length: 4 }, () => random.uniform());
  const ids = new Uint16Array(height * width);
  const inside = new Float32Array(ids.length);
  for (let y = 0, i = 0; y < height; y++) {
    const v = (y + 0.5) / height;
    for (let x = 0; x < width; x++, i++) {
      const u = (x + 0.5) / width;
      const wanderX = wave(2 * v + turns[0]) + 0.5 * wave(5 * v + 3 * u + turns[1]);
      const wanderY = wave(2 * u + turns[2]) + 0.5 * wave(5 * u + 3 * v + turns[3]);
      pieces.look(
        wrapped((u + (WANDER / width) * wanderX) * columns, columns),
        wrapped((v + (WANDER / height) * wanderY) * rows, rows),
      );
      ids[i] = pieces.id;
      inside[i] = pieces.inside;
    }
  }
  const border = inside.slice().sort()[Math.floor(gap * (inside.length - 1))];
  for (let i = 0; i < ids.length; i++) if (gap > 0 && inside[i] <= border) ids[i] = 0;
  return ids;
}

const wave = (turns: number): number => Math.sin(2 * Math.PI * turns);

function wrapped(value: number, length: number): number {
  return value < 0 ? value + length : value >= length ? value - length : value;
}

/** Looks which piece is where. */
interface Pieces {
  /** Of the place that was looked at last, from 1. */
  readonly id: number;
  /** How far inside that piece it lies; the scale differs from kind to kind. */
  readonly inside: number;
  /** @param across - In pieces, at least 0 and below their number; so is `down`. */
  look(across: number, down: number): void;
}

class Rows implements Pieces {
  id = 0;
  inside = 0;
  readonly #columns: number;
  readonly #shape: number;
  readonly #shifts: Float64Array;

  constructor(columns: number, rows: number, kind: LayoutKind, random: Random) {
    this.#columns = columns;
    this.#shape = rows / columns;
    const [first, ...others] = Array.from({ length: rows + 1 }, () => random.uniform());
    this.#shifts = Float64Array.from({ length: rows }, (_, row) => {
      if (kind === "boards") return columns * others[row];
      return first + (kind === "bond" ? 0.5 * (row % 2) : 0);
    });
  }

  look(across: number, down: number): void {
    const row = Math.floor(down);
    const along = across + this.#shifts[row];
    const column = Math.floor(along);
    const toJoint = Math.min(along - column, 1 - along + column) * this.#shape; // in heights of a row
    this.inside = Math.min(toJoint, down - row, 1 - down + row);
    this.id = row * this.#columns + (column % this.#columns) + 1;
  }
}

class Cells implements Pieces {
  id = 0;
  inside = 0;
  readonly #columns: number;
  readonly #rows: number;
  readonly #middles: Float64Array;

  constructor(columns: number, rows: number, random: Random) {
    this.#columns = columns;
    this.#rows = rows;
    this.#middles = Float64Array.from({ length: 2 * columns * rows }, () => random.between(0.1, 0.9));
  }

  look(across: number, down: number): void {
    const [columns, rows] = [this.#columns, this.#rows];
    const [ownRow, ownColumn] = [Math.floor(down), Math.floor(across)];
    let [nearest, second] = [Infinity, Infinity];
    for (let row = ownRow - 1; row <= ownRow + 1; row++) {
      const line = (row < 0 ? row + rows : row >= rows ? row - rows : row) * columns;
      for (let column = ownColumn - 1; column <= ownColumn + 1; column++) {
        const at = line + (column < 0 ? column + columns : column >= columns ? column - columns : column);
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

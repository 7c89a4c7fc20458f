import type { Random } from "../../../core/random.ts";
import { Cells } from "./cells.ts";
import { Grain } from "./grain.ts";
import type { Bed, Pieces } from "./pieces.ts";
import { Plates } from "./plates.ts";
import { Rows } from "./rows.ts";
import { Veins } from "./veins.ts";
import { Weave } from "./weave.ts";

/**
 * How pieces lie: none at all; strewn about, each with its own place; in rows, each second one moved by half a piece; in rows that are moved
 * by chance; as a bond, with rivets; as threads, over and under each other by turns, or by two; as rings of wood; one ground with veins.
 */
export const LAYOUT_KINDS = ["none", "cells", "bond", "boards", "plates", "weave", "twill", "grain", "veins"] as const;
export type LayoutKind = (typeof LAYOUT_KINDS)[number];

/** Pixels that numbers of pieces are told for. */
export const PLANNED_SIDE = 128;

/** What is known of a layout before it is drawn. */
export interface LayoutPlan {
  readonly kind: LayoutKind;
  /** Pieces across and down, to 128 pixels; of threads as many as there are, of wood sways and rings, of veins the fields between them. */
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
/**
 * How sure a network must be that there are no pieces, in nats: bricks without joints look worse than plaster with some.
 */
const DOUBT = 1;

/** A plan from the numbers that a network tells. @param told - [plan]. */
export function readPlan(told: ArrayLike<number>): LayoutPlan {
  const kinds = LAYOUT_KINDS.map((kind, i) => told[i] - (kind === "none" ? DOUBT : 0));
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

/** Pieces on a tile. */
export interface LaidPieces {
  /** Which piece each pixel belongs to, [height, width], from 1; 0 between pieces. */
  readonly ids: Uint16Array;
  /** What is told of each pixel, [height, width], in [-1, 1]; null where chance shall give each piece a number. */
  readonly numbers: Float32Array | null;
}

/** Draws pieces as planned, whole numbers of them, so that they tile. @returns Null for a plan without pieces. */
export function drawPieces(
  { kind, across, down, gap }: LayoutPlan,
  { height, width }: { readonly height: number; readonly width: number },
  random: Random,
): LaidPieces | null {
  if (kind === "none") return null;
  const multiples = pieceMultiples(kind);
  const whole = (wished: number, multiple: number): number => multiple * Math.max(1, Math.round(wished / multiple));
  const rows = whole((down * height) / PLANNED_SIDE, multiples.down);
  const columns = whole((across * width) / PLANNED_SIDE, multiples.across);
  const pieces = piecesFor(kind, { columns, rows, width, height }, random);
  const turns = Array.from({ length: 4 }, () => random.uniform());
  const ids = new Uint16Array(height * width);
  const inside = new Float32Array(ids.length);
  const numbers = new Float32Array(ids.length);
  for (let y = 0, i = 0; y < height; y++) {
    const v = (y + 0.5) / height;
    for (let x = 0; x < width; x++, i++) {
      const u = (x + 0.5) / width;
      const wanderX = wave(2 * v + turns[0]) + 0.5 * wave(5 * v + 3 * u + turns[1]);
      const wanderY = wave(2 * u + turns[2]) + 0.5 * wave(5 * u + 3 * v + turns[3]);
      const atColumn = wrapped((u + (WANDER / width) * wanderX) * columns, columns);
      pieces.look(atColumn, wrapped((v + (WANDER / height) * wanderY) * rows, rows), x, y);
      ids[i] = pieces.id;
      inside[i] = pieces.inside;
      numbers[i] = pieces.number ?? 0;
    }
  }
  const border = inside.slice().sort()[Math.floor(gap * (inside.length - 1))];
  for (let i = 0; i < ids.length; i++) {
    if (gap === 0 || inside[i] > border) continue;
    ids[i] = 0;
    numbers[i] = 0;
  }
  return { ids, numbers: pieces.number === null ? null : numbers };
}

/** Columns and rows come in multiples of so many: others would not tile, and are rounded. */
export function pieceMultiples(kind: LayoutKind): { readonly across: number; readonly down: number } {
  if (kind === "twill") return { across: 4, down: 4 };
  if (kind === "weave") return { across: 2, down: 2 };
  return { across: 1, down: kind === "bond" || kind === "plates" ? 2 : 1 };
}

function piecesFor(kind: Exclude<LayoutKind, "none">, bed: Bed, random: Random): Pieces {
  switch (kind) {
    case "cells":
      return new Cells(bed, random);
    case "bond":
    case "boards":
      return new Rows(bed, kind === "boards", random);
    case "plates":
      return new Plates(bed, random);
    case "weave":
    case "twill":
      return new Weave(bed, kind === "twill", random);
    case "grain":
      return new Grain(bed, random);
    case "veins":
      return new Veins(bed, random);
  }
}

const wave = (turns: number): number => Math.sin(2 * Math.PI * turns);

function wrapped(value: number, length: number): number {
  return value < 0 ? value + length : value >= length ? value - length : value;
}

import type { PieceLayout, PieceMask, RegularPieces } from "../../../plugin/paint.ts";
import type { Scale } from "./scales.ts";

/** What can be chosen about pieces; `"planned"` leaves it to the network. */
export type PieceChoice = "planned" | PieceLayout["kind"];

type RegularKind = RegularPieces["kind"];

/** How many pieces one finds at first. Chosen by what the network plans for bricks, cobbles and planks on 256 pixels. */
export const FIRST_PIECES: Readonly<Record<RegularKind, RegularPieces>> = {
  bond: { kind: "bond", across: 7, down: 14, gap: 0.22 },
  cells: { kind: "cells", across: 10, down: 10, gap: 0.3 },
  boards: { kind: "boards", across: 2, down: 9, gap: 0.08 },
};

/** Whether pieces lie in rows and columns that can be counted. */
export function isRegular(pieces: PieceLayout | null): pieces is RegularPieces {
  return pieces !== null && pieces.kind !== "none" && pieces.kind !== "drawn";
}

/** Whether what is set says something of the whole tile, so that another size shows the same pieces in more detail, and not more of them. */
export function isOfTile(pieces: PieceLayout | null): boolean {
  return pieces !== null && pieces.kind !== "none";
}

/** The sliders. */
export const PIECE_SCALES: readonly Scale<"across" | "down" | "gap">[] = [
  {
    name: "across",
    label: "Across",
    hint: "Pieces from left to right on the tile",
    least: 1,
    most: 32,
    step: 1,
    say: (value) => String(value),
  },
  {
    name: "down",
    label: "Down",
    hint: "Pieces from top to bottom on the tile; a bond takes even numbers",
    least: 1,
    most: 32,
    step: 1,
    say: (value) => String(value),
  },
  {
    name: "gap",
    label: "Joints",
    hint: "How much of the tile lies between pieces",
    least: 0,
    most: 0.6,
    step: 0.01,
    say: (value) => `${Math.round(100 * value)} %`,
  },
];

/** The same pieces with another number; a bond's rows are even, or it would not tile. */
export function withNumber(pieces: RegularPieces, name: "across" | "down" | "gap", value: number): RegularPieces {
  const even = pieces.kind === "bond" && name === "down" ? 2 * Math.max(1, Math.round(value / 2)) : value;
  return { ...pieces, [name]: even };
}

/** Pixels on each side of what is drawn. */
export const SHEET = 128;
/** Diameters of the brush, in pixels of the sheet. */
export const BRUSH_SCALE: Scale<"brush"> = {
  name: "brush",
  label: "Brush",
  hint: "How broad a line is, against the tile",
  least: 2,
  most: 32,
  step: 1,
  say: (value) => `${Math.round((100 * value) / SHEET)} %`,
};

/** A sheet without joints: one piece that goes on around the borders. */
export function emptySheet(): PieceMask {
  return { width: SHEET, height: SHEET, inside: new Uint8Array(SHEET * SHEET).fill(1) };
}

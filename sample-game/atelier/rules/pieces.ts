import type { PieceLayout, PieceMask, RegularPieces } from "../../../plugin/paint.ts";
import type { Scale } from "./scales.ts";

/** What can be chosen about pieces; `"planned"` leaves it to the network. */
export type PieceChoice = "planned" | PieceLayout["kind"];

type RegularKind = RegularPieces["kind"];

/** How many pieces one finds at first. Chosen by what materials of these kinds have on 256 pixels. */
export const FIRST_PIECES: Readonly<Record<RegularKind, RegularPieces>> = {
  bond: { kind: "bond", across: 7, down: 14, gap: 0.22 },
  cells: { kind: "cells", across: 10, down: 10, gap: 0.3 },
  boards: { kind: "boards", across: 2, down: 9, gap: 0.08 },
  plates: { kind: "plates", across: 4, down: 4, gap: 0.06 },
  weave: { kind: "weave", across: 56, down: 56, gap: 0.05 },
  twill: { kind: "twill", across: 56, down: 56, gap: 0.05 },
  grain: { kind: "grain", across: 2, down: 30, gap: 0 },
  veins: { kind: "veins", across: 3, down: 4, gap: 0.08 },
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
    hint: "Pieces or threads from left to right on the tile; how often rings of wood sway",
    least: 1,
    most: 64,
    step: 1,
    say: (value) => String(value),
  },
  {
    name: "down",
    label: "Down",
    hint: "Pieces, threads or rings from top to bottom on the tile; bonds and plates take even numbers",
    least: 1,
    most: 64,
    step: 1,
    say: (value) => String(value),
  },
  {
    name: "gap",
    label: "Joints",
    hint: "How much of the tile lies between pieces, or in veins",
    least: 0,
    most: 0.6,
    step: 0.01,
    say: (value) => `${Math.round(100 * value)} %`,
  },
];

/** Kinds that tile by some numbers only. */
const MULTIPLES: Readonly<Partial<Record<RegularKind, { readonly across: number; readonly down: number }>>> = {
  bond: { across: 1, down: 2 },
  plates: { across: 1, down: 2 },
  weave: { across: 2, down: 2 },
  twill: { across: 4, down: 4 },
};

/** The same pieces with another number, one by which they tile. */
export function withNumber(pieces: RegularPieces, name: "across" | "down" | "gap", value: number): RegularPieces {
  if (name === "gap") return { ...pieces, gap: value };
  const multiple = MULTIPLES[pieces.kind]?.[name] ?? 1;
  return { ...pieces, [name]: multiple * Math.max(1, Math.round(value / multiple)) };
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

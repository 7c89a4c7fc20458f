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

/** A place on the sheet, in shares of its sides; beyond [0, 1) it goes on at the other side. */
export interface SheetPlace {
  readonly x: number;
  readonly y: number;
}

/**
 * Draws a straight line on a sheet, around its borders.
 *
 * @param diameter - In pixels of the sheet's width.
 * @param value - 0 for a joint, 1 for what closes one.
 * @returns Whether a pixel has changed.
 */
export function drawLine(
  { width, height, inside }: PieceMask,
  from: SheetPlace,
  to: SheetPlace,
  diameter: number,
  value: 0 | 1,
): boolean {
  const [x0, y0] = [from.x * width - 0.5, from.y * height - 0.5];
  const [dx, dy] = [(to.x - from.x) * width, (to.y - from.y) * height];
  const length = dx * dx + dy * dy;
  // At least the pixel under the hand.
  const radius = Math.max(0.71, diameter / 2);
  let hasChanged = false;
  for (let y = Math.floor(Math.min(y0, y0 + dy) - radius); y <= Math.max(y0, y0 + dy) + radius; y++) {
    for (let x = Math.floor(Math.min(x0, x0 + dx) - radius); x <= Math.max(x0, x0 + dx) + radius; x++) {
      const along = length === 0 ? 0 : ((x - x0) * dx + (y - y0) * dy) / length;
      const held = Math.min(1, Math.max(0, along));
      if (Math.hypot(x - x0 - held * dx, y - y0 - held * dy) > radius) continue;
      const at = around(y, height) * width + around(x, width);
      hasChanged ||= inside[at] !== value;
      inside[at] = value;
    }
  }
  return hasChanged;
}

function around(value: number, length: number): number {
  return ((value % length) + length) % length;
}

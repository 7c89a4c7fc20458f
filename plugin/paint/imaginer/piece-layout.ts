import { fromBase64, toBase64 } from "../../core/base64.ts";
import { ConfigurationError } from "../../core/errors.ts";

/**
 * Ways for pieces to lie: in rows, each second one moved by half a piece; strewn about; in rows that are moved by chance; as a bond, with rivets along the
 * sides; as threads that go over and under each other by turns, or by two; as rings of wood; one ground with veins.
 */
export const REGULAR_KINDS = ["bond", "cells", "boards", "plates", "weave", "twill", "grain", "veins"] as const;

/** Pieces that chance lays, as many as somebody wishes. */
export interface RegularPieces {
  readonly kind: (typeof REGULAR_KINDS)[number];
  /**
   * Pieces across the tile, a whole number from 1 to 256. Of threads as many as there are, in multiples of 2 in plain weave and of 4 in twill, since they
   * tile: others are rounded. Of wood how often its rings sway; of veins the fields that broad ones go around.
   */
  readonly across: number;
  /** Pieces down the tile, the same, and in multiples of 2 in bonds and of plates; of wood its rings. */
  readonly down: number;
  /** Share of the tile that lies between pieces, from 0 to 0.6; of veins what they take. Rings of wood have 0. */
  readonly gap: number;
}

/** Pieces that somebody has drawn. `drawnPieces` makes it of a mask, `drawnMask` makes a mask of it. */
export interface DrawnPieces {
  readonly kind: "drawn";
  /** Columns and rows of the mask, 8 to 128 each. It covers the whole tile, whatever the tile's size. */
  readonly width: number;
  readonly height: number;
  /** Row by row, 8 pixels to a byte, the first in its highest bit, in base64: 1 inside pieces, 0 between them. */
  readonly bits: string;
}

/**
 * How the pieces of an imagined material lie on its tile: bricks, stones, boards, threads and the like, or none at all. Plain JSON, so that recipes hold it; a
 * drawn one takes at most 2,732 characters.
 */
export type PieceLayout = { readonly kind: "none" } | RegularPieces | DrawnPieces;

/** Where pieces lie on a tile, to be looked at and drawn on. */
export interface PieceMask {
  /** Columns and rows, 8 to 128 each. */
  readonly width: number;
  readonly height: number;
  /** 1 inside pieces, 0 between them, [height, width]. Pieces that hang together by their sides are one, across the borders too. */
  readonly inside: Uint8Array;
}

/** Sides of masks, in pixels. */
export const LEAST_MASK = 8;
export const MOST_MASK = 128;
const MOST_PIECES = 256;
const MOST_GAP = 0.6;

/** A layout of what was drawn. @throws ConfigurationError for a mask of another size than it says, or sides outside 8 to 128. */
export function drawnPieces({ width, height, inside }: PieceMask): DrawnPieces {
  assertSides("drawnPieces", width, height);
  if (inside.length !== width * height) {
    throw new ConfigurationError(
      `drawnPieces: needed a mask of ${width * height} pixels, came ${inside.length}. Give as many as its sides say.`,
    );
  }
  const bytes = new Uint8Array(Math.ceil(inside.length / 8));
  inside.forEach((value, i) => {
    if (value > 0) bytes[i >> 3] |= 0x80 >> (i & 7);
  });
  return { kind: "drawn", width, height, bits: toBase64(bytes) };
}

/** The mask of what was drawn; a new one. @throws ConfigurationError for a layout that is damaged. */
export function drawnMask({ width, height, bits }: DrawnPieces): PieceMask {
  const who = "drawnMask";
  assertSides(who, width, height);
  const bytes = bytesOf(bits);
  const length = Math.ceil((width * height) / 8);
  if (bytes?.length !== length) {
    throw new ConfigurationError(
      `${who}: needed ${length} bytes in base64 for ${width} × ${height} pixels, came ${bytes ? bytes.length : "something else"}. Draw the pieces again.`,
    );
  }
  const inside = Uint8Array.from({ length: width * height }, (_, i) => (bytes[i >> 3] >> (7 - (i & 7))) & 1);
  return { width, height, inside };
}

/**
 * Checks a layout that may come from anybody's recipe.
 *
 * @param source - What `JSON.parse` made of it.
 * @param who - Who asks, for messages.
 * @returns A new layout with nothing in it that is not a layout's.
 * @throws ConfigurationError when it is none.
 */
export function readPieceLayout(source: unknown, who = "Piece layout"): PieceLayout {
  const came = typeof source === "object" && source !== null ? (source as Record<string, unknown>) : {};
  if (came["kind"] === "none") return { kind: "none" };
  if (came["kind"] === "drawn") {
    const { width, height, bits } = came as unknown as DrawnPieces;
    const drawn: DrawnPieces = { kind: "drawn", width, height, bits };
    drawnMask(drawn); // throws
    return drawn;
  }
  const kind = REGULAR_KINDS.find((each) => each === came["kind"]);
  if (!kind) {
    const words = ["none", ...REGULAR_KINDS, "drawn"].map((word) => `"${word}"`).join(", ");
    throw new ConfigurationError(
      `${who}: needed pieces of a kind of ${words}, came ${JSON.stringify(came["kind"]) ?? "nothing"}. Choose one of them, or leave pieces out.`,
    );
  }
  const { across, down, gap } = came as unknown as RegularPieces;
  const isCount = (count: unknown): boolean =>
    Number.isInteger(count) && Number(count) >= 1 && Number(count) <= MOST_PIECES;
  if (!isCount(across) || !isCount(down) || !(typeof gap === "number" && gap >= 0 && gap <= MOST_GAP)) {
    throw new ConfigurationError(
      `${who}: needed 1 to ${MOST_PIECES} pieces across and down and a gap from 0 to ${MOST_GAP}, came ${String(across)}, ${String(down)} and ${String(gap)}. Correct them.`,
    );
  }
  return { kind, across, down, gap };
}

function assertSides(who: string, width: number, height: number): void {
  const isSide = (side: number): boolean => Number.isInteger(side) && side >= LEAST_MASK && side <= MOST_MASK;
  if (isSide(width) && isSide(height)) return;
  throw new ConfigurationError(
    `${who}: needed a mask with sides of ${LEAST_MASK} to ${MOST_MASK} whole pixels, came ${String(width)} × ${String(height)}. Scale it first.`,
  );
}

function bytesOf(bits: unknown): Uint8Array | null {
  if (typeof bits !== "string") return null;
  try {
    return fromBase64(bits);
  } catch {
    return null;
  }
}

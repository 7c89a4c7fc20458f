import { describe, expect, it } from "vitest";
import {
  readPieceLayout,
  drawnMask,
  drawnPieces,
  type PieceLayout,
  type PieceMask,
} from "../../../plugin/paint/imaginer/piece-layout.ts";
import { maskInSize, piecesInMask, readPieceMask } from "../../../plugin/paint/imaginer/piece-mask.ts";
import { piecesOf } from "../../../plugin/paint/imaginer/pieces-of.ts";
import { picture } from "../../../plugin/paint/picture.ts";

/** A mask of rows of text: `#` inside pieces. */
function maskOf(...rows: string[]): PieceMask {
  const inside = Uint8Array.from(rows.join(""), (letter) => (letter === "#" ? 1 : 0));
  return { width: rows[0].length, height: rows.length, inside };
}
const line = (letters: string, times: number): string[] => new Array<string>(times).fill(letters);

/** Two boards, one above the other, and a joint across the border. */
const BOARDS = maskOf("........", ...line("########", 3), "........", ...line("########", 3));

describe("Drawn pieces", () => {
  it("are kept as a bit for each pixel", () => {
    const drawn = drawnPieces(BOARDS);
    // A byte for each row: 0, 255 three times, 0, 255 three times.
    expect(Buffer.from(drawn.bits, "base64")).toEqual(Buffer.from([0, 255, 255, 255, 0, 255, 255, 255]));
    expect(drawn).toMatchObject({ kind: "drawn", width: 8, height: 8 });
    expect(drawnMask(drawn)).toEqual(BOARDS);
  });

  it("come back whole where rows are no whole bytes", () => {
    const inside = Uint8Array.from({ length: 9 * 11 }, (_, i) => (i % 3 === 0 ? 1 : 0));
    const mask = { width: 9, height: 11, inside };
    expect(drawnMask(JSON.parse(JSON.stringify(drawnPieces(mask))) as ReturnType<typeof drawnPieces>)).toEqual(mask);
  });

  it("take at most 2,732 characters", () => {
    const mask = { width: 128, height: 128, inside: new Uint8Array(128 * 128).fill(1) };
    // 2,048 bytes: 4 characters for each 3, filled up.
    expect(drawnPieces(mask).bits).toHaveLength(2732);
  });

  it.each<[string, () => unknown, string]>([
    [
      "too many pixels",
      () => drawnPieces({ ...BOARDS, inside: new Uint8Array(65) }),
      "drawnPieces: needed a mask of 64 pixels, came 65. Give as many as its sides say.",
    ],
    [
      "a long side",
      () => drawnPieces({ width: 256, height: 8, inside: new Uint8Array(2048) }),
      "drawnPieces: needed a mask with sides of 8 to 128 whole pixels, came 256 × 8. Scale it first.",
    ],
    [
      "missing bits",
      () => readPieceLayout({ kind: "drawn", width: 16, height: 8, bits: drawnPieces(BOARDS).bits }),
      "drawnMask: needed 16 bytes in base64 for 16 × 8 pixels, came 8. Draw the pieces again.",
    ],
    [
      "other text",
      () => readPieceLayout({ kind: "drawn", width: 8, height: 8, bits: "%%" }),
      "drawnMask: needed 8 bytes in base64 for 8 × 8 pixels, came something else. Draw the pieces again.",
    ],
    [
      "an unknown kind",
      () => readPieceLayout({ kind: "heaps" }),
      'Piece layout: needed pieces of a kind of "none", "bond", "cells", "boards", "plates", "weave", "twill", "grain", "veins", "drawn", came "heaps". Choose one of them, or leave pieces out.',
    ],
    [
      "half a brick",
      () => readPieceLayout({ kind: "bond", across: 2.5, down: 4, gap: 0.1 }),
      "Piece layout: needed 1 to 256 pieces across and down and a gap from 0 to 0.6, came 2.5, 4 and 0.1. Correct them.",
    ],
  ])("say what is wrong with %s", (_name, act, message) => {
    expect(act).toThrow(message);
  });

  it("are copied without what does not belong to them", () => {
    const bond: PieceLayout = { kind: "bond", across: 3, down: 6, gap: 0.2 };
    expect(readPieceLayout({ ...bond, note: "mine" })).toEqual(bond);
    expect(readPieceLayout({ kind: "none", across: 3 })).toEqual({ kind: "none" });
  });
});

describe("A piece mask", () => {
  it("has pieces told apart, of which those at both borders may be one", () => {
    const mask = Float32Array.of(1, 0, 1, 0, 1, 1, 0, 1, 0, 1);
    expect(Array.from(piecesOf(mask, 2, 5))).toEqual([1, 0, 2, 0, 1, 1, 0, 2, 0, 1]);
  });

  it("has pieces that hang together across the borders", () => {
    expect(piecesInMask(BOARDS).count).toBe(2);
    // Without the joint in the middle, the two are one: they meet at no border, for that joint is still there.
    const one = maskOf("........", ...line("########", 7));
    expect(piecesInMask(one).count).toBe(1);
    // Only a joint down: both halves of the row meet across the left and right borders.
    expect(piecesInMask(maskOf(...line("###..###", 8))).count).toBe(1);
  });

  it("keeps diagonal joints closed when it grows, and thin ones when it shrinks", () => {
    // One joint falls from the upper left, another rises to the upper right: they part the tile in two.
    const cross = Array.from({ length: 8 }, (_, y) =>
      Array.from({ length: 8 }, (_, x) => (x === y || x === 7 - y ? "." : "#")).join(""),
    );
    const { count } = piecesInMask(maskOf(...cross));
    const grown = maskInSize(maskOf(...cross), 32, 32);
    const inside = Uint8Array.from(grown, (value) => (value > 0.5 ? 1 : 0));
    expect(count).toBe(2);
    expect(piecesInMask({ width: 32, height: 32, inside }).count).toBe(2);
    const small = maskInSize(maskOf(...line("#.######", 16)), 4, 8);
    // Pixel 0 is half joint, half piece: not above 0.5.
    expect(Array.from(small.subarray(0, 4))).toEqual([0.5, 1, 1, 1]);
  });

  it("stays as it is at its own size", () => {
    expect(maskInSize(BOARDS, 8, 8)).toEqual(Float32Array.from(BOARDS.inside));
  });

  it("is read off a picture in black and white, of any size", () => {
    const bars = picture(64, 32, 3);
    for (let i = 0; i < bars.pixels.length; i++) bars.pixels[i] = Math.floor(i / 3) % 32 < 8 ? 0.05 : 0.95;
    const { width, height, inside } = readPieceMask(bars, { width: 8, height: 16 });
    expect([width, height]).toEqual([8, 16]);
    // A quarter of each row is black: 2 of 8.
    for (let row = 0; row < 16; row++) {
      expect(Array.from(inside.subarray(8 * row, 8 * row + 8))).toEqual([0, 0, 1, 1, 1, 1, 1, 1]);
    }
  });

  it("is not read off a picture in colours, nor off one that is all white", () => {
    const grey = picture(16, 16, 3, new Float32Array(16 * 16 * 3).fill(0.5));
    expect(() => readPieceMask(grey)).toThrow(
      "readPieceMask: needed a picture in black and white, came one of which 100 % is neither. Draw pieces white and joints black.",
    );
    const white = picture(16, 16, 1, new Float32Array(16 * 16).fill(1));
    expect(() => readPieceMask(white, { name: "paper.png" })).toThrow(
      'Picture "paper.png": needed white pieces and black joints, came only white. Draw both.',
    );
  });
});

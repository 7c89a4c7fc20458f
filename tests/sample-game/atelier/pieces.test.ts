import { describe, expect, it } from "vitest";
import { drawnPieces, piecesInMask, type PieceMask } from "../../../plugin/paint.ts";
import {
  emptySheet,
  FIRST_PIECES,
  isOfTile,
  isRegular,
  withNumber,
} from "../../../sample-game/atelier/rules/pieces.ts";
import { drawLine } from "../../../sample-game/atelier/rules/sheet.ts";

const small = (): PieceMask => ({ width: 8, height: 8, inside: new Uint8Array(64).fill(1) });
/** Rows of a sheet; `.` between pieces. */
function rowsOf({ width, inside }: PieceMask): string[] {
  const letters = Array.from(inside, (value) => (value ? "#" : ".")).join("");
  return letters.match(new RegExp(`.{${width}}`, "g"))!;
}

describe("A line on the sheet", () => {
  it("takes the pixels between its ends", () => {
    const sheet = small();
    // From the middle of pixel 1 to that of pixel 4, in row 2.
    expect(drawLine(sheet, { x: 1.5 / 8, y: 2.5 / 8 }, { x: 4.5 / 8, y: 2.5 / 8 }, { diameter: 1, value: 0 })).toBe(
      true,
    );
    expect(rowsOf(sheet)).toEqual([
      ...new Array<string>(2).fill("########"),
      "#....###",
      ...new Array<string>(5).fill("########"),
    ]);
  });

  it("goes on at the other side where it leaves the sheet", () => {
    const sheet = small();
    drawLine(sheet, { x: 6.5 / 8, y: 0.5 / 8 }, { x: 9.5 / 8, y: 0.5 / 8 }, { diameter: 1, value: 0 });
    expect(rowsOf(sheet)[0]).toBe("..####..");
    drawLine(sheet, { x: 4.5 / 8, y: 0.5 / 8 }, { x: 4.5 / 8, y: -1.5 / 8 }, { diameter: 1, value: 0 });
    expect(rowsOf(sheet).map((row) => row[4])).toEqual(Array.from(".#####.."));
  });

  it("says when nothing has changed, and closes joints again", () => {
    const sheet = small();
    const place = { x: 0.5, y: 0.5 };
    expect(drawLine(sheet, place, place, { diameter: 3, value: 1 })).toBe(false);
    expect(drawLine(sheet, place, place, { diameter: 3, value: 0 })).toBe(true);
    // The middles of the four pixels around that corner are 0.71 away, the next ones 1.58, which is more than 1.5.
    expect(rowsOf(sheet).join("").split(".").length - 1).toBe(4);
    expect(drawLine(sheet, place, place, { diameter: 3, value: 0 })).toBe(false);
    expect(drawLine(sheet, place, place, { diameter: 3, value: 1 })).toBe(true);
    expect(sheet).toEqual(small());
  });

  it("parts a tile in rows when it goes all around, and a second one across parts those", () => {
    const sheet = emptySheet();
    expect(piecesInMask(sheet).count).toBe(1);
    drawLine(sheet, { x: 0, y: 0.25 }, { x: 1, y: 0.25 }, { diameter: 4, value: 0 });
    drawLine(sheet, { x: 0, y: 0.75 }, { x: 1, y: 0.75 }, { diameter: 4, value: 0 });
    expect(piecesInMask(sheet).count).toBe(2);
    for (const x of [0.2, 0.7]) drawLine(sheet, { x, y: 0 }, { x, y: 1 }, { diameter: 4, value: 0 });
    expect(piecesInMask(sheet).count).toBe(4);
  });
});

describe("Pieces in rows", () => {
  it("have a number of them by which they tile", () => {
    expect(withNumber(FIRST_PIECES.bond, "down", 5)).toEqual({ ...FIRST_PIECES.bond, down: 6 });
    expect(withNumber(FIRST_PIECES.bond, "down", 1)).toEqual({ ...FIRST_PIECES.bond, down: 2 });
    expect(withNumber(FIRST_PIECES.boards, "down", 5).down).toBe(5);
    expect(withNumber(FIRST_PIECES.bond, "across", 5).across).toBe(5);
    expect(withNumber(FIRST_PIECES.weave, "across", 5).across).toBe(6);
    expect(withNumber(FIRST_PIECES.twill, "down", 41)).toEqual({ ...FIRST_PIECES.twill, down: 40 });
    expect(withNumber(FIRST_PIECES.veins, "gap", 0.13).gap).toBe(0.13);
  });

  it("are counted, and belong to the tile as drawn ones do", () => {
    const drawn = drawnPieces(small());
    expect([null, { kind: "none" } as const, FIRST_PIECES.cells, drawn].map(isRegular)).toEqual([
      false,
      false,
      true,
      false,
    ]);
    expect([null, { kind: "none" } as const, FIRST_PIECES.cells, drawn].map(isOfTile)).toEqual([
      false,
      false,
      true,
      true,
    ]);
  });
});

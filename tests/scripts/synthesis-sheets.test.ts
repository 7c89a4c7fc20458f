import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import jpeg from "jpeg-js";
import { afterAll, describe, expect, it, vi } from "vitest";
import { blankSheet, encodeJpeg, place, writeNumber } from "../../scripts/paint/draw-sheet.ts";
import { reviewKit, reviewTable } from "../../scripts/paint/review.ts";
import { describeRows, readScores, reviewRows } from "../../scripts/paint/review/review-scores.ts";
import type { ReviewEntry } from "../../scripts/paint/review/review-tiles.ts";
import { synthesisSheets } from "../../scripts/paint/synthesis-sheets.ts";
import { picturedBy } from "../paint/metrics/test-pictures.ts";

const out = mkdtempSync(join(tmpdir(), "synthesis-"));
afterAll(() => rmSync(out, { recursive: true }));

const red = (sheet: { width: number; pixels: Uint8Array }, top: number, left: number): number =>
  sheet.pixels[(top * sheet.width + left) * 4];

describe("A sheet", () => {
  it("shows a picture as often and as large as asked, and white elsewhere", () => {
    const sheet = blankSheet(12, 10);
    place(
      sheet,
      picturedBy(2, 2, 1, (y, x) => (y === 0 && x === 0 ? 0 : 0.2)),
      { top: 1, left: 1, tiles: 2, zoom: 2 },
    );
    // black at each tile's corner, every 4 pixels, two by two
    expect([red(sheet, 1, 1), red(sheet, 2, 2), red(sheet, 5, 5), red(sheet, 6, 6)]).toEqual([0, 0, 0, 0]);
    expect([red(sheet, 3, 3), red(sheet, 0, 0), red(sheet, 9, 9)]).toEqual([51, 255, 255]);
  });

  it("cuts off what does not fit", () => {
    const sheet = blankSheet(3, 3);
    place(
      sheet,
      picturedBy(2, 2, 3, () => 0),
      { top: 2, left: 2 },
    );
    expect(red(sheet, 2, 2)).toBe(0);
    expect(sheet.pixels.length).toBe(36);
  });

  it("shows numbers that can be read", () => {
    const sheet = blankSheet(10, 14);
    writeNumber(sheet, 7, { top: 0, left: 0 });
    // dots of two pixels, one dot of margin: a bar above, then down on the right
    const dots = Array.from({ length: 5 }, (_, y) =>
      Array.from({ length: 3 }, (_, x) => (red(sheet, 2 + 2 * y, 2 + 2 * x) === 0 ? "#" : ".")).join(""),
    );
    expect(dots).toEqual(["###", "..#", "..#", ".#.", ".#."]);
  });

  it("is saved as a JPEG of its size", () => {
    const { width, height } = jpeg.decode(encodeJpeg(blankSheet(24, 16)), { useTArray: true });
    expect([width, height]).toEqual([24, 16]);
  });
});

describe("The sheets of synthesis", () => {
  it("show the crop, another seed, four tiles and a larger one", async () => {
    vi.spyOn(console, "log").mockImplementation(() => undefined);
    await synthesisSheets.run({ tile: 32, only: "sand", out });
    expect(readdirSync(out)).toEqual(["sand.jpg"]);
    const { width, height } = jpeg.decode(readFileSync(join(out, "sand.jpg")), { useTArray: true });
    // 32 · 5 + 2 gaps of 4, and 32 · 2 + one gap
    expect([width, height]).toEqual([168, 68]);
  });

  it("say which there are", async () => {
    await expect(synthesisSheets.run({ tile: 32, only: "lava", out })).rejects.toThrow(
      /^--only: needed one of brick, .*, water, kept-layout, .*, peers, came "lava"\. Choose a name of these\.$/,
    );
  });
});

describe("A blind review", () => {
  const key: ReviewEntry[] = [
    { number: 1, texture: "sand", kind: "generated", seed: 1 },
    { number: 2, texture: "sand", kind: "real", seed: 1 },
    { number: 3, texture: "brick", kind: "generated", seed: 1 },
  ];

  it("keeps the key away from the pages", async () => {
    const folder = join(out, "kit");
    await reviewKit.run({ tile: 32, only: "sand", out: folder });
    const entries = JSON.parse(readFileSync(join(folder, "key.json"), "utf8")) as ReviewEntry[];
    expect(entries.map(({ number }) => number)).toEqual([1, 2, 3, 4]);
    expect(entries.filter(({ kind }) => kind === "real").length).toBe(2);
    expect(readdirSync(join(folder, "pages")).sort()).toEqual(["README.md", "page-1.jpg"]);
    expect(readFileSync(join(folder, "pages", "README.md"), "utf8")).toContain("| 4 | sand |");
    expect(readFileSync(join(folder, "pages", "README.md"), "utf8")).not.toMatch(/seed|kind/);
  });

  it("takes the median over reviewers and tiles", () => {
    const ann = readScores("ann", "number,score\n1,4\n2,5\n3,2\n", key);
    const bob = readScores("bob", "1, 3\n3 ; 1\n2\t4", key);
    const rows = reviewRows(key, [ann, bob]);
    // sand (4 + 3) / 2, brick (2 + 1) / 2; nobody scored a real brick
    expect(rows.map(({ texture, generated, reviewers }) => [texture, generated, reviewers])).toEqual([
      ["brick", 1.5, [2, 1]],
      ["sand", 3.5, [4, 3]],
    ]);
    expect(describeRows(rows.slice(1), ["ann", "bob"])).toBe(
      "| texture | generated, median | real, median | generated, ann | generated, bob |\n" +
        "| --- | --- | --- | --- | --- |\n" +
        "| sand | 3.5 | 4.5 | 4 | 3 |\n\n" +
        "1 of 1 textures have a generated median of 3 or more.",
    );
  });

  it.each([
    ["1,6", 'ann: needed each number once, with a score of 1 to 5, came "1,6". Correct the line.'],
    ["1,3\n1,3", 'ann: needed each number once, with a score of 1 to 5, came "1,3". Correct the line.'],
    ["1,3\n3,3", "ann: needed a score for every tile, came none for 2. Add it."],
  ])("refuses %j", (text, message) => {
    expect(() => readScores("ann", text, key)).toThrow(new Error(message));
  });

  it("has no table before somebody has scored", async () => {
    await expect(reviewTable.run({ tile: undefined, only: undefined, out: join(out, "kit") })).rejects.toThrow(
      `review-table: needed ${join(out, "kit", "scores-NAME.csv")}, came none. Let somebody score the pages.`,
    );
    writeFileSync(join(out, "kit", "scores-ann.csv"), "1,4\n2,4\n3,4\n4,4\n");
    const printed = vi.spyOn(console, "log").mockImplementation(() => undefined);
    await reviewTable.run({ tile: undefined, only: undefined, out: join(out, "kit") });
    expect(printed.mock.lastCall![0]).toContain("| sand | 4 | 4 | 4 |");
  });
});

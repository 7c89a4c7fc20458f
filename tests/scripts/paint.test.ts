import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { MaterialMaps } from "../../plugin/paint/materials/material-maps.ts";
import { decodePng } from "../../plugin/paint/png.ts";
import { renderPreview } from "../../scripts/paint/preview.ts";
import { sheets } from "../../scripts/paint/sheets.ts";

/** A grey board of 16 × 16 pixels. */
function board(change: Partial<MaterialMaps> = {}): MaterialMaps {
  return {
    width: 16,
    height: 16,
    albedo: new Float32Array(768).fill(0.3),
    heights: new Float32Array(256),
    relief: 0.25,
    roughness: new Float32Array(256).fill(0.9),
    metallic: new Float32Array(256),
    layout: new Uint16Array(256),
    attributes: new Float32Array(12),
    ...change,
  };
}

describe("A preview", () => {
  it("shows the tile as often as asked", () => {
    const { width, height, pixels } = renderPreview(board(), 3);
    expect([width, height, pixels.length]).toEqual([48, 48, 48 * 48 * 3]);
  });

  it("shows a bright material brighter than a dark one", () => {
    const bright = renderPreview(board({ albedo: new Float32Array(768).fill(0.8) }));
    const dark = renderPreview(board());
    expect(bright.pixels.every((value, i) => value > dark.pixels[i])).toBe(true);
  });

  it("casts shadows away from the sun, which stands on the upper left", () => {
    // A post of 4 × 4 pixels, 4 pixels high: its lower right lies in the shade, its upper left in the sun.
    const heights = Float32Array.from({ length: 256 }, (_, i) => ((i % 16) >> 2 === 1 && i >> 6 === 1 ? 1 : 0));
    const { pixels } = renderPreview(board({ heights }));
    const at = (row: number, column: number): number => pixels[3 * (row * 16 + column)];
    // Both pixels touch the post, and so see as much of the sky.
    expect(at(8, 8)).toBeLessThan(0.8 * at(3, 3));
  });
});

describe("The contact sheets", () => {
  it("are written for the class that is asked for, and no other", async () => {
    const out = mkdtempSync(join(tmpdir(), "sheets-"));
    await sheets.run({ tile: 32, only: "sand", out });
    const { width, height, channels } = decodePng(readFileSync(join(out, "sand.png")));
    expect([width, height, channels]).toEqual([192, 64, 3]);
    expect(existsSync(join(out, "soil.png"))).toBe(false);
    rmSync(out, { recursive: true });
  });

  it("say which classes there are", async () => {
    await expect(sheets.run({ tile: 32, only: "lava", out: undefined })).rejects.toThrow(
      '--only: needed one of brick, cobble, fabricWeave, grass, marble, metalPlate, plank, plaster, roofTile, roughStone, sand, soil, woodGrain, came "lava". Choose a name of these.',
    );
  });
});

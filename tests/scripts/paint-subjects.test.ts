import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import jpeg from "jpeg-js";
import { describe, expect, it } from "vitest";
import { Random } from "../../plugin/core/random.ts";
import { encodePng } from "../../plugin/paint/png.ts";
import { seamScore } from "../../plugin/paint/metrics/seam-score.ts";
import { cutPair, VISIBLE_SEAM } from "../../scripts/paint/subjects/cut-pair.ts";
import { materialCrop } from "../../scripts/paint/subjects/material-stack.ts";
import { readPhotograph } from "../../scripts/paint/subjects/read-photograph.ts";
import { FIXTURE_PICTURES, textures } from "../../scripts/paint/subjects/textures.ts";
import { picturedBy } from "../paint/metrics/test-pictures.ts";

/** Every pixel has a value of its own, so that a crop tells where it was cut. */
const numbered = picturedBy(20, 40, 1, (y, x) => (y * 40 + x) / 800);

async function inFolder<T>(
  files: Readonly<Record<string, Uint8Array>>,
  use: (folder: string) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "pictures-"));
  for (const [name, bytes] of Object.entries(files)) writeFileSync(join(folder, name), bytes);
  try {
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe("A pair of crops", () => {
  it("never shares a pixel", () => {
    for (let seed = 0; seed < 50; seed++) {
      const { source, otherCrop } = cutPair(numbered, 16, new Random(seed));
      const seen = new Set(source.pixels);
      expect(otherCrop!.pixels.some((value) => seen.has(value))).toBe(false);
    }
  });

  it("has one crop only where the picture is too short for two", () => {
    expect(cutPair(numbered, 20, new Random(1)).otherCrop).not.toBeNull();
    const small = picturedBy(20, 30, 1, (y, x) => y + x);
    expect(cutPair(small, 20, new Random(1)).otherCrop).toBeNull();
  });

  it("begins with one whose seams can be seen, where the picture has such a place", () => {
    for (let seed = 0; seed < 5; seed++) {
      const { sideBySide, oneAboveOther } = seamScore(cutPair(numbered, 16, new Random(seed)).source);
      expect(Math.min(sideBySide, oneAboveOther)).toBeGreaterThan(VISIBLE_SEAM);
    }
  });
});

describe("Photographs", () => {
  it("are read from PNG, grey as grey, without their alpha", async () => {
    const grey = encodePng({ width: 2, height: 1, channels: 2, pixels: Uint8Array.of(51, 0, 255, 9) });
    const read = await inFolder({ "grey.png": grey }, (folder) => readPhotograph(join(folder, "grey.png")));
    expect([read.height, read.width, read.channels]).toEqual([1, 2, 3]);
    expect(Array.from(read.pixels, (value) => Math.round(value * 255))).toEqual([51, 51, 51, 255, 255, 255]);
  });

  it("are read from JPEG", async () => {
    const red = Uint8Array.from({ length: 16 * 16 * 4 }, (_, i) => [200, 40, 40, 255][i % 4]);
    const file = new Uint8Array(jpeg.encode({ width: 16, height: 16, data: red }, 95).data);
    const read = await inFolder({ "red.jpg": file }, (folder) => readPhotograph(join(folder, "red.jpg")));
    expect([read.height, read.width, read.channels]).toEqual([16, 16, 3]);
    expect(read.pixels[0] * 255).toBeCloseTo(200, -1);
  });

  it("of a folder join the procedural classes, by the names of their files", async () => {
    const names = (await textures()).map(({ name }) => name);
    expect(names).toContain("brick");
    expect(names.slice(-3)).toEqual(["smoke-1", "smoke-4", "water"]);
  });

  it("that are larger than needed are made smaller, so that a crop shows their features", async () => {
    const large = picturedBy(400, 900, 3, (_, x) => x / 900);
    const bytes = Uint8Array.from(large.pixels, (value) => Math.round(255 * value));
    const file = encodePng({ width: 900, height: 400, channels: 3, pixels: bytes });
    const [ramp] = (await inFolder({ "ramp.png": file }, (folder) => textures(folder))).slice(-1);
    // 400 rows become 2.25 · 32 = 72, 900 columns 162: 32 of them show 32 / 162 of the ramp.
    const { pixels } = ramp.pair(1, 32).source;
    expect(pixels[31 * 3] - pixels[0]).toBeCloseTo(31 / 162, 1);
  });

  it("that are too small for two crops are refused", async () => {
    const dot = encodePng({ width: 40, height: 40, channels: 3, pixels: new Uint8Array(4800) });
    await inFolder({ "dot.png": dot }, async (folder) => {
      await expect(textures(folder)).rejects.toThrow(
        `${join(folder, "dot.png")}: needed a photograph of at least 32 × 64 pixels, came 40 × 40. Leave it out.`,
      );
    });
  });

  it("that travel with the sources are there", () => expect(FIXTURE_PICTURES).toMatch(/tests\/fixtures\/textures$/));
});

describe("A crop of a material", () => {
  it("cuts all maps at the same place", () => {
    const { colours, heights, roughness, metallic } = materialCrop("brick", 3, 32);
    expect([colours.channels, heights.channels, roughness.channels, metallic.channels]).toEqual([3, 1, 1, 1]);
    // Mortar lies deep and is grey; bricks are high and red: the maps agree on which is which.
    let together = 0;
    const mean = heights.pixels.reduce((sum, value) => sum + value, 0) / heights.pixels.length;
    for (let i = 0; i < heights.pixels.length; i++) {
      const red = colours.pixels[3 * i] - colours.pixels[3 * i + 2];
      together += (heights.pixels[i] - mean) * red;
    }
    expect(together).toBeGreaterThan(0);
  });
});

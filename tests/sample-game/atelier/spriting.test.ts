import { describe, expect, it } from "vitest";
import type { Sprite } from "../../../plugin/paint.ts";
import {
  codeSum,
  faded,
  firstSpriting,
  fitSprite,
  isReady,
  layOut,
  MOST_OWN,
  picked,
  pixelSum,
  SHEET_SHIELDS,
  sheetSeeds,
  SIDE,
  withNetwork,
  withOwn,
  withTool,
  type SheetShield,
} from "../../../sample-game/atelier/rules/spriting.ts";

/** A sprite of one colour everywhere. */
function even(red: number, green: number, blue: number, alpha: number): Sprite {
  const pixels = Float32Array.from({ length: SIDE * SIDE * 4 }, (_, i) => [red, green, blue, alpha][i % 4]);
  return { width: SIDE, height: SIDE, channels: 4, pixels };
}

function shield(name: string): SheetShield {
  return { name, code: Float32Array.of(1), sprite: even(0, 0, 0, 1), source: null };
}

/** The first pixel. */
function pixel({ pixels }: Sprite): number[] {
  return Array.from(pixels.subarray(0, 4), (value) => Math.round(1000 * value) / 1000);
}

describe("Chosen shields", () => {
  it("fill a tool's places one after the other, and begin again", () => {
    const [one, two, three] = ["one", "two", "three"].map(shield);
    const walk = picked(picked(firstSpriting(7), one), two);
    expect([walk.places.A, walk.places.B, walk.active, isReady(walk)]).toEqual([one, two, "A", true]);
    expect(picked(walk, three).places).toEqual({ A: three, B: two, C: null });
  });

  it("stay when another tool needs more of them, which then go to the empty place", () => {
    const [one, two, three] = ["one", "two", "three"].map(shield);
    const sum = withTool(picked(picked(firstSpriting(7), one), two), "sum");
    expect([sum.active, isReady(sum)]).toEqual(["C", false]);
    expect(picked(sum, three).places).toEqual({ A: one, B: two, C: three });
    expect(picked({ ...sum, tool: "change" }, three).places.A).toBe(three);
  });

  it("are forgotten with their network, and only the autoencoder changes attributes", () => {
    const change = withTool(picked(firstSpriting(7), shield("one")), "change");
    const gan = withNetwork({ ...change, wish: { border: true } }, "gan");
    expect([gan.tool, gan.places.A, gan.wish]).toEqual(["walk", null, {}]);
  });

  it("lose what was asked for when another one comes to A, but not when one comes to B", () => {
    const asked = { ...withTool(picked(firstSpriting(7), shield("one")), "walk"), wish: { border: true } };
    expect(picked({ ...asked, active: "B" }, shield("two")).wish).toEqual({ border: true });
    expect(picked({ ...asked, active: "A" }, shield("two")).wish).toEqual({});
  });

  it("may be pictures of one's own, of which the last ones are at hand, and for which the autoencoder takes over", () => {
    let step = withNetwork(firstSpriting(7), "gan");
    for (let i = 0; i <= MOST_OWN; i++) step = withOwn(step, shield(`own ${i}`));
    expect(step.network).toBe("vae");
    expect(step.own.map(({ name }) => name)).toEqual(Array.from({ length: MOST_OWN }, (_, i) => `own ${i + 1}`));
  });
});

describe("A sheet", () => {
  it("has seeds of its own", () => {
    const both = [...sheetSeeds(7), ...sheetSeeds(8)];
    expect(new Set(both).size).toBe(2 * SHEET_SHIELDS);
    expect(both.every((seed) => Number.isInteger(seed) && seed >= 0)).toBe(true);
  });

  it("is laid out in rows without gaps", () => {
    const sprites = [10, 20, 30].map((value) => new Uint8ClampedArray(SIDE * SIDE * 4).fill(value));
    const { width, height, bytes } = layOut(sprites, 2);
    expect([width, height]).toEqual([2 * SIDE, 2 * SIDE]);
    const at = (x: number, y: number): number => bytes[4 * (y * width + x)];
    // The first, the second beside it, the third below, nothing beside that.
    expect([at(0, 0), at(31, 31), at(32, 0), at(63, 31), at(0, 32), at(32, 32)]).toEqual([10, 10, 20, 20, 30, 0]);
  });
});

describe("Arithmetic", () => {
  it("adds codes of the autoencoder, and keeps those of the adversarial network as long as A", () => {
    const [a, b, c] = [Float32Array.of(3, 4), Float32Array.of(1, 0), Float32Array.of(4, 4)];
    // (3 − 1 + 4, 4 − 0 + 4) = (6, 8), of length 10; A has 5.
    expect([...codeSum("vae", a, b, c)]).toEqual([6, 8]);
    expect([...codeSum("gan", a, b, c)]).toEqual([3, 4]);
  });

  it("cuts pixels off at their ends, and no colour is more than its opacity", () => {
    // Red 0.5 − 0 + 0.9 → 1, then at most the opacity of 0.75; green 0.1 − 0.5 + 0.2 → 0.
    const sum = pixelSum(even(0.5, 0.1, 0.2, 0.5), even(0, 0.5, 0.1, 0.25), even(0.9, 0.2, 0.1, 0.5));
    expect(pixel(sum)).toEqual([0.75, 0, 0.2, 0.75]);
  });

  it("fades from one sprite to another", () => {
    expect(pixel(faded(even(0, 1, 0, 1), even(1, 0, 0, 0.5), 0.25))).toEqual([0.25, 0.75, 0, 0.875]);
  });
});

describe("A picture of one's own", () => {
  it("becomes the mean of what lies under each pixel, as large as it can be, with nothing around it", () => {
    // 64 × 32: half as many pixels each way are 32 × 16, with 8 empty rows above and below. Columns are white and black by turns.
    const pixels = Float32Array.from({ length: 64 * 32 * 3 }, (_, i) => Math.floor(i / 3) % 2);
    const sprite = fitSprite({ width: 64, height: 32, pixels }, null);
    const at = (x: number, y: number): number[] => [
      ...sprite.pixels.subarray(4 * (y * SIDE + x), 4 * (y * SIDE + x) + 4),
    ];
    expect([at(0, 7), at(0, 8), at(31, 23), at(31, 24)]).toEqual([
      [0, 0, 0, 0],
      [0.5, 0.5, 0.5, 1],
      [0.5, 0.5, 0.5, 1],
      [0, 0, 0, 0],
    ]);
  });

  it("keeps what is transparent, colours times their opacity", () => {
    // Of each 2 × 2 pixels one is opaque.
    const mask = {
      pixels: Float32Array.from({ length: 64 * 64 }, (_, i) => Number(i % 2 === 0 && Math.floor(i / 64) % 2 === 0)),
    };
    const sprite = fitSprite({ width: 64, height: 64, pixels: new Float32Array(64 * 64 * 3).fill(0.8) }, mask);
    expect(pixel(sprite)).toEqual([0.2, 0.2, 0.2, 0.25]);
  });

  it("is enlarged where it is small", () => {
    const sprite = fitSprite({ width: 1, height: 1, pixels: Float32Array.of(1, 0, 0) }, null);
    expect(sprite.pixels.every((value, i) => value === [1, 0, 0, 1][i % 4])).toBe(true);
  });
});

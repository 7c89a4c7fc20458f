import { describe, expect, it } from "vitest";
import { blurWrapped } from "../../../plugin/paint/noise/blur.ts";
import { fbm } from "../../../plugin/paint/noise/fbm.ts";
import { cellsOf, createGrid, type Field, type Grid, wrap } from "../../../plugin/paint/noise/grid.ts";
import { chanceOf, hash2 } from "../../../plugin/paint/noise/hash.ts";
import { perlin, straightLattice, turnedLattice } from "../../../plugin/paint/noise/perlin.ts";
import { quantile } from "../../../plugin/paint/noise/quantile.ts";
import { drawDisc, drawStroke } from "../../../plugin/paint/noise/strokes.ts";
import { valueNoise } from "../../../plugin/paint/noise/value.ts";
import { type Warp, warpField } from "../../../plugin/paint/noise/warp.ts";
import { worley } from "../../../plugin/paint/noise/worley.ts";

const square = createGrid(32, 32);
const wide = createGrid(48, 32);

/** Looks aside by whole tiles, and so at the same place. */
function aside(grid: Grid, tilesAcross: number, tilesDown: number): Warp {
  const size = grid.width * grid.height;
  return {
    x: new Float32Array(size).fill(tilesAcross * grid.across),
    y: new Float32Array(size).fill(tilesDown * grid.down),
  };
}

function perlinField(grid: Grid, turns: number, warp?: Warp): Field {
  const field = new Float32Array(grid.width * grid.height);
  perlin(grid, { lattice: turnedLattice(grid, 5, turns), seed: 7, warp }, (pixel, value) => (field[pixel] = value));
  return field;
}

function largestGap(a: ArrayLike<number>, b: ArrayLike<number>): number {
  return Math.max(...Array.from(a, (value, i) => Math.abs(value - b[i])));
}

const mean = (field: Field): number => field.reduce((sum, value) => sum + value, 0) / field.length;

/** A field moved by whole pixels, around the borders. */
function roll(grid: Grid, field: Field, columns: number, rows: number): Field {
  return Float32Array.from(field, (_, i) => {
    const column = wrap((i % grid.width) - columns, grid.width);
    const row = wrap(Math.floor(i / grid.width) - rows, grid.height);
    return field[row * grid.width + column];
  });
}

describe("A grid", () => {
  it("measures in its shorter side", () => {
    expect(createGrid(48, 32)).toEqual({ width: 48, height: 32, across: 1.5, down: 1, pixel: 1 / 32 });
  });

  it("has whole cells, as many more along its longer side", () => {
    expect(cellsOf(wide, 4)).toEqual({ columns: 6, rows: 4 });
    expect(cellsOf(wide, [0.1, 2.4])).toEqual({ columns: 1, rows: 2 });
  });
});

describe("A hash", () => {
  it("gives the same number for the same place, and another one for another place, order or seed", () => {
    expect(hash2(3, 5, 7)).toBe(hash2(3, 5, 7));
    expect(new Set([hash2(3, 5, 7), hash2(5, 3, 7), hash2(3, 5, 8), hash2(4, 5, 7)]).size).toBe(4);
  });

  it("is even: ten thousand chances have mean ½ and a tenth of them in each tenth", () => {
    const chances = Array.from({ length: 10_000 }, (_, id) => chanceOf(id, 3));
    expect(chances.reduce((sum, chance) => sum + chance, 0) / 10_000).toBeCloseTo(0.5, 2);
    const tenths = Array.from({ length: 10 }, (_, n) => chances.filter((c) => Math.floor(c * 10) === n).length);
    // 1000 ± 30 (one standard deviation of a binomial); five of them.
    for (const tenth of tenths) expect(Math.abs(tenth - 1000)).toBeLessThan(150);
  });
});

describe("Perlin noise", () => {
  it.each([
    ["straight", 0, square],
    ["turned", 0.1025, square],
    ["turned, on a wide tile", 0.2, wide],
  ])("is the same one tile further, %s", (_what, turns, grid) => {
    const here = perlinField(grid, turns);
    expect(largestGap(here, perlinField(grid, turns, aside(grid, 1, 0)))).toBeLessThan(1e-5);
    expect(largestGap(here, perlinField(grid, turns, aside(grid, 0, -1)))).toBeLessThan(1e-5);
    expect(largestGap(here, perlinField(grid, turns, aside(grid, -2, 3)))).toBeLessThan(1e-5);
  });

  it("is not the same half a tile further", () => {
    expect(largestGap(perlinField(square, 0.1), perlinField(square, 0.1, aside(square, 0.5, 0)))).toBeGreaterThan(0.2);
  });

  it("is 0 at lattice points and stays within [-1, 1]", () => {
    // Four cells on four pixels, looked at half a pixel aside: each pixel sits on a point.
    const grid = createGrid(4, 4);
    const warp = { x: new Float32Array(16).fill(-0.125), y: new Float32Array(16).fill(-0.125) };
    perlin(grid, { lattice: straightLattice(4, 4), seed: 1, warp }, (_, value) => expect(value).toBeCloseTo(0, 12));
    expect(Math.max(...perlinField(square, 0.1).map(Math.abs))).toBeLessThanOrEqual(1);
  });

  it("has a turned lattice with about as many points as a straight one", () => {
    for (const frequency of [2, 3, 5, 8, 16, 33]) {
      for (const turns of [0.1, 0.2, 0.3, 0.4]) {
        const { count } = turnedLattice(square, frequency, turns);
        expect(count / (frequency * frequency)).toBeGreaterThan(0.4);
        expect(count / (frequency * frequency)).toBeLessThan(2.3);
      }
    }
  });
});

describe("Value noise", () => {
  it("lies in [0, 1] and meets itself at the border", () => {
    const field = valueNoise(createGrid(64, 64), { cells: { columns: 2, rows: 2 }, seed: 3 });
    expect(Math.min(...field)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...field)).toBeLessThanOrEqual(1);
    // Two cells to 64 pixels: the steepest step of the smooth curve is 1.5 · (2 / 64).
    for (let row = 0; row < 64; row++) {
      expect(Math.abs(field[row * 64] - field[row * 64 + 63])).toBeLessThanOrEqual(1.5 / 32);
    }
  });
});

describe("Fractal noise", () => {
  it("is the same one tile further", () => {
    const options = { seed: 1, frequency: 3, octaves: 3 };
    const here = fbm(wide, options);
    expect(largestGap(here, fbm(wide, { ...options, warp: aside(wide, 1, 1) }))).toBeLessThan(1e-5);
  });

  it.each(["smooth", "billow", "ridged"] as const)("fills [0, 1] and no more: %s", (shape) => {
    const field = fbm(createGrid(128, 128), { seed: 4, frequency: 6, shape });
    const [least, most] = [Math.min(...field), Math.max(...field)];
    expect(least).toBeGreaterThanOrEqual(0);
    expect(most).toBeLessThanOrEqual(1);
    expect(most - least).toBeGreaterThan(0.6);
  });

  it("has its middle at ½", () => {
    expect(mean(fbm(createGrid(128, 128), { seed: 4, frequency: 8 }))).toBeCloseTo(0.5, 1);
  });

  it("leaves out octaves finer than two pixels", () => {
    const grid = createGrid(16, 16);
    expect(fbm(grid, { seed: 1, frequency: 4, octaves: 2 })).toEqual(fbm(grid, { seed: 1, frequency: 4, octaves: 9 }));
  });

  it("warps by no more than it is asked to", () => {
    const { x, y } = warpField(square, 0.1, { seed: 1, frequency: 3 });
    expect(Math.max(...x.map(Math.abs), ...y.map(Math.abs))).toBeLessThanOrEqual(0.1 + 1e-7);
    expect(largestGap(x, y)).toBeGreaterThan(0.01);
  });
});

describe("Worley cells", () => {
  const options = { seed: 5, frequency: 4, jitter: 1 };

  it("are the same one tile further", () => {
    const here = worley(wide, options);
    const there = worley(wide, { ...options, warp: aside(wide, 1, -1) });
    expect(there.id).toEqual(here.id);
    expect(largestGap(there.edge, here.edge)).toBeLessThan(1e-5);
  });

  it("have the number of the nearest point, and none farther than the way back to it", () => {
    const { id, nearest, fromX, fromY } = worley(square, options);
    expect(new Set(id).size).toBe(16);
    expect(Math.max(...id)).toBe(15);
    const far = Float32Array.from(nearest, (_, i) => Math.sqrt(fromX[i] * fromX[i] + fromY[i] * fromY[i]));
    expect(largestGap(far, nearest)).toBeLessThan(1e-6);
  });

  it("of a regular lattice have borders in the middle between their points", () => {
    // Four pixels to a cell and points in the middle of it: half a pixel from the border, or one and a half.
    const grid = createGrid(16, 16);
    const { edge } = worley(grid, { seed: 1, frequency: 4, jitter: 0 });
    expect(edge[0]).toBeCloseTo(0.5 / 16, 6);
    expect(edge[17]).toBeCloseTo(1.5 / 16, 6);
  });

  it("with rounded corners lie nowhere farther from their border", () => {
    const sharp = worley(square, options).edge;
    const rounded = worley(square, { ...options, rounded: true }).edge;
    expect(Math.max(...rounded.map((value, i) => value - sharp[i]))).toBeLessThanOrEqual(1e-6);
  });

  it("have an even number of rows when each second one is shifted", () => {
    expect(new Set(worley(square, { seed: 1, frequency: [4, 3], staggered: true }).id).size).toBe(16);
  });

  it("of a stretched lattice have borders at their true distance", () => {
    // Cells of 8 × 2 pixels: half a pixel to the long border, while the short one is as far as 3.5 pixels.
    const grid = createGrid(16, 16);
    const { edge } = worley(grid, { seed: 1, frequency: [2, 8], jitter: 0, stretched: true });
    expect(edge[3]).toBeCloseTo(0.5 / 16, 6);
    expect(edge[0]).toBeCloseTo(0.5 / 16, 6);
  });
});

describe("A blur", () => {
  const field = fbm(square, { seed: 2, frequency: 8 });

  it("keeps the mean and flattens the rest", () => {
    const blurred = blurWrapped(square, field, 0.1);
    expect(mean(blurred)).toBeCloseTo(mean(field), 5);
    const spread = (values: Field): number => Math.max(...values) - Math.min(...values);
    expect(spread(blurred)).toBeLessThan(spread(field) * 0.7);
  });

  it("goes around the borders", () => {
    const rolled = blurWrapped(square, roll(square, field, 5, 11), 0.1);
    expect(largestGap(rolled, roll(square, blurWrapped(square, field, 0.1), 5, 11))).toBeLessThan(1e-5);
  });
});

describe("A quantile", () => {
  const field = Float32Array.from({ length: 1000 }, (_, i) => (i * 7919) % 1000);

  it("has the asked share of the field below it", () => {
    for (const share of [0.1, 0.5, 0.93]) {
      const limit = quantile(field, share);
      expect(field.filter((value) => value < limit).length / 1000).toBeCloseTo(share, 2);
    }
  });

  it("is the least value for 0, the greatest for 1 and the only one of an even field", () => {
    expect(quantile(field, 0)).toBe(0);
    expect(quantile(field, 1)).toBe(999);
    expect(quantile(new Float32Array(4).fill(3), 0.5)).toBe(3);
  });
});

describe("Strokes and discs", () => {
  it("draw a straight line of pixels, around the border", () => {
    const pixels = new Set<number>();
    const stroke = { x: 30.5 / 32, y: 4.5 / 32, turns: 0, length: 4 / 32, bend: 0, halfWidth: 0 };
    drawStroke(square, stroke, (pixel) => pixels.add(pixel));
    expect([...pixels].sort((a, b) => a - b)).toEqual([0, 1, 2, 30, 31].map((column) => 4 * 32 + column));
  });

  it("tell how far along and across a pixel lies", () => {
    const stroke = { x: 0.2, y: 0.2, turns: 0.1, length: 0.3, bend: 0.3, halfWidth: 0.05 };
    drawStroke(square, stroke, (_pixel, t, across) => {
      expect(t >= 0 && t <= 1 && across >= -1 && across <= 1).toBe(true);
    });
  });

  it("fill a disc once, around a corner", () => {
    const visits: number[] = [];
    drawDisc(square, { x: 0, y: 0, radius: 3 / 32 }, (pixel) => visits.push(pixel));
    // Pixel centres at half pixels: 4 · (3 + 3 + 2) lie within a radius of 3.
    expect(visits.length).toBe(32);
    expect(new Set(visits).size).toBe(32);
    expect(visits).toContain(31 * 32 + 31);
  });
});

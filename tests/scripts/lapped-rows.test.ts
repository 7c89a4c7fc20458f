import { describe, expect, it } from "vitest";
import { Random } from "../../plugin/core/random.ts";
import { seamScore } from "../../plugin/paint/metrics/seam-score.ts";
import { createGrid } from "../../plugin/paint/noise/grid.ts";
import { picture } from "../../plugin/paint/picture.ts";
import { facets, ledges } from "../../scripts/paint/photo-maps/reliefs/broken-layers.ts";
import { lappedRows } from "../../scripts/paint/photo-maps/reliefs/lapped-rows.ts";

const SIZE = 64;
const SEEDS = Array.from({ length: 30 }, (_, seed) => seed);
const grid = createGrid(SIZE, SIZE);
const reliefs = SEEDS.map((seed) => lappedRows(grid, new Random(seed)));

/** Rises from each pixel to the one below it, across the border. */
function risesDown(heights: Float32Array): number[] {
  return Array.from(heights, (height, i) => heights[(i + SIZE) % heights.length] - height);
}

describe("Lapped rows", () => {
  it("rise slowly towards lower ends and fall suddenly at them", () => {
    const isLapped = ({ heights }: { readonly heights: Float32Array }): boolean => {
      const rises = risesDown(heights);
      const up = rises.filter((rise) => rise > 1e-4);
      const down = rises.filter((rise) => rise < -1e-4);
      const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
      return up.length > down.length && -mean(down) > mean(up);
    };
    // Where pieces are as short as their bevels, or much tilted, rises are as sudden as falls.
    expect(reliefs.filter(isLapped).length).toBeGreaterThanOrEqual(24);
  });

  it("are one piece after the other, each of more than a pixel", () => {
    for (const { pieces } of reliefs) {
      const count = new Set(pieces).size;
      expect(count).toBeGreaterThan(2);
      expect(count).toBeLessThan((SIZE * SIZE) / 4);
    }
  });

  it("differ from seed to seed in how many there are", () => {
    expect(new Set(reliefs.map(({ pieces }) => new Set(pieces).size)).size).toBeGreaterThan(15);
  });
});

describe.each([
  ["Lapped rows", lappedRows],
  ["Facets", facets],
  ["Ledges", ledges],
])("%s", (_, draw) => {
  const drawn = SEEDS.map((seed) => draw(grid, new Random(seed, 7)));

  it("use all heights from 0 to 1", () => {
    for (const { heights } of drawn) expect([Math.min(...heights), Math.max(...heights)]).toEqual([0, 1]);
  });

  it("go on at the other side, as a rule", () => {
    // Edges that happen to lie on the border count as seams, too: hence the mean.
    const scores = drawn.flatMap(({ heights }) => {
      const { sideBySide, oneAboveOther } = seamScore(picture(SIZE, SIZE, 1, heights));
      return [sideBySide, oneAboveOther];
    });
    expect(scores.reduce((sum, score) => sum + score, 0) / scores.length).toBeLessThan(1.3);
  });

  it("are the same for the same chance", () => {
    expect(draw(grid, new Random(4, 7))).toEqual(drawn[4]);
  });
});

import { describe, expect, it } from "vitest";
import { Random } from "../../plugin/core/random.ts";
import { seamScore } from "../../plugin/paint/metrics/seam-score.ts";
import { picture } from "../../plugin/paint/picture.ts";
import { abstractMaterial } from "../../scripts/paint/photo-maps/reliefs/abstract-material.ts";

const SIZE = 64;
const SEEDS = Array.from({ length: 30 }, (_, seed) => seed);
const materials = SEEDS.map((seed) => abstractMaterial(new Random(seed), SIZE));

describe("An abstract material", () => {
  it("is the same for the same chance", () => {
    expect(abstractMaterial(new Random(3), SIZE)).toEqual(materials[3]);
  });

  it("keeps within the ranges of maps, and uses all heights", () => {
    for (const { albedo, heights, roughness } of materials) {
      for (const map of [albedo, heights, roughness]) expect(map.every((value) => value >= 0 && value <= 1)).toBe(true);
      expect([Math.min(...heights), Math.max(...heights)]).toEqual([0, 1]);
    }
  });

  it("goes on at the other side, as a rule", () => {
    // Hard edges of pieces that happen to lie on the border count as seams, too: hence the mean.
    const scores = materials.flatMap(({ heights }) => {
      const { sideBySide, oneAboveOther } = seamScore(picture(SIZE, SIZE, 1, heights));
      return [sideBySide, oneAboveOther];
    });
    expect(scores.reduce((sum, score) => sum + score, 0) / scores.length).toBeLessThan(1.2);
  });

  it("looks like no other", () => {
    const likeness = (one: Float32Array, other: Float32Array): number => {
      const [a, b] = [one, other].map((values) => values.reduce((sum, value) => sum + value, 0) / values.length);
      let [products, squares, otherSquares] = [0, 0, 0];
      one.forEach((value, i) => {
        products += (value - a) * (other[i] - b);
        squares += (value - a) ** 2;
        otherSquares += (other[i] - b) ** 2;
      });
      return products / Math.sqrt(squares * otherSquares);
    };
    for (let i = 1; i < materials.length; i++) {
      expect(Math.abs(likeness(materials[i].heights, materials[i - 1].heights))).toBeLessThan(0.5);
    }
  });
});

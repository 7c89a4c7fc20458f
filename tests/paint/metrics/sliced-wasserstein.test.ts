import { expect, test } from "vitest";
import { ConfigurationError } from "../../../plugin/core/errors.ts";
import { Random } from "../../../plugin/core/random.ts";
import { slicedWasserstein, unitDirections } from "../../../plugin/paint/metrics/sliced-wasserstein.ts";

function normals(points: number, dimensions: number, seed: number): Float32Array {
  const random = new Random(seed);
  return Float32Array.from({ length: points * dimensions }, () => random.normal());
}

function permutations(items: readonly number[]): number[][] {
  if (items.length < 2) return [[...items]];
  return items.flatMap((item, i) => permutations(items.toSpliced(i, 1)).map((rest) => [item, ...rest]));
}

test.each([1, 2, 5, 6])("of %d points it is the cheapest of all pairings, averaged over the directions", (points) => {
  const dimensions = 3;
  const a = normals(points, dimensions, 1);
  const b = normals(points, dimensions, 2);
  const directions = unitDirections(7, dimensions, new Random(3));
  const along = (set: Float32Array, point: number, direction: number): number =>
    [0, 1, 2].reduce((sum, i) => sum + set[point * dimensions + i] * directions[direction * dimensions + i], 0);
  const all = permutations(Array.from({ length: points }, (_, i) => i));
  let expected = 0;
  for (let direction = 0; direction < 7; direction++) {
    const costs = all.map((pairing) =>
      pairing.reduce((sum, to, from) => sum + Math.abs(along(a, from, direction) - along(b, to, direction)), 0),
    );
    expected += Math.min(...costs) / points / 7;
  }
  expect(slicedWasserstein(a, b, directions, dimensions)).toBeCloseTo(expected, 6);
});

test("directions have length 1 and no preferred side", () => {
  const directions = unitDirections(4000, 3, new Random(1));
  const means = [0, 0, 0];
  for (let d = 0; d < 4000; d++) {
    const row = directions.subarray(d * 3, d * 3 + 3);
    expect(Math.hypot(...row)).toBeCloseTo(1, 6);
    row.forEach((value, i) => (means[i] += value / 4000));
  }
  // a component's deviation is √(1/3), so that of the mean of 4,000 is 0.009
  for (const mean of means) expect(Math.abs(mean)).toBeLessThan(0.04);
});

test("a shift by t costs |t| times the mean of |cosine|", () => {
  // every sorted difference is t · θ; on the sphere in 3 dimensions a component is uniform in [−1, 1], so E|t · θ| = |t| / 2
  const points = normals(200, 3, 1);
  const shifted = points.map((value, i) => value + [2, 0, 0][i % 3]);
  expect(slicedWasserstein(points, shifted, unitDirections(4000, 3, new Random(2)), 3)).toBeCloseTo(1, 1);
});

test("Gaussians of deviation 1 and 3 are 2 · √(2/π) apart in any number of dimensions", () => {
  // W₁ of N(0, 1) and N(0, s²) is (s − 1) · E|z|
  for (const dimensions of [1, 8, 40]) {
    const wide = normals(4000, dimensions, 2).map((value) => 3 * value);
    const distance = slicedWasserstein(
      normals(4000, dimensions, 1),
      wide,
      unitDirections(64, dimensions, new Random(3)),
      dimensions,
    );
    expect(distance).toBeGreaterThan(2 * Math.sqrt(2 / Math.PI) * 0.95);
    expect(distance).toBeLessThan(2 * Math.sqrt(2 / Math.PI) * 1.05);
  }
});

test("the order of the points does not matter", () => {
  const points = normals(50, 4, 1);
  const reversed = Float32Array.from(points, (_, i) => points[(49 - Math.floor(i / 4)) * 4 + (i % 4)]);
  expect(slicedWasserstein(points, reversed, unitDirections(16, 4, new Random(2)), 4)).toBe(0);
});

test("sets of different sizes are refused", () => {
  expect(() => slicedWasserstein(normals(4, 3, 1), normals(5, 3, 1), unitDirections(4, 3, new Random(1)), 3)).toThrow(
    new ConfigurationError(
      "slicedWasserstein: two sets of equally many points with 3 numbers each are needed, got 12 and 15 numbers. " +
        "Draw the same number of points from both.",
    ),
  );
});

import { expect, test } from "vitest";
import { ConfigurationError } from "../../../plugin/core/errors.ts";
import { Random } from "../../../plugin/core/random.ts";
import { principalComponents } from "../../../plugin/paint/metrics/principal-components.ts";

function cloud(points: number, dimensions: number, seed: number): Float32Array {
  const random = new Random(seed);
  return Float32Array.from({ length: points * dimensions }, (_, i) => random.normal() * (1 + (i % dimensions)));
}

test("points on a line have that line as their first component, and no second variance", () => {
  // (0, 1) + t · (3, 4) / 5 for t = −2, −1, 0, 1, 2: variance (4 + 1 + 0 + 1 + 4) / 5 = 2
  const points = Float32Array.from([-2, -1, 0, 1, 2].flatMap((t) => [0.6 * t, 1 + 0.8 * t]));
  const { mean, components, variances } = principalComponents(points, 2, 2);
  expect(Array.from(mean)).toEqual([expect.closeTo(0, 6), expect.closeTo(1, 6)]);
  expect(Math.abs(components[0])).toBeCloseTo(0.6, 6);
  expect(components[0] * components[1]).toBeCloseTo(0.48, 6);
  expect(Array.from(variances)).toEqual([expect.closeTo(2, 6), expect.closeTo(0, 6)]);
});

test.each([
  ["few points, by the Gram matrix", 8, 20, 5],
  ["many points, by the covariance", 60, 6, 3],
])("what %s leave over is the sum of the smaller variances (Eckart and Young)", (_, points, dimensions, count) => {
  const set = cloud(points, dimensions, 1);
  const most = Math.min(points - 1, dimensions);
  const { mean, components, variances } = principalComponents(set, dimensions, most);
  let left = 0;
  for (let point = 0; point < points; point++) {
    const rest = Array.from({ length: dimensions }, (_unused, i) => set[point * dimensions + i] - mean[i]);
    for (let c = 0; c < count; c++) {
      const component = components.subarray(c * dimensions, (c + 1) * dimensions);
      const along = rest.reduce((sum, value, i) => sum + value * component[i], 0);
      component.forEach((value, i) => (rest[i] -= along * value));
    }
    left += rest.reduce((sum, value) => sum + value * value, 0) / points;
  }
  const smaller = variances.subarray(count).reduce((sum, value) => sum + value, 0);
  expect(left / smaller).toBeCloseTo(1, 5);
});

test("the variances add up to the whole", () => {
  const set = cloud(50, 7, 2);
  const { mean, variances } = principalComponents(set, 7, 7);
  const whole = set.reduce((sum, value, i) => sum + (value - mean[i % 7]) ** 2, 0) / 50;
  expect(variances.reduce((sum, value) => sum + value) / whole).toBeCloseTo(1, 6);
});

test("more components than points are refused", () => {
  expect(() => principalComponents(cloud(4, 9, 1), 9, 4)).toThrow(
    new ConfigurationError(
      "principalComponents: 4 points of 9 numbers have 1 to 3 components, got 4. Ask for fewer, or give more points.",
    ),
  );
});

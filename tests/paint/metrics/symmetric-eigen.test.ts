import fc from "fast-check";
import { expect, test } from "vitest";
import { Random } from "../../../plugin/core/random.ts";
import { symmetricEigen } from "../../../plugin/paint/metrics/symmetric-eigen.ts";

test("the second difference matrix has the eigenvalues 2 − 2·cos(kπ/(n + 1))", () => {
  const size = 12;
  const matrix = Float64Array.from({ length: size * size }, (_, i) => {
    const distance = Math.abs(Math.floor(i / size) - (i % size));
    return distance === 0 ? 2 : distance === 1 ? -1 : 0;
  });
  symmetricEigen(matrix, size).values.forEach((value, i) => {
    expect(value).toBeCloseTo(2 - 2 * Math.cos(((size - i) * Math.PI) / (size + 1)), 12);
  });
});

test("vectors are orthonormal and rebuild the matrix, also one of low rank", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 25 }), fc.integer({ min: 1, max: 25 }), fc.nat(100), (size, rank, seed) => {
      const random = new Random(seed);
      const matrix = new Float64Array(size * size);
      for (let r = 0; r < rank; r++) {
        const v = Array.from({ length: size }, () => random.normal());
        const sign = r % 2 === 0 ? 1 : -1;
        for (let i = 0; i < size; i++) for (let j = 0; j < size; j++) matrix[i * size + j] += sign * v[i] * v[j];
      }
      const { values, vectors } = symmetricEigen(matrix, size);
      for (let i = 0; i < size; i++) {
        if (i > 0) expect(values[i]).toBeLessThanOrEqual(values[i - 1]);
        for (let j = 0; j < size; j++) {
          let product = 0;
          let rebuilt = 0;
          for (let k = 0; k < size; k++) {
            product += vectors[i * size + k] * vectors[j * size + k];
            rebuilt += values[k] * vectors[k * size + i] * vectors[k * size + j];
          }
          expect(product).toBeCloseTo(i === j ? 1 : 0, 11);
          expect(rebuilt).toBeCloseTo(matrix[i * size + j], 9);
        }
      }
    }),
    { seed: 1, numRuns: 40 },
  );
});

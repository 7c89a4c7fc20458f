import fc from "fast-check";
import { expect, test } from "vitest";
import { Random } from "../../../plugin/core/random.ts";
import { fourierTransform, transformPlane } from "../../../plugin/paint/metrics/fourier.ts";

/** The definition, term by term. */
function slowTransform(real: Float64Array, imaginary: Float64Array): [Float64Array, Float64Array] {
  const length = real.length;
  const sums: [Float64Array, Float64Array] = [new Float64Array(length), new Float64Array(length)];
  for (let k = 0; k < length; k++) {
    for (let n = 0; n < length; n++) {
      const angle = (-2 * Math.PI * ((n * k) % length)) / length;
      sums[0][k] += real[n] * Math.cos(angle) - imaginary[n] * Math.sin(angle);
      sums[1][k] += real[n] * Math.sin(angle) + imaginary[n] * Math.cos(angle);
    }
  }
  return sums;
}

function farthest(a: Float64Array, b: Float64Array): number {
  return a.reduce((worst, value, i) => Math.max(worst, Math.abs(value - b[i])), 0);
}

test("the transform of 1 2 3 4 5 equals numpy's", () => {
  // numpy.fft.fft([1, 2, 3, 4, 5])
  const real = Float64Array.of(1, 2, 3, 4, 5);
  const imaginary = new Float64Array(5);
  fourierTransform(5)(real, imaginary);
  expect(farthest(real, Float64Array.of(15, -2.5, -2.5, -2.5, -2.5))).toBeLessThan(1e-13);
  expect(
    farthest(
      imaginary,
      Float64Array.of(0, 3.440954801177933, 0.8122992405822655, -0.8122992405822655, -3.440954801177933),
    ),
  ).toBeLessThan(1e-13);
});

test("every length gives what the definition says, call after call", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 150 }), fc.nat(1000), (length, seed) => {
      const random = new Random(seed);
      const transform = fourierTransform(length);
      for (let call = 0; call < 2; call++) {
        const real = Float64Array.from({ length }, () => random.normal());
        const imaginary = Float64Array.from({ length }, () => random.normal());
        const [expectedReal, expectedImaginary] = slowTransform(real, imaginary);
        transform(real, imaginary);
        expect(farthest(real, expectedReal)).toBeLessThan(1e-11 * length);
        expect(farthest(imaginary, expectedImaginary)).toBeLessThan(1e-11 * length);
      }
    }),
    { seed: 1, numRuns: 60 },
  );
});

test("a plane wave has its whole power at its frequency, on any rectangle", () => {
  // cos(2π(2y/12 + 3x/20)) = (e^{i…} + e^{−i…}) / 2: 240 / 2 at rows 2 and 10, columns 3 and 17
  const real = Float64Array.from({ length: 240 }, (_, i) =>
    Math.cos(2 * Math.PI * ((2 * Math.floor(i / 20)) / 12 + (3 * (i % 20)) / 20)),
  );
  const imaginary = new Float64Array(240);
  transformPlane(real, imaginary, 12, 20);
  const expected = new Float64Array(240);
  expected[2 * 20 + 3] = expected[10 * 20 + 17] = 120;
  expect(farthest(real, expected)).toBeLessThan(1e-10);
  expect(farthest(imaginary, new Float64Array(240))).toBeLessThan(1e-10);
});

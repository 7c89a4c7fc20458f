import { describe, expect, it } from "vitest";
import { Random } from "../../../plugin/core/random.ts";
import { findNoise } from "../../../plugin/nets/encoders/find-noise.ts";
import {
  finish,
  nonLocalMeans,
  PILOTED_STEPS,
  pilotedMeans,
  type ColourField,
} from "../../../plugin/nets/encoders/non-local-means.ts";

const SIDE = 48;
const DEVIATION = 0.1;

/** Vertical stripes, eight pixels wide, of two colours. */
function stripes(deviation: number): ColourField {
  const random = new Random(4);
  const pixels = Float32Array.from({ length: SIDE * SIDE * 3 }, (_, i) => {
    const isDark = Math.floor(i / 3) % 16 < 8;
    return (isDark ? 0.25 : 0.75) + 0.1 * (i % 3) + deviation * random.normal();
  });
  return { height: SIDE, width: SIDE, pixels };
}

function error(made: Float32Array): number {
  const { pixels } = stripes(0);
  return Math.sqrt(made.reduce((sum, value, i) => sum + (value - pixels[i]) ** 2, 0) / made.length);
}

describe("Non-local means", () => {
  it("take most of the noise out of stripes, and more of it in two passes", () => {
    const noisy = stripes(DEVIATION);
    const once = error(finish(nonLocalMeans(noisy, DEVIATION)));
    const twice = error(finish(pilotedMeans(noisy, DEVIATION)));
    // The mean of some 60 pixels of the same colour would leave 0.1 / √60 = 0.013.
    expect(once).toBeLessThan(0.04);
    expect(twice).toBeLessThan(0.75 * once);
  });

  it("roll with the picture", () => {
    const noisy = stripes(DEVIATION);
    const row = SIDE * 3;
    const rolled = Float32Array.from(noisy.pixels, (_, i) => noisy.pixels[(i + 5 * row) % noisy.pixels.length]);
    const still = finish(nonLocalMeans(noisy, DEVIATION));
    const moved = finish(nonLocalMeans({ ...noisy, pixels: rolled }, DEVIATION));
    const furthest = moved.reduce(
      (most, value, i) => Math.max(most, Math.abs(value - still[(i + 5 * row) % still.length])),
      0,
    );
    expect(furthest).toBeLessThan(1e-5);
  });

  it("leave a picture without noise as it is", () => {
    const clean = stripes(0);
    expect(finish(pilotedMeans(clean, 0))).toEqual(clean.pixels);
  });

  it("rest as often as they say", () => {
    const steps = pilotedMeans(stripes(DEVIATION), DEVIATION);
    let count = 0;
    while (!steps.next().done) count += 1;
    expect(count).toBe(PILOTED_STEPS);
  });
});

describe("The noise of a picture", () => {
  it.each([0, 0.03, 0.1, 0.25])("is found: %s", (deviation) => {
    // 1152 magnitudes: their median is off by some 3 %.
    expect(findNoise(stripes(deviation))).toBeCloseTo(deviation, 1);
    expect(Math.abs(findNoise(stripes(deviation)) - deviation)).toBeLessThanOrEqual(0.08 * deviation + 1e-6);
  });

  it("is none in a single pixel", () => {
    expect(findNoise({ height: 1, width: 1, pixels: Float32Array.of(1, 0, 0) })).toBe(0);
  });
});

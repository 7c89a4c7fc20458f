import { describe, expect, it } from "vitest";
import { fillSmoothly } from "../../../plugin/nets/encoders/fill-smoothly.ts";

const SIDE = 32;

/** Red rises from left to right; a square of the given side in the middle is unknown, and holds nonsense. */
function ramp(hole: number): { height: number; width: number; pixels: Float32Array; known: Float32Array } {
  const known = new Float32Array(SIDE * SIDE).fill(1);
  const pixels = new Float32Array(SIDE * SIDE * 3);
  const from = (SIDE - hole) / 2;
  for (let i = 0; i < known.length; i++) {
    const [y, x] = [Math.floor(i / SIDE), i % SIDE];
    if (y >= from && y < from + hole && x >= from && x < from + hole) known[i] = 0;
    pixels[3 * i] = known[i] ? x / SIDE : 9;
    pixels[3 * i + 1] = known[i] ? 0.5 : -9;
  }
  return { height: SIDE, width: SIDE, pixels, known };
}

describe("A hole that is filled smoothly", () => {
  it.each([2, 8, 20])("of %s pixels gets colours of what is around", (hole) => {
    const picture = ramp(hole);
    expect(fillSmoothly(picture)).toBe(true);
    picture.known.forEach((known, i) => {
      const x = i % SIDE;
      // Means over squares: at most as far off as half the hole, and some.
      expect(Math.abs(picture.pixels[3 * i] - x / SIDE)).toBeLessThan(known ? 1e-6 : (hole / 2 + 4) / SIDE);
      expect(picture.pixels[3 * i + 1]).toBeCloseTo(0.5, 5);
    });
  });

  it("changes nothing where nothing is known", () => {
    const picture = { ...ramp(0), known: new Float32Array(SIDE * SIDE) };
    const before = picture.pixels.slice();
    expect(fillSmoothly(picture)).toBe(false);
    expect(picture.pixels).toEqual(before);
  });

  it("fills all but one pixel by that one", () => {
    const picture = ramp(0);
    picture.known.fill(0);
    picture.known[0] = 1;
    picture.pixels[0] = 0.7;
    fillSmoothly(picture);
    expect(picture.pixels[3 * (SIDE * SIDE - 1)]).toBeCloseTo(0.7, 5);
  });
});

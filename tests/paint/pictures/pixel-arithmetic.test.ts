import { describe, expect, it } from "vitest";
import { picture } from "../../../plugin/paint/picture.ts";
import { pixelArithmetic, pixelMix } from "../../../plugin/paint/pictures/pixel-arithmetic.ts";

const flat = (value: number, side = 2): ReturnType<typeof picture> =>
  picture(side, side, 3, new Float32Array(side * side * 3).fill(value));

describe("Arithmetic with pixels", () => {
  it("takes one away and adds another, held in [0, 1]", () => {
    expect(pixelArithmetic(flat(0.5), flat(0.25), flat(0.125)).pixels[0]).toBe(0.375);
    expect(pixelArithmetic(flat(0.5), flat(0.75), null).pixels[0]).toBe(0);
    expect(pixelArithmetic(flat(0.5), null, flat(0.75)).pixels[0]).toBe(1);
  });

  it("scales the others to the first", () => {
    const { width, height, pixels } = pixelArithmetic(flat(0.5, 4), flat(0.25, 2), flat(0.125, 8));
    expect([width, height]).toEqual([4, 4]);
    for (const value of pixels) expect(value).toBeCloseTo(0.375, 5);
  });

  it("fades from one to the other", () => {
    expect([0, 0.25, 1].map((share) => pixelMix(flat(0.5), flat(1), share).pixels[5])).toEqual([0.5, 0.625, 1]);
  });
});

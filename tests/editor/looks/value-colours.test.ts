import { describe, expect, it } from "vitest";
import { paintValues } from "../../../plugin/editor/looks/value-colours.ts";

describe("paintValues", () => {
  it("goes from dark violet for the least to yellow for the greatest", () => {
    const pixels = new Uint8Array(12);
    paintValues(Float32Array.of(-1, 0, 1), -1, 1, pixels);
    // The middle of five steps is the third.
    expect([...pixels]).toEqual([68, 1, 84, 190, 33, 145, 140, 190, 253, 231, 37, 190]);
  });

  it("leaves clear what is not known, and copes with one value everywhere", () => {
    const pixels = new Uint8Array(8).fill(7);
    paintValues(Float32Array.of(NaN, 2), 2, 2, pixels);
    expect([pixels[3], pixels[7]]).toEqual([0, 190]);
    expect([...pixels.subarray(4, 7)]).toEqual([68, 1, 84]);
  });
});

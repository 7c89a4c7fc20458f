import { describe, expect, it } from "vitest";
import { picture, type BakedImages } from "../../../plugin/paint.ts";
import { coloursOf, squareOf } from "../../../sample-game/atelier/view/picture-square.ts";

describe("A small square of a picture", () => {
  it("is its middle, by nearest pixels", () => {
    // Columns 0 to 3 of two rows; the middle square is columns 1 and 2.
    const wide = picture(2, 4, 1, Float32Array.of(0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7));
    const { pixels } = squareOf(wide, 2);
    const grey = [0.1, 0.2, 0.5, 0.6].flatMap((value) => [value, value, value]);
    expect(Array.from(pixels)).toEqual(Array.from(Float32Array.from(grey)));
  });
});

describe("The colours of a material", () => {
  it("are means where they are made smaller", () => {
    const albedo = Uint8Array.from([0, 51, 255, 255, 102, 51, 255, 255, 0, 51, 255, 255, 102, 51, 255, 255]);
    const images: BakedImages = {
      ...{ width: 2, height: 2, relief: 0.04, albedo },
      ...{ normal: albedo, orm: albedo, heights: new Uint16Array(4) },
    };
    // Red: (0 + 102 + 0 + 102) / 4 / 255 = 0.2; green 51 / 255 = 0.2; blue 1.
    const small = coloursOf(images, 1);
    expect([small.width, small.height]).toEqual([1, 1]);
    expect(Array.from(small.pixels).map((value) => Math.round(1e5 * value) / 1e5)).toEqual([0.2, 0.2, 1]);
    expect(coloursOf(images, 2).pixels[3]).toBeCloseTo(0.4, 5);
  });
});

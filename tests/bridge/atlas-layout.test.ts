import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { packPictures } from "../../plugin/bridge/camera/atlas-layout.ts";

describe("The texture of all cameras", () => {
  it("has rows of whole 256 bytes", () => {
    expect(packPictures([{ width: 20, height: 20 }])).toEqual({ width: 64, height: 20, places: [{ x: 0, y: 0 }] });
  });

  it("puts three pictures of 20 pixels on a shelf of 64, and the fourth on the next", () => {
    const four = Array.from({ length: 4 }, () => ({ width: 20, height: 20 }));
    expect(packPictures(four)).toMatchObject({
      height: 40,
      places: [
        { x: 0, y: 0 },
        { x: 20, y: 0 },
        { x: 40, y: 0 },
        { x: 0, y: 20 },
      ],
    });
  });

  it("keeps all pictures inside and apart", () => {
    const picture = fc.record({ width: fc.integer({ min: 4, max: 90 }), height: fc.integer({ min: 4, max: 90 }) });
    fc.assert(
      fc.property(fc.array(picture, { minLength: 1, maxLength: 20 }), (pictures) => {
        const { width, height, places } = packPictures(pictures);
        const boxes = places.map(({ x, y }, i) => ({
          x,
          y,
          right: x + pictures[i].width,
          top: y + pictures[i].height,
        }));
        const isInside = boxes.every(({ right, top }) => right <= width && top <= height);
        const areApart = boxes.every((a, i) =>
          boxes.every((b, j) => i >= j || a.right <= b.x || b.right <= a.x || a.top <= b.y || b.top <= a.y),
        );
        return isInside && areApart;
      }),
    );
  });
});

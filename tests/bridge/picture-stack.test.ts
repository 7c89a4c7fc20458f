import { describe, expect, it } from "vitest";
import { greyOf, PictureStack, type PictureShape } from "../../plugin/bridge/camera/picture-stack.ts";

const shape = (changes: Partial<PictureShape> = {}): PictureShape => ({
  width: 2,
  height: 2,
  channels: 1,
  stack: 1,
  ...changes,
});

/** Four grey pixels in a texture, the lower row first, with 3 pixels of somebody else behind each row. */
function pixels(
  lower: readonly number[],
  upper: readonly number[],
): {
  bytes: Uint8Array;
  offset: number;
  bytesPerRow: number;
} {
  const row = (values: readonly number[]): number[] =>
    [...values, 99, 99, 99].flatMap((value) => [value, value, value, 255]);
  return { bytes: Uint8Array.from([...row(lower), ...row(upper)]), offset: 0, bytesPerRow: 20 };
}

describe("A stack of pictures", () => {
  it("turns a GPU's lowest row into the last", () => {
    const pictures = new PictureStack(shape());
    pictures.push(pixels([1, 2], [3, 4]));
    expect([...pictures.bytes]).toEqual([3, 4, 1, 2]);
  });

  it("keeps red, green and blue and drops alpha", () => {
    const pictures = new PictureStack(shape({ height: 1, channels: 3 }));
    pictures.push({ bytes: Uint8Array.of(1, 2, 3, 255, 4, 5, 6, 255), offset: 0, bytesPerRow: 8 });
    expect([...pictures.bytes]).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it("puts the newest picture first, pixel by pixel", () => {
    const pictures = new PictureStack(shape({ height: 1, stack: 2 }));
    pictures.push(pixels([10, 20], []));
    pictures.push(pixels([30, 40], []));
    expect([...pictures.bytes]).toEqual([30, 10, 40, 20]);
  });

  it("takes the first picture for the earlier ones too, again after it was cleared", () => {
    const pictures = new PictureStack(shape({ height: 1, stack: 3 }));
    pictures.push(pixels([10, 20], []));
    expect([...pictures.bytes]).toEqual([10, 10, 10, 20, 20, 20]);
    pictures.clear();
    expect([...pictures.bytes, pictures.isEmpty]).toEqual([0, 0, 0, 0, 0, 0, true]);
    pictures.push(pixels([5, 6], []));
    expect([...pictures.bytes]).toEqual([5, 5, 5, 6, 6, 6]);
  });

  it("weighs colours as eyes do, and keeps black and white", () => {
    // (77 · 255 + 128) >> 8 = 77, (150 · 255 + 128) >> 8 = 149, (29 · 255 + 128) >> 8 = 29
    expect([greyOf(0, 0, 0), greyOf(255, 255, 255), greyOf(255, 0, 0), greyOf(0, 255, 0), greyOf(0, 0, 255)]).toEqual([
      0, 255, 77, 149, 29,
    ]);
  });
});

import { describe, expect, it } from "vitest";
import { ConfigurationError, UnsupportedError } from "../../../plugin/core/errors.ts";
import { readPicture } from "../../../plugin/paint/pictures/read-picture.ts";
import { encodePng } from "../../../plugin/paint/png.ts";
import { jpeg, png, pngHead } from "./picture-files.ts";

describe("Reading a picture in Node", () => {
  it("gives a PNG's colours as numbers, with the file's name", async () => {
    const file = new File([png(20, 18)], "wall.png");
    const read = await readPicture(file);
    expect([read.name, read.original, read.sampleMask, read.notes]).toEqual([
      "wall.png",
      { width: 20, height: 18 },
      null,
      [],
    ]);
    const { width, height, channels, pixels } = read.picture;
    expect([width, height, channels, new Set(pixels)]).toEqual([20, 18, 3, new Set([Math.fround(0.8)])]); // 204 / 255
  });

  it("keeps 16 bits, and makes three channels of grey", async () => {
    const pixels = new Uint16Array(16 * 16).fill(12_345);
    const read = await readPicture(encodePng({ width: 16, height: 16, channels: 1, pixels }));
    expect([read.name, read.picture.channels, read.picture.pixels[500]]).toEqual([
      "picture",
      3,
      Math.fround(12_345 / 65535),
    ]);
  });

  it("masks what is transparent and shows the mean of the rest there", async () => {
    const { picture, sampleMask, notes } = await readPicture(png(20, 18, true));
    expect(notes).toEqual(["50% of it is transparent; nothing will be copied from there."]);
    expect(Array.from(sampleMask!.pixels.subarray(0, 20))).toEqual([
      ...Array<number>(10).fill(0),
      ...Array<number>(10).fill(1),
    ]);
    expect(new Set(picture.pixels)).toEqual(new Set([Math.fround(0.8)]));
  });

  it("makes a large one smaller in its shape, and says so", async () => {
    const { picture, original, notes } = await readPicture(png(80, 40), { mostPixels: 800 });
    // 3200 pixels to 800: half of each side.
    expect([picture.width, picture.height, original.width]).toEqual([40, 20, 80]);
    expect(notes).toEqual(["Made smaller, from 80 × 40 to 40 × 20 pixels."]);
    expect(picture.pixels.every((value) => Math.abs(value - 0.8) < 1e-6)).toBe(true);
  });

  it.each<[string, Uint8Array<ArrayBuffer>, string]>([
    ["1 × 1 pixels", png(1, 1), "needed at least 16 × 16 pixels, came 1 × 1. Choose a picture that shows more."],
    [
      "10,000 × 1 pixels",
      png(10_000, 1),
      "needed at least 16 × 16 pixels, came 10000 × 1. Choose a picture that shows more.",
    ],
    [
      "more than a phone can open",
      pngHead(12_000, 9_000),
      "needed at most 16384 pixels a side and 100 million in all, came 12000 × 9000. Make it smaller first: opened, it would fill the memory.",
    ],
    [
      "a side that no canvas has",
      pngHead(20_000, 20),
      "needed at most 16384 pixels a side and 100 million in all, came 20000 × 20. Make it smaller first: opened, it would fill the memory.",
    ],
    [
      "nothing to see",
      encodePng({ width: 16, height: 16, channels: 4, pixels: new Uint8Array(1024) }),
      "needed something to see, came a picture that is transparent all over. Choose another one.",
    ],
  ])("refuses one with %s", async (_what, file, message) => {
    await expect(readPicture(file, { name: "a.png" })).rejects.toThrow(
      new ConfigurationError(`readPicture "a.png": ${message}`),
    );
  });

  it("refuses a damaged one", async () => {
    const file = png(40, 40);
    await expect(readPicture(file.subarray(0, file.length - 20))).rejects.toThrow(ConfigurationError);
  });

  it("refuses a JPEG, which only browsers read", async () => {
    await expect(readPicture(jpeg(20, 18))).rejects.toThrow(
      new UnsupportedError('readPicture "picture": needed a browser to read a JPEG, came none. Save it as PNG.'),
    );
  });

  it("refuses a bound that is none", async () => {
    await expect(readPicture(png(20, 18), { mostPixels: 4 })).rejects.toThrow(
      new ConfigurationError(
        'readPicture "picture": needed a mostPixels of 256 to 16777216, came 4. Leave it out for 1024 × 1024.',
      ),
    );
  });
});

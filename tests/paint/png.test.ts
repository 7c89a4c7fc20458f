import { encode } from "fast-png";
import { describe, expect, it } from "vitest";
import { ConfigurationError } from "../../plugin/core/errors.ts";
import { decodePng, encodePng } from "../../plugin/paint/png.ts";

const bytes = (count: number): Uint8Array => Uint8Array.from({ length: count }, (_, i) => (i * 37) & 255);

describe("A PNG file", () => {
  it.each([1, 2, 3, 4])("keeps 8-bit pictures with %d channels", (channels) => {
    const picture = { width: 5, height: 3, channels, pixels: bytes(15 * channels) };
    expect(decodePng(encodePng(picture))).toMatchObject(picture);
  });

  it("keeps 16 bits", () => {
    const picture = { width: 2, height: 2, channels: 1, pixels: Uint16Array.of(0, 1, 32768, 65535) };
    expect(decodePng(encodePng(picture))).toMatchObject(picture);
  });

  it("keeps what else it is told", () => {
    const text = { recipe: '{"class":"brick","seed":7}' };
    expect(decodePng(encodePng({ width: 1, height: 1, channels: 3, pixels: bytes(3), text })).text).toEqual(text);
  });

  it("of two bits comes as bytes", () => {
    // 0b00_01_10_11 is 0, 1, 2, 3 of 3; the fifth pixel begins the row's second byte.
    const data = Uint8Array.of(0b00011011, 0b11000000, 0b11100100, 0b01000000);
    const file = encode({ width: 5, height: 2, channels: 1, depth: 2, data });
    expect(decodePng(new Uint8Array(file))).toMatchObject({
      channels: 1,
      pixels: Uint8Array.of(0, 85, 170, 255, 255, 255, 170, 85, 0, 85),
    });
  });

  it("with a palette comes as its colours", () => {
    const palette: [number, number, number][] = [
      [1, 2, 3],
      [200, 100, 50],
    ];
    const file = encode({ width: 3, height: 1, channels: 1, depth: 1, data: Uint8Array.of(0b01000000), palette });
    expect(decodePng(new Uint8Array(file))).toMatchObject({
      channels: 3,
      pixels: Uint8Array.of(1, 2, 3, 200, 100, 50, 1, 2, 3),
    });
  });

  it("needs the pixels that its size says", () => {
    expect(() => encodePng({ width: 2, height: 2, channels: 3, pixels: bytes(11) })).toThrow(
      new ConfigurationError("encodePng: needed 2 × 2 × 3 pixels, came 11 numbers. Give the picture's own size."),
    );
  });

  it("is told from other files", () => {
    expect(() => decodePng(bytes(20))).toThrow(
      new ConfigurationError("decodePng: needed a PNG file, came 20 bytes of something else. Choose a PNG."),
    );
  });

  it("that is cut off or changed is refused", () => {
    const file = encodePng({ width: 16, height: 16, channels: 3, pixels: bytes(768) });
    expect(() => decodePng(file.subarray(0, 60))).toThrow(/^decodePng: needed a whole PNG file, came a damaged one/);
    const changed = file.slice();
    changed[50] ^= 255;
    expect(() => decodePng(changed)).toThrow(/^decodePng: needed a whole PNG file, came a damaged one/);
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeContainer, encodeContainer } from "../../plugin/core/container.ts";
import { PolicyFileError } from "../../plugin/core/errors.ts";
import { fromHalfBits, halfBits, pack, packedLength, unpack, type Packing } from "../../plugin/core/packed-numbers.ts";

function there(numbers: readonly number[], packing: Packing): Float32Array {
  const view = new DataView(new ArrayBuffer(packedLength(numbers.length, packing)));
  pack(view, 0, Float32Array.from(numbers), packing);
  return unpack(view, 0, numbers.length, packing);
}

describe("Half precision", () => {
  it.each([
    // From the examples of IEEE 754-2008 and binary16's limits.
    [1, 0x3c00],
    [-2, 0xc000],
    [65504, 0x7bff],
    [2 ** -14, 0x0400],
    [2 ** -24, 0x0001],
    [1 / 3, 0x3555],
    [0, 0x0000],
    [-0, 0x8000],
    [Infinity, 0x7c00],
  ])("%d has the published bits", (value, bits) => {
    expect(halfBits(value)).toBe(bits);
  });

  it("rounds to the nearest, and halves to even", () => {
    // One step at 1 is 2⁻¹⁰.
    expect(halfBits(1 + 2 ** -11)).toBe(0x3c00);
    expect(halfBits(1 + 3 * 2 ** -11)).toBe(0x3c02);
    expect(halfBits(1 + 2 ** -11 + 2 ** -20)).toBe(0x3c01);
    expect(halfBits(2 ** -25)).toBe(0);
    expect(halfBits(2 ** -25 * 1.5)).toBe(1);
  });

  it("carries into the exponent where rounding reaches the next power of two", () => {
    expect(halfBits(2 - 2 ** -12)).toBe(halfBits(2));
    expect(halfBits(65520)).toBe(0x7c00);
  });

  it("gives back all numbers that it has", () => {
    for (let bits = 0; bits < 0x7c00; bits++) {
      expect(halfBits(fromHalfBits(bits))).toBe(bits);
      expect(halfBits(-fromHalfBits(bits))).toBe(bits | 0x8000);
    }
  });
});

describe("Packed numbers", () => {
  it("as float32 come back as they were", () => {
    const numbers = [1e-30, -3.5, 1e30];
    expect([...there(numbers, { as: "float32" })]).toEqual([...Float32Array.from(numbers)]);
  });

  it("as float16 are off by at most 2⁻¹¹ of themselves, or 2⁻²⁵", () => {
    fc.assert(
      fc.property(fc.float({ min: -65000, max: 65000, noNaN: true }), (number) => {
        const [back] = there([number], { as: "float16" });
        expect(Math.abs(back - number)).toBeLessThanOrEqual(Math.max(Math.abs(number) * 2 ** -11, 2 ** -25));
      }),
    );
  });

  it("as int8 are off by at most half of a 127th of their channel's largest", () => {
    const numbers = fc.array(fc.float({ min: -100, max: 100, noNaN: true }), { minLength: 6, maxLength: 30 });
    fc.assert(
      fc.property(numbers, fc.integer({ min: 1, max: 4 }), (all, channels) => {
        const largest = Array.from({ length: channels }, (_, channel) =>
          Math.max(0, ...all.filter((_, i) => i % channels === channel).map(Math.abs)),
        );
        there(all, { as: "int8", channels }).forEach((back, i) => {
          expect(Math.abs(back - all[i])).toBeLessThanOrEqual((largest[i % channels] / 254) * 1.0001 + 1e-40);
        });
      }),
    );
  });

  it("as int8 keep small channels beside large ones", () => {
    // 0.5 of 0.5 and 127 of 127 are both 127 scales; 0.25 is 63.5 scales of 0.5 / 127, so 64 of them.
    const back = there([0.5, 127, 0.25, -1], { as: "int8", channels: 2 });
    [0.5, 127, (64 * 0.5) / 127, -1].forEach((value, i) => expect(back[i]).toBeCloseTo(value, 6));
  });

  it("as int8 of a channel that is 0 everywhere are 0", () => {
    expect([...there([0, 0], { as: "int8", channels: 1 })]).toEqual([0, 0]);
  });
});

describe("A file", () => {
  const arrays = {
    fine: Float32Array.of(1, 2, 3),
    half: Float32Array.of(0.1, 0.2, 0.3),
    byte: Float32Array.of(1, -1, 0.5),
  };
  const packings = { half: { as: "float16" }, byte: { as: "int8", channels: 3 } } as const;

  it("keeps each array as it was told", () => {
    const { arrays: back } = decodeContainer(encodeContainer("thing", 1, {}, arrays, packings), "thing", 1, "It");
    expect(back["fine"]).toEqual(arrays.fine);
    expect(back["half"]).toEqual(arrays.half.map((value) => fromHalfBits(halfBits(value))));
    expect(back["byte"]).toEqual(arrays.byte);
  });

  it("takes two bytes for a half, and one for a byte", () => {
    const many = { many: new Float32Array(1000).fill(0.5) };
    const size = (packing: Packing): number => encodeContainer("thing", 1, {}, many, { many: packing }).length;
    expect(size({ as: "float32" }) - size({ as: "float16" })).toBeGreaterThan(1900);
    expect(size({ as: "float16" }) - size({ as: "int8", channels: 1 })).toBeGreaterThan(900);
  });

  it("is called cut off when its packed numbers are", () => {
    const bytes = encodeContainer("thing", 1, {}, arrays, packings);
    expect(() => decodeContainer(bytes.subarray(0, -1), "thing", 1, "It")).toThrow(
      new PolicyFileError(
        `It: needed ${bytes.length} bytes, came ${bytes.length - 1}. The file is cut off. Copy or download it again, or teach anew.`,
      ),
    );
  });

  it("is not written with a number that float16 has not", () => {
    expect(() => encodeContainer("thing", 1, {}, { half: Float32Array.of(1, 7e4) }, packings)).toThrow(
      new PolicyFileError(
        'The thing to be written: number 1 of "half" needs to be below 65520 as float16, came 70000. Write it as float32.',
      ),
    );
  });
});

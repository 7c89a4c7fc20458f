import fc from "fast-check";
import { expect, test } from "vitest";
import { crc32, decodeContainer, encodeContainer } from "../../plugin/core/container.ts";
import { PolicyFileError } from "../../plugin/core/errors.ts";

const WHO = 'File "a.bnp"';
const SIGNATURE = [0x89, 0x42, 0x4e, 0x46, 0x0d, 0x0a, 0x1a, 0x0a];

/** A container with three numbers. */
function small(): Uint8Array {
  return encodeContainer("thing", 1, { colour: "red" }, { weights: Float32Array.of(1, 2, 3) });
}

/** A file whose header is any text, with a checksum that fits it. */
function withHeader(text: string, numbers: readonly number[] = []): Uint8Array {
  const header = new TextEncoder().encode(text);
  const bytes = new Uint8Array(16 + header.length + numbers.length * 4);
  const view = new DataView(bytes.buffer);
  bytes.set(SIGNATURE);
  view.setUint32(8, header.length, true);
  view.setUint32(12, crc32(header), true);
  bytes.set(header, 16);
  numbers.forEach((number, i) => view.setFloat32(16 + header.length + i * 4, number, true));
  return bytes;
}

/** An outer header as the encoder writes it, with some fields replaced. */
function outer(fields: Record<string, unknown>): string {
  const defaults = { format: "thing", version: 1, arrays: [], floats: 0, checksum: 0, header: {} };
  return JSON.stringify({ ...defaults, ...fields });
}

function complaint(bytes: Uint8Array): string {
  try {
    decodeContainer(bytes, "thing", 1, WHO);
  } catch (error) {
    expect(error).toBeInstanceOf(PolicyFileError);
    return (error as Error).message;
  }
  throw new Error("nothing was thrown");
}

test("the checksum of the nine digits is the published check value of CRC-32", () => {
  expect(crc32(new TextEncoder().encode("123456789"))).toBe(0xcbf43926);
});

test("header and arrays come back as they were", () => {
  const arrays = { weights: Float32Array.of(1.5, -2, 1e-30), moments: new Float32Array(0) };
  const bytes = encodeContainer("thing", 2, { colour: "red", list: [1, "ü"] }, arrays);
  const back = decodeContainer(bytes, "thing", 3, WHO);
  expect(back.version).toBe(2);
  expect(back.header).toEqual({ colour: "red", list: [1, "ü"] });
  expect({ ...back.arrays }).toEqual(arrays);
});

test("bytes that begin anywhere in a larger buffer can be read", () => {
  const bytes = small();
  const shifted = new Uint8Array(bytes.length + 3);
  shifted.set(bytes, 3);
  expect(decodeContainer(shifted.subarray(3), "thing", 1, WHO).arrays["weights"]).toEqual(Float32Array.of(1, 2, 3));
});

test("numbers lie in the file little-endian", () => {
  const bytes = encodeContainer("thing", 1, {}, { one: Float32Array.of(1) });
  // 1 is 0x3f800000.
  expect([...bytes.subarray(bytes.length - 4)]).toEqual([0, 0, 0x80, 0x3f]);
});

test("an array called __proto__ is an array like any other", () => {
  const arrays = Object.fromEntries([["__proto__", Float32Array.of(7)]]);
  const back = decodeContainer(encodeContainer("thing", 1, {}, arrays), "thing", 1, WHO);
  expect(back.arrays["__proto__"]).toEqual(Float32Array.of(7));
  expect(({} as Record<string, unknown>)["0"]).toBeUndefined();
});

test("a number that is not finite is not written", () => {
  expect(() => encodeContainer("thing", 1, {}, { weights: Float32Array.of(0, NaN) })).toThrow(
    new PolicyFileError(
      'The thing to be written: number 1 of "weights" needs to be finite, came NaN. Its training went wrong; use an earlier one.',
    ),
  );
});

test("an empty file is refused", () => {
  expect(complaint(new Uint8Array(0))).toBe(
    'File "a.bnp": needed a file of babylon-neural, came an empty one. Copy or download it again, or teach anew.',
  );
});

test("a foreign file is refused with its first bytes", () => {
  expect(complaint(new TextEncoder().encode("PK and so on"))).toBe(
    'File "a.bnp": needed a file of babylon-neural, came one that begins with 50 4b 20 61 6e 64 20 73. Check the address; other kinds of files cannot be read.',
  );
});

test("a file cut off in its preamble is called cut off", () => {
  expect(complaint(small().subarray(0, 10))).toBe(
    'File "a.bnp": needed at least 16 bytes, came 10. The file is cut off. Copy or download it again, or teach anew.',
  );
});

test("a file cut off in its numbers is called cut off", () => {
  const bytes = small();
  expect(complaint(bytes.subarray(0, bytes.length - 1))).toBe(
    `File "a.bnp": needed ${bytes.length} bytes, came ${bytes.length - 1}. The file is cut off. Copy or download it again, or teach anew.`,
  );
});

test("a file with something behind its end is refused", () => {
  const bytes = small();
  const longer = new Uint8Array(bytes.length + 2);
  longer.set(bytes);
  expect(complaint(longer)).toBe(
    `File "a.bnp": needed ${bytes.length} bytes, came ${bytes.length + 2}. Something was added at its end. Copy or download it again, or teach anew.`,
  );
});

test("a flipped bit in the numbers is found", () => {
  const bytes = small();
  const before = crc32(bytes.subarray(bytes.length - 12));
  bytes[bytes.length - 1] ^= 1;
  const after = crc32(bytes.subarray(bytes.length - 12));
  expect(complaint(bytes)).toBe(
    `File "a.bnp": needed the checksum ${before} of its numbers, came ${after}. The file is corrupted. Copy or download it again, or teach anew.`,
  );
});

test("a flipped bit in the header is found", () => {
  const bytes = small();
  bytes[20] ^= 1;
  expect(complaint(bytes)).toMatch(
    /^File "a\.bnp": needed the checksum \d+ of its header, came \d+\. The file is corr/,
  );
});

test("a header length beyond the file allocates nothing and is called cut off", () => {
  const bytes = small();
  new DataView(bytes.buffer).setUint32(8, 0xffffffff, true);
  expect(complaint(bytes)).toBe(
    `File "a.bnp": needed at least 4294967311 bytes, came ${bytes.length}. The file is cut off. Copy or download it again, or teach anew.`,
  );
});

test("another format is named", () => {
  expect(complaint(withHeader(outer({ format: "checkpoint" })))).toBe(
    'File "a.bnp": needed a thing, came a "checkpoint". Open it as what it is.',
  );
});

test("a newer version asks for an upgrade", () => {
  expect(complaint(withHeader(outer({ version: 2 })))).toBe(
    'File "a.bnp": needed format version 1 or older, came 2. Upgrade babylon-neural, or save it with this release.',
  );
});

test.each([
  ["nothing", undefined],
  ["0", 0],
  ["1.5", 1.5],
  ['"1"', "1"],
])("a version of %s is refused", (shown, version) => {
  expect(complaint(withHeader(outer({ version })))).toBe(
    `File "a.bnp": needed a format version from 1, came ${shown}. Copy or download it again, or teach anew.`,
  );
});

test("a header that is no JSON keeps the parser's error as cause", () => {
  expect(() => decodeContainer(withHeader("{nonsense"), "thing", 1, WHO)).toThrow(
    new PolicyFileError(
      'File "a.bnp": needed a header in JSON, came something else. Copy or download it again, or teach anew.',
      { cause: expect.any(SyntaxError) },
    ),
  );
});

test("a header that is JSON but no object is refused", () => {
  expect(complaint(withHeader("[1]"))).toBe(
    'File "a.bnp": needed an object as header, came a list of 1. Copy or download it again, or teach anew.',
  );
});

test.each([
  ["a list of 0", []],
  ["null", null],
  ["7", 7],
])("an inner header that is %s is refused", (shown, header) => {
  expect(complaint(withHeader(outer({ header })))).toBe(
    `File "a.bnp": the header's "header" needs an object, came ${shown}. Copy or download it again, or teach anew.`,
  );
});

test("arrays that are no list are refused", () => {
  expect(complaint(withHeader(outer({ arrays: { length: 3 } })))).toBe(
    'File "a.bnp": the header\'s "arrays" needs a list, came an object. Copy or download it again, or teach anew.',
  );
});

test.each([
  ["nothing and nothing", [null]],
  ['"w" and -1', [{ name: "w", length: -1 }]],
  ['"w" and 0.5', [{ name: "w", length: 0.5 }]],
  ['"w" and 1e+300', [{ name: "w", length: 1e300 }]],
  ['"w" and "8"', [{ name: "w", length: "8" }]],
  ["3 and 8", [{ name: 3, length: 8 }]],
])("an array with %s as name and length is refused", (shown, arrays) => {
  expect(complaint(withHeader(outer({ arrays })))).toBe(
    `File "a.bnp": the header's "arrays" 0 needs a name of its own and a length, came ${shown}. Copy or download it again, or teach anew.`,
  );
});

test("two arrays of one name are refused", () => {
  const arrays = [
    { name: "w", length: 0 },
    { name: "w", length: 0 },
  ];
  expect(complaint(withHeader(outer({ arrays })))).toMatch(
    /^File "a\.bnp": the header's "arrays" 1 needs a name of its/,
  );
});

test("lengths beyond the file allocate nothing and are called cut off", () => {
  const arrays = [{ name: "w", length: 4e9 }];
  const file = withHeader(outer({ arrays, floats: 4e9 }));
  expect(complaint(file)).toBe(
    `File "a.bnp": needed ${16e9 + file.length} bytes, came ${file.length}. The file is cut off. Copy or download it again, or teach anew.`,
  );
});

test("a promised number of floats that the list contradicts is refused", () => {
  expect(complaint(withHeader(outer({ floats: 5 })))).toBe(
    'File "a.bnp": the header promises 5 numbers, but lists 0. Copy or download it again, or teach anew.',
  );
});

test("a file that holds infinity is refused even with the right checksum", () => {
  const floats = new Uint8Array(Float32Array.of(1, Infinity).buffer);
  const header = outer({ arrays: [{ name: "w", length: 2 }], floats: 2, checksum: crc32(floats) });
  expect(complaint(withHeader(header, [1, Infinity]))).toBe(
    'File "a.bnp": number 1 of "w" needs to be finite, came Infinity. Its training went wrong; use an earlier one.',
  );
});

test("whatever bytes come, the answer is a PolicyFileError", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.boolean(), (tail, signed) => {
      const bytes = signed ? Uint8Array.from([...SIGNATURE, ...tail]) : tail;
      expect(() => decodeContainer(bytes, "thing", 1, WHO)).toThrow(PolicyFileError);
    }),
  );
});

test("whatever JSON the header is, the answer is a PolicyFileError", () => {
  fc.assert(
    fc.property(fc.json(), (json) => {
      expect(() => decodeContainer(withHeader(json), "thing", 1, WHO)).toThrow(PolicyFileError);
    }),
  );
});

import { expect, test } from "vitest";
import { crc32, decodeContainer } from "../../plugin/core/container.ts";
import { PolicyFileError } from "../../plugin/core/errors.ts";

/** A file with one array as its header lists it, and no numbers. */
function withArray(entry: Record<string, unknown>): Uint8Array {
  const outer = { format: "thing", version: 1, arrays: [entry], floats: 0, checksum: 0, header: {} };
  const header = new TextEncoder().encode(JSON.stringify(outer));
  const bytes = new Uint8Array(16 + header.length);
  const view = new DataView(bytes.buffer);
  bytes.set([0x89, 0x42, 0x4e, 0x46, 0x0d, 0x0a, 0x1a, 0x0a]);
  view.setUint32(8, header.length, true);
  view.setUint32(12, crc32(header), true);
  bytes.set(header, 16);
  return bytes;
}

test.each([
  [
    { as: "float8" },
    'File "a.bnw": "w" needs numbers as float16 or int8, came "float8". Upgrade babylon-neural, or save it with this release.',
  ],
  [
    { as: "int8" },
    'File "a.bnw": "w" needs a number of channels from 1, came nothing. Copy or download it again, or teach anew.',
  ],
  [
    { as: "int8", channels: 0 },
    'File "a.bnw": "w" needs a number of channels from 1, came 0. Copy or download it again, or teach anew.',
  ],
])("an array listed with %j is refused", (fields, message) => {
  const bytes = withArray({ name: "w", length: 0, ...fields });
  expect(() => decodeContainer(bytes, "thing", 1, 'File "a.bnw"')).toThrow(new PolicyFileError(message));
});

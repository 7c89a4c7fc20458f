import { PolicyFileError } from "./errors.ts";
import { findUnpackable, pack, packedLength, unpack, type Packing } from "./packed-numbers.ts";

/**
 * The file form that policies, checkpoints and weights share: a JSON header and raw numbers, never code.
 *
 * All numbers are little-endian: 8 bytes signature; header length in bytes, uint32; CRC-32 of the header, uint32; the
 * header, JSON in UTF-8 padded with spaces to a multiple of 4; then the numbers of every array, one after the other.
 * The header is `{ format, version, arrays: [{ name, length, as?, channels? }], floats, checksum, header }`. An array without `as` is
 * float32; see `Packing` for the others.
 */

/** A file's content, checked for completeness but not yet for meaning. */
export interface Container {
  /** The version of its format, from 1 to the newest that this release reads. */
  readonly version: number;
  /** Whatever the writer put in; not to be trusted. */
  readonly header: Readonly<Record<string, unknown>>;
  /** By name; finite numbers only. The record has no prototype. */
  readonly arrays: Readonly<Record<string, Float32Array>>;
}

/** As PNG's: a byte that is no text, three letters, and line ends that a text conversion would change. */
const SIGNATURE = [0x89, 0x42, 0x4e, 0x46, 0x0d, 0x0a, 0x1a, 0x0a] as const;
const PREAMBLE = SIGNATURE.length + 8;
const FLOAT32: Packing = { as: "float32" };
const COPY_AGAIN = "Copy or download it again, or teach anew.";

/**
 * Packs arrays of numbers and a JSON header into the bytes of one file.
 *
 * @param format - What is in it, e.g. `"policy"`; readers refuse any other.
 * @param version - Of the format, a whole number from 1.
 * @param header - Plain JSON.
 * @param arrays - Finite numbers, by name.
 * @param packings - Of the arrays that are not to lie there as float32, by name.
 * @throws PolicyFileError for a number that is not finite, or too large for its packing: what could not be read back is never written.
 */
export function encodeContainer(
  format: string,
  version: number,
  header: Readonly<Record<string, unknown>>,
  arrays: Readonly<Record<string, Float32Array>>,
  packings: Readonly<Record<string, Packing>> = {},
): Uint8Array {
  const entries = Object.entries(arrays).map(([name, array]) => {
    const packing = Object.hasOwn(packings, name) ? packings[name] : FLOAT32;
    return { name, array, packing, bytes: packedLength(array.length, packing) };
  });
  const payload = new DataView(new ArrayBuffer(entries.reduce((sum, { bytes }) => sum + bytes, 0)));
  let at = 0;
  for (const { name, array, packing, bytes } of entries) {
    assertFinite(array, name, `The ${format} to be written`, packing);
    pack(payload, at, array, packing);
    at += bytes;
  }
  const payloadBytes = new Uint8Array(payload.buffer);
  const text = new TextEncoder().encode(
    JSON.stringify({
      format,
      version,
      arrays: entries.map(({ name, array: { length }, packing }) =>
        packing.as === "float32" ? { name, length } : { name, length, ...packing },
      ),
      floats: entries.reduce((sum, { array }) => sum + array.length, 0),
      checksum: crc32(payloadBytes),
      header,
    }),
  );
  const padded = new Uint8Array(Math.ceil(text.length / 4) * 4).fill(0x20);
  padded.set(text);

  const bytes = new Uint8Array(PREAMBLE + padded.length + payloadBytes.length);
  const view = new DataView(bytes.buffer);
  bytes.set(SIGNATURE);
  view.setUint32(8, padded.length, true);
  view.setUint32(12, crc32(padded), true);
  bytes.set(padded, PREAMBLE);
  bytes.set(payloadBytes, PREAMBLE + padded.length);
  return bytes;
}

/**
 * Unpacks what `encodeContainer` packed.
 *
 * @param format - What is expected in it.
 * @param newest - The newest version of that format that the caller understands.
 * @param who - Named at the start of messages, e.g. `Policy file "guard.bnp"`.
 * @throws PolicyFileError for bytes that are foreign, truncated, corrupted, of another format or a newer version.
 */
export function decodeContainer(bytes: Uint8Array, format: string, newest: number, who: string): Container {
  // Step 1. Is it one of our files, and is the header whole?
  if (bytes.length === 0) fail(`${who}: needed a file of babylon-neural, came an empty one. ${COPY_AGAIN}`);
  for (let i = 0; i < Math.min(bytes.length, SIGNATURE.length); i++) {
    if (bytes[i] !== SIGNATURE[i]) {
      fail(
        `${who}: needed a file of babylon-neural, came one that begins with ${hex(bytes.subarray(0, 8))}. Check the address; other kinds of files cannot be read.`,
      );
    }
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const headerEnd = bytes.length < PREAMBLE ? PREAMBLE : PREAMBLE + view.getUint32(8, true);
  if (bytes.length < headerEnd) {
    fail(`${who}: needed at least ${headerEnd} bytes, came ${bytes.length}. The file is cut off. ${COPY_AGAIN}`);
  }
  const headerBytes = bytes.subarray(PREAMBLE, headerEnd);
  assertChecksum(headerBytes, view.getUint32(12, true), "header", who);

  // Step 2. What is in it?
  const outer = parseHeader(headerBytes, who);
  if (outer["format"] !== format) {
    fail(`${who}: needed a ${format}, came a ${show(outer["format"])}. Open it as what it is.`);
  }
  const version = outer["version"];
  if (!isCount(version) || version < 1) {
    fail(`${who}: needed a format version from 1, came ${show(version)}. ${COPY_AGAIN}`);
  }
  if (version > newest) {
    fail(
      `${who}: needed format version ${newest} or older, came ${version}. Upgrade babylon-neural, or save it with this release.`,
    );
  }
  const header = outer["header"];
  if (!isRecord(header)) fail(`${who}: the header's "header" needs an object, came ${show(header)}. ${COPY_AGAIN}`);

  // Step 3. Are the numbers whole?
  const entries = readEntries(outer["arrays"], who);
  let floats = 0;
  let needed = headerEnd;
  for (const { length, packing } of entries) {
    floats += length;
    needed += packedLength(length, packing);
  }
  if (outer["floats"] !== floats) {
    fail(`${who}: the header promises ${show(outer["floats"])} numbers, but lists ${floats}. ${COPY_AGAIN}`);
  }
  if (bytes.length < needed) {
    fail(`${who}: needed ${needed} bytes, came ${bytes.length}. The file is cut off. ${COPY_AGAIN}`);
  }
  if (bytes.length > needed) {
    fail(`${who}: needed ${needed} bytes, came ${bytes.length}. Something was added at its end. ${COPY_AGAIN}`);
  }
  assertChecksum(bytes.subarray(headerEnd), outer["checksum"], "numbers", who);

  // Step 4. Take them out.
  const arrays = Object.create(null) as Record<string, Float32Array>;
  let at = headerEnd;
  for (const { name, length, packing } of entries) {
    const array = unpack(view, at, length, packing);
    at += packedLength(length, packing);
    assertFinite(array, name, who);
    arrays[name] = array;
  }
  return { version, header, arrays };
}

function assertFinite(array: Float32Array, name: string, who: string, packing = FLOAT32): void {
  const index = findUnpackable(array, packing);
  if (index < 0) return;
  if (Number.isFinite(array[index])) {
    fail(
      `${who}: number ${index} of "${name}" needs to be below 65520 as ${packing.as}, came ${array[index]}. Write it as float32.`,
    );
  }
  fail(
    `${who}: number ${index} of "${name}" needs to be finite, came ${array[index]}. Its training went wrong; use an earlier one.`,
  );
}

function assertChecksum(bytes: Uint8Array, expected: unknown, what: string, who: string): void {
  const actual = crc32(bytes);
  if (actual === expected) return;
  fail(
    `${who}: needed the checksum ${show(expected)} of its ${what}, came ${actual}. The file is corrupted. ${COPY_AGAIN}`,
  );
}

function parseHeader(bytes: Uint8Array, who: string): Record<string, unknown> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (cause) {
    throw new PolicyFileError(`${who}: needed a header in JSON, came something else. ${COPY_AGAIN}`, { cause });
  }
  if (!isRecord(parsed)) fail(`${who}: needed an object as header, came ${show(parsed)}. ${COPY_AGAIN}`);
  return parsed;
}

/** An array as the header lists it. */
interface Entry {
  readonly name: string;
  readonly length: number;
  readonly packing: Packing;
}

function readEntries(list: unknown, who: string): Entry[] {
  if (!Array.isArray(list)) fail(`${who}: the header's "arrays" needs a list, came ${show(list)}. ${COPY_AGAIN}`);
  const names = new Set<string>();
  return list.map((entry: unknown, index) => {
    const fields = isRecord(entry) ? entry : {};
    const { name, length } = fields;
    if (typeof name !== "string" || !isCount(length) || names.has(name)) {
      return fail(
        `${who}: the header's "arrays" ${index} needs a name of its own and a length, came ${show(name)} and ${show(length)}. ${COPY_AGAIN}`,
      );
    }
    names.add(name);
    return { name, length, packing: readPacking(fields, who) };
  });
}

function readPacking({ name, as, channels }: Record<string, unknown>, who: string): Packing {
  if (as === undefined) return FLOAT32;
  if (as === "float16") return { as };
  if (as !== "int8") {
    fail(
      `${who}: "${String(name)}" needs numbers as float16 or int8, came ${show(as)}. Upgrade babylon-neural, or save it with this release.`,
    );
  }
  if (isCount(channels) && channels >= 1) return { as, channels };
  return fail(`${who}: "${String(name)}" needs a number of channels from 1, came ${show(channels)}. ${COPY_AGAIN}`);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Whether it is a whole number that a file of floats could have. */
function isCount(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) <= 0xffffffff;
}

/** A short form of any JSON value, for messages. */
export function show(value: unknown): string {
  if (typeof value === "string") {
    // Two line breaks that JSON leaves as they are.
    return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value).replace(/[\u2028\u2029]/g, " ");
  }
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === "object" && value !== null) return "an object";
  return value === undefined ? "nothing" : JSON.stringify(value);
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join(" ");
}

function fail(message: string): never {
  throw new PolicyFileError(message);
}

let table: Uint32Array | null = null;

/** CRC-32 as in PNG and gzip: ISO-HDLC, polynomial 0xEDB88320, https://www.w3.org/TR/png-3/#5CRC-algorithm. */
export function crc32(bytes: Uint8Array): number {
  table ??= Uint32Array.from({ length: 256 }, (_, byte) => {
    let remainder = byte;
    for (let bit = 0; bit < 8; bit++) remainder = remainder & 1 ? (remainder >>> 1) ^ 0xedb88320 : remainder >>> 1;
    return remainder;
  });
  let crc = 0xffffffff;
  for (let i = 0; i < bytes.length; i++) crc = table[(crc ^ bytes[i]) & 0xff] ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

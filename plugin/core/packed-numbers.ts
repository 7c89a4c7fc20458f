/**
 * How an array of numbers lies in a file: float32, four bytes each; float16, two bytes each, for numbers whose fourth digit does not
 * matter; int8, one byte each and a float32 scale for each channel, where two digits are enough.
 *
 * Channels are the last axis of what was a tensor: number `i` belongs to channel `i mod channels`. With one channel the whole array
 * shares its scale.
 */
export type Packing =
  { readonly as: "float32" } | { readonly as: "float16" } | { readonly as: "int8"; readonly channels: number };

/** The largest number of a byte; −128 is not used, so that signs do not matter. */
const MOST = 127;
/** Beyond that, float16 has only infinity: 65504 and half a step. */
const HALF_LIMIT = 65520;

/** Bytes that numbers take, a multiple of 4. */
export function packedLength(length: number, packing: Packing): number {
  if (packing.as === "float32") return 4 * length;
  if (packing.as === "float16") return 4 * Math.ceil(length / 2);
  return 4 * packing.channels + 4 * Math.ceil(length / 4);
}

/** The index of the first number that cannot be packed like that, or -1. */
export function findUnpackable(array: Float32Array, { as }: Packing): number {
  const limit = as === "float16" ? HALF_LIMIT : Infinity;
  return array.findIndex((value) => !(Math.abs(value) < limit));
}

/**
 * Writes numbers into a file, little-endian.
 *
 * Errors: float32 none; float16 at most 2⁻¹¹ of the number, or 2⁻²⁵; int8 at most half a scale, which is the channel's largest number
 * over 127.
 */
export function pack(view: DataView, from: number, array: Float32Array, packing: Packing): void {
  if (packing.as === "float32") {
    array.forEach((value, i) => view.setFloat32(from + 4 * i, value, true));
    return;
  }
  if (packing.as === "float16") {
    array.forEach((value, i) => view.setUint16(from + 2 * i, halfBits(value), true));
    return;
  }
  const { channels } = packing;
  const scales = new Float32Array(channels);
  array.forEach((value, i) => (scales[i % channels] = Math.max(scales[i % channels], Math.abs(value))));
  for (let channel = 0; channel < channels; channel++) {
    scales[channel] /= MOST;
    view.setFloat32(from + 4 * channel, scales[channel], true);
  }
  const at = from + 4 * channels;
  array.forEach((value, i) => {
    const scale = scales[i % channels];
    view.setInt8(at + i, scale > 0 ? Math.max(-MOST, Math.min(MOST, Math.round(value / scale))) : 0);
  });
}

/** Reads what `pack` wrote. A new array. */
export function unpack(view: DataView, from: number, length: number, packing: Packing): Float32Array {
  const array = new Float32Array(length);
  if (packing.as === "float32") {
    for (let i = 0; i < length; i++) array[i] = view.getFloat32(from + 4 * i, true);
  } else if (packing.as === "float16") {
    for (let i = 0; i < length; i++) array[i] = fromHalfBits(view.getUint16(from + 2 * i, true));
  } else {
    const { channels } = packing;
    const at = from + 4 * channels;
    for (let i = 0; i < length; i++) array[i] = view.getInt8(at + i) * view.getFloat32(from + 4 * (i % channels), true);
  }
  return array;
}

const floats = new Float32Array(1);
const bits = new Uint32Array(floats.buffer);

/** A number as IEEE 754 binary16, rounded to the nearest, ties to even. */
export function halfBits(value: number): number {
  floats[0] = value;
  const sign = (bits[0] >>> 16) & 0x8000;
  const exponent = ((bits[0] >>> 23) & 0xff) - 127;
  const fraction = bits[0] & 0x7fffff;
  if (exponent === 128) return sign | 0x7c00 | (fraction === 0 ? 0 : 0x200);
  if (exponent >= -14) {
    // What is rounded up to the next power of two carries into the exponent, as it should.
    return exponent > 15 ? sign | 0x7c00 : sign | roundedShift(((exponent + 15) << 23) | fraction, 13);
  }
  return exponent < -25 ? sign : sign | roundedShift(fraction | 0x800000, -exponent - 1);
}

/** The number that binary16 bits mean. */
export function fromHalfBits(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >>> 10) & 0x1f;
  const fraction = half & 0x3ff;
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : NaN;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

function roundedShift(value: number, by: number): number {
  const rest = value & ((1 << by) - 1);
  const half = 1 << (by - 1);
  const whole = value >>> by;
  return rest > half || (rest === half && (whole & 1) === 1) ? whole + 1 : whole;
}

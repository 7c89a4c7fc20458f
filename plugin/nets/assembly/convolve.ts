// Convolutions forward. A few rows of a picture at a time, with zeros around them where the padding is.
import { aligned, batch, dilationHeight, dilationWidth, filterHeight, filterWidth, inChannels, inHeight, inWidth } from "./geometry";
import { outChannels, outHeight, outWidth, padLeft, padTop, reach, rowsOfAbout, strideHeight, strideWidth } from "./geometry";
import { blockWidth, correlate, paddedFeatures } from "./correlate";

/** Pixels that are computed before the next block of features: their input stays in the second cache. Chosen by trial. */
export const PIXELS = 192;

/** Bytes of scratch that `conv2d` needs. */
export function conv2dScratch(g: usize): usize {
  const rows = rowsOfAbout(PIXELS, outWidth(g), outHeight(g));
  return (
    weightBytes(g) +
    aligned(<usize>paddedFeatures(outChannels(g)) << 2) +
    64 +
    2 * aligned(<usize>(rows * outWidth(g)) << 2) +
    aligned(<usize>(filterHeight(g) * filterWidth(g)) << 3) +
    (isInside(g) ? 0 : paddedBytes(g, rows))
  );
}

function weightBytes(g: usize): usize {
  const k = filterHeight(g) * filterWidth(g) * inChannels(g);
  return aligned(<usize>(k * paddedFeatures(outChannels(g))) << 2);
}

function paddedBytes(g: usize, rows: i32): usize {
  const high = reach(rows, strideHeight(g), filterHeight(g), dilationHeight(g));
  const wide = reach(outWidth(g), strideWidth(g), filterWidth(g), dilationWidth(g));
  return aligned(<usize>(high * wide * inChannels(g)) << 2);
}

/** Whether no filter looks beyond the picture. */
function isInside(g: usize): bool {
  return (
    padTop(g) == 0 &&
    padLeft(g) == 0 &&
    reach(outHeight(g), strideHeight(g), filterHeight(g), dilationHeight(g)) <= inHeight(g) &&
    reach(outWidth(g), strideWidth(g), filterWidth(g), dilationWidth(g)) <= inWidth(g)
  );
}

/**
 * y = activation(x ∗ filter + bias)
 *
 * @param x - [batch, inHeight, inWidth, inChannels].
 * @param filter - [filterHeight, filterWidth, inChannels, outChannels].
 * @param bias - [outChannels], or 0 for none.
 * @param y - [batch, outHeight, outWidth, outChannels].
 * @param relu - Whether negative results become 0.
 */
export function conv2d(g: usize, x: usize, filter: usize, bias: usize, y: usize, relu: i32, scratch: usize): void {
  const channels = inChannels(g);
  const features = outChannels(g);
  const high = outHeight(g);
  const wide = outWidth(g);
  const rows = rowsOfAbout(PIXELS, wide, high);
  const k = filterHeight(g) * filterWidth(g) * channels;

  // Step 1. Scratch: weights, bias, spill, two tables, segments, and the padded rows.
  const weights = scratch;
  const biases = weights + weightBytes(g);
  const spill = biases + aligned(<usize>paddedFeatures(features) << 2);
  const inTable = spill + 64;
  const tableBytes = aligned(<usize>(rows * wide) << 2);
  const outTable = inTable + tableBytes;
  const segments = outTable + tableBytes;
  const padded = segments + aligned(<usize>(filterHeight(g) * filterWidth(g)) << 3);
  packWeights(filter, weights, k, features);
  packBias(bias, biases, features);

  // Step 2. Tables: the same for every few rows.
  const inside = isInside(g);
  const paddedWide = reach(wide, strideWidth(g), filterWidth(g), dilationWidth(g));
  const rowBytes = <usize>((inside ? inWidth(g) : paddedWide) * channels) << 2;
  const count = layOutSegments(g, segments, rowBytes);
  for (let row = 0, pixel = 0; row < rows; row++) {
    for (let column = 0; column < wide; column++, pixel++) {
      const from = <usize>(row * strideHeight(g)) * rowBytes + (<usize>(column * strideWidth(g) * channels) << 2);
      store<u32>(inTable + (pixel << 2), <u32>from);
      store<u32>(outTable + (pixel << 2), (pixel * features) << 2);
    }
  }

  // Step 3. Compute.
  const pictureBytes = <usize>(inHeight(g) * inWidth(g) * channels) << 2;
  for (let picture = 0; picture < batch(g); picture++, x += pictureBytes) {
    for (let row = 0; row < high; row += rows) {
      const some = min(rows, high - row);
      const top = row * strideHeight(g) - padTop(g);
      let from = padded;
      if (inside) from = x + <usize>top * rowBytes;
      else {
        const reached = reach(some, strideHeight(g), filterHeight(g), dilationHeight(g));
        copyPadded(x, inHeight(g), inWidth(g), channels, top, reached, -padLeft(g), paddedWide, padded);
      }
      correlate(from, inTable, y, outTable, some * wide, segments, count, weights, k, features, biases, relu, spill);
      y += <usize>(some * wide * features) << 2;
    }
  }
}

/** @returns How many: one for each row of the filter where its columns lie side by side, else one for each of its pixels. */
function layOutSegments(g: usize, segments: usize, rowBytes: usize): i32 {
  const channels = inChannels(g);
  let count = 0;
  for (let ky = 0; ky < filterHeight(g); ky++) {
    const row = <usize>(ky * dilationHeight(g)) * rowBytes;
    if (dilationWidth(g) == 1) {
      putSegment(segments, count++, row, filterWidth(g) * channels);
      continue;
    }
    for (let kx = 0; kx < filterWidth(g); kx++) {
      putSegment(segments, count++, row + (<usize>(kx * dilationWidth(g) * channels) << 2), channels);
    }
  }
  return count;
}

// @ts-ignore: decorator
@inline
export function putSegment(segments: usize, index: i32, offset: usize, length: i32): void {
  store<u32>(segments + (index << 3), <u32>offset);
  store<i32>(segments + (index << 3), length, 4);
}

/**
 * Copies a window of a picture; where it reaches beyond the picture, zeros.
 *
 * @param top - First row of the window, may be negative; so may `left`.
 */
export function copyPadded(
  x: usize,
  height: i32,
  width: i32,
  channels: i32,
  top: i32,
  rows: i32,
  left: i32,
  columns: i32,
  to: usize,
): void {
  const pixelBytes = <usize>channels << 2;
  const bytes = <usize>columns * pixelBytes;
  if (left == 0 && columns == width && top >= 0 && top + rows <= height) {
    memory.copy(to, x + <usize>top * bytes, <usize>rows * bytes);
    return;
  }
  const first = min(columns, max(0, -left));
  const end = max(first, min(columns, width - left));
  for (let row = top; row < top + rows; row++, to += bytes) {
    if (row < 0 || row >= height || first == end) {
      memory.fill(to, 0, bytes);
      continue;
    }
    if (first > 0) memory.fill(to, 0, <usize>first * pixelBytes);
    const from = x + <usize>(row * width + left + first) * pixelBytes;
    memory.copy(to + <usize>first * pixelBytes, from, <usize>(end - first) * pixelBytes);
    if (end < columns) memory.fill(to + <usize>end * pixelBytes, 0, <usize>(columns - end) * pixelBytes);
  }
}

/** [k, features] to blocks [k, 8], the last [k, 4] where four or fewer remain. */
function packWeights(filter: usize, packed: usize, k: i32, features: i32): void {
  const bytes = <usize>features << 2;
  for (let feature = 0; feature < features; ) {
    const width = blockWidth(feature, features);
    const valid = min(width, features - feature);
    let from = filter + (<usize>feature << 2);
    for (let i = 0; i < k; i++, from += bytes, packed += <usize>width << 2) {
      if (valid == 8) {
        v128.store(packed, v128.load(from));
        v128.store(packed, v128.load(from, 16), 16);
      } else {
        for (let n = 0; n < width; n++) store<f32>(packed + (n << 2), n < valid ? load<f32>(from + (n << 2)) : 0);
      }
    }
    feature += width;
  }
}

/** Zeros where there is none. */
export function packBias(bias: usize, packed: usize, features: i32): void {
  memory.fill(packed, 0, <usize>paddedFeatures(features) << 2);
  if (bias) memory.copy(packed, bias, <usize>features << 2);
}

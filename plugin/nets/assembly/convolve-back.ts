// The gradient of a convolution with respect to its input, which is also the transposed convolution. With a stride of s the
// pixels of x fall into s · s phases; those of one phase all look at y through the same taps of the filter, side by side, so
// that each phase is a convolution without stride.
import { aligned, batch, dilationHeight, dilationWidth, filterHeight, filterWidth, inChannels, inHeight, inWidth } from "./geometry";
import { outChannels, outHeight, outWidth, padLeft, padTop, rowsOfAbout, strideHeight, strideWidth } from "./geometry";
import { blockWidth, correlate, paddedFeatures } from "./correlate";
import { copyPadded, packBias, PIXELS, putSegment } from "./convolve";

/** Farthest that a tap reaches back in y: never forward. */
// @ts-ignore: decorator
@inline
function backReach(stride: i32, filter: i32, dilation: i32): i32 {
  return ((filter - 1) * dilation) / stride;
}

/** How many steps of a whole stride it takes to cross x. */
// @ts-ignore: decorator
@inline
function steps(length: i32, pad: i32, stride: i32): i32 {
  return (length - 1 + pad) / stride + 1;
}

// @ts-ignore: decorator
@inline
function rowsAtOnce(g: usize): i32 {
  const high = steps(inHeight(g), padTop(g), strideHeight(g));
  const wide = steps(inWidth(g), padLeft(g), strideWidth(g));
  return rowsOfAbout(PIXELS, wide, high);
}

/** Bytes of scratch that `conv2dBack` needs. */
export function conv2dBackScratch(g: usize): usize {
  const rows = rowsAtOnce(g);
  const wide = steps(inWidth(g), padLeft(g), strideWidth(g));
  return (
    weightBytes(g) +
    aligned(<usize>paddedFeatures(inChannels(g)) << 2) +
    64 +
    2 * aligned(<usize>(rows * wide) << 2) +
    aligned(<usize>(filterHeight(g) * filterWidth(g)) << 3) +
    windowBytes(g, rows, wide)
  );
}

function weightBytes(g: usize): usize {
  const k = filterHeight(g) * filterWidth(g) * outChannels(g);
  return aligned(<usize>(k * paddedFeatures(inChannels(g))) << 2);
}

function windowBytes(g: usize, rows: i32, wide: i32): usize {
  const high = rows + backReach(strideHeight(g), filterHeight(g), dilationHeight(g));
  const across = wide + backReach(strideWidth(g), filterWidth(g), dilationWidth(g));
  return aligned(<usize>(high * across * outChannels(g)) << 2);
}

/**
 * dx = dy ∗ᵀ filter
 *
 * @param dy - [batch, outHeight, outWidth, outChannels].
 * @param filter - [filterHeight, filterWidth, inChannels, outChannels].
 * @param dx - [batch, inHeight, inWidth, inChannels].
 */
export function conv2dBack(g: usize, dy: usize, filter: usize, dx: usize, scratch: usize): void {
  const channels = outChannels(g);
  const features = inChannels(g);
  const strideY = strideHeight(g), strideX = strideWidth(g);
  const rows = rowsAtOnce(g);
  const high = steps(inHeight(g), padTop(g), strideY);
  const wide = steps(inWidth(g), padLeft(g), strideX);
  const above = backReach(strideY, filterHeight(g), dilationHeight(g));
  const before = backReach(strideX, filterWidth(g), dilationWidth(g));
  const windowWide = wide + before;

  // Step 1. Scratch: weights of all phases, bias of zeros, spill, two tables, segments, and a window of dy.
  const weights = scratch;
  const bias = weights + weightBytes(g);
  const spill = bias + aligned(<usize>paddedFeatures(features) << 2);
  const inTable = spill + 64;
  const tableBytes = aligned(<usize>(rows * wide) << 2);
  const outTable = inTable + tableBytes;
  const segments = outTable + tableBytes;
  const window = segments + aligned(<usize>(filterHeight(g) * filterWidth(g)) << 3);
  packBias(0, bias, features);
  packPhases(g, filter, weights);

  // Step 2. A few rows of every phase at a time: they look at the same window.
  const dyBytes = <usize>(outHeight(g) * outWidth(g) * channels) << 2;
  const dxBytes = <usize>(inHeight(g) * inWidth(g) * features) << 2;
  for (let picture = 0; picture < batch(g); picture++, dy += dyBytes, dx += dxBytes) {
    for (let row = 0; row < high; row += rows) {
      const some = min(rows, high - row);
      copyPadded(dy, outHeight(g), outWidth(g), channels, row - above, some + above, -before, windowWide, window);
      let phaseWeights = weights;
      for (let phaseY = 0; phaseY < strideY; phaseY++) {
        for (let phaseX = 0; phaseX < strideX; phaseX++) {
          const taps = layOutTaps(g, phaseY, phaseX, segments, above, before, windowWide);
          const k = countTaps(g, phaseY, phaseX) * channels;
          const pixels = layOutPixels(g, row, some, phaseY, phaseX, inTable, outTable, windowWide);
          correlate(window, inTable, dx, outTable, pixels, segments, taps, phaseWeights, k, features, bias, 0, spill);
          phaseWeights += <usize>(k * paddedFeatures(features)) << 2;
        }
      }
    }
  }
}

/** Tables of the pixels of one phase in some rows of steps. @returns How many there are. */
function layOutPixels(
  g: usize,
  row: i32,
  rows: i32,
  phaseY: i32,
  phaseX: i32,
  inTable: usize,
  outTable: usize,
  windowWide: i32,
): i32 {
  const wide = steps(inWidth(g), padLeft(g), strideWidth(g));
  let count = 0;
  for (let j = 0; j < rows; j++) {
    const y = (row + j) * strideHeight(g) + phaseY - padTop(g);
    if (<u32>y >= <u32>inHeight(g)) continue;
    for (let i = 0; i < wide; i++) {
      const x = i * strideWidth(g) + phaseX - padLeft(g);
      if (<u32>x >= <u32>inWidth(g)) continue;
      store<u32>(inTable + (count << 2), ((j * windowWide + i) * outChannels(g)) << 2);
      store<u32>(outTable + (count << 2), ((y * inWidth(g) + x) * inChannels(g)) << 2);
      count++;
    }
  }
  return count;
}

/** Whether a phase looks through a row or column of the filter. */
// @ts-ignore: decorator
@inline
function isOf(phase: i32, tap: i32, dilation: i32, stride: i32): bool {
  return (tap * dilation - phase) % stride == 0;
}

function countTaps(g: usize, phaseY: i32, phaseX: i32): i32 {
  let rows = 0, columns = 0;
  for (let ky = 0; ky < filterHeight(g); ky++) if (isOf(phaseY, ky, dilationHeight(g), strideHeight(g))) rows++;
  for (let kx = 0; kx < filterWidth(g); kx++) if (isOf(phaseX, kx, dilationWidth(g), strideWidth(g))) columns++;
  return rows * columns;
}

/** Segments of one phase, the last taps of the filter first: they look at the first pixels. @returns How many. */
function layOutTaps(
  g: usize,
  phaseY: i32,
  phaseX: i32,
  segments: usize,
  above: i32,
  before: i32,
  windowWide: i32,
): i32 {
  const channels = outChannels(g);
  let count = 0;
  for (let ky = filterHeight(g) - 1; ky >= 0; ky--) {
    if (!isOf(phaseY, ky, dilationHeight(g), strideHeight(g))) continue;
    const row = (phaseY - ky * dilationHeight(g)) / strideHeight(g) + above;
    let end = -1;
    for (let kx = filterWidth(g) - 1; kx >= 0; kx--) {
      if (!isOf(phaseX, kx, dilationWidth(g), strideWidth(g))) continue;
      const column = (phaseX - kx * dilationWidth(g)) / strideWidth(g) + before;
      if (column == end) {
        const last = segments + ((count - 1) << 3);
        store<i32>(last, load<i32>(last, 4) + channels, 4);
      } else putSegment(segments, count++, <usize>((row * windowWide + column) * channels) << 2, channels);
      end = column + 1;
    }
  }
  return count;
}

/** The filter for every phase, one after the other: [taps · outChannels, inChannels] in blocks, as `correlate` wants it. */
function packPhases(g: usize, filter: usize, packed: usize): void {
  const channels = outChannels(g);
  const features = inChannels(g);
  const rowBytes = <usize>channels << 2;
  for (let phaseY = 0; phaseY < strideHeight(g); phaseY++) {
    for (let phaseX = 0; phaseX < strideWidth(g); phaseX++) {
      for (let feature = 0; feature < features; ) {
        const width = blockWidth(feature, features);
        const valid = min(width, features - feature);
        for (let ky = filterHeight(g) - 1; ky >= 0; ky--) {
          if (!isOf(phaseY, ky, dilationHeight(g), strideHeight(g))) continue;
          for (let kx = filterWidth(g) - 1; kx >= 0; kx--) {
            if (!isOf(phaseX, kx, dilationWidth(g), strideWidth(g))) continue;
            const from = filter + <usize>((ky * filterWidth(g) + kx) * features + feature) * rowBytes;
            packed = transposeBlock(from, rowBytes, packed, channels, width, valid);
          }
        }
        feature += width;
      }
    }
  }
}

/** `valid` rows of `channels` numbers become [channels, width], with zeros. @returns Where the next block goes. */
function transposeBlock(from: usize, rowBytes: usize, packed: usize, channels: i32, width: i32, valid: i32): usize {
  const stride = <usize>width << 2;
  for (let n = 0; n < width; n++) {
    let to = packed + (n << 2);
    const row = from + <usize>n * rowBytes;
    if (n < valid) for (let c = 0; c < channels; c++, to += stride) store<f32>(to, load<f32>(row + (c << 2)));
    else for (let c = 0; c < channels; c++, to += stride) store<f32>(to, 0);
  }
  return packed + <usize>channels * stride;
}

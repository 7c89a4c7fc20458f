// The gradient of a convolution with respect to its filter: for each tap an outer product of x and dy, summed over all pixels
// of y. A few rows at a time are laid out in blocks of channels, [blocks, pixels, 4 or 8]: one side is taken eight wide as
// two vectors, the other four wide as splats, so that 32 sums stay in registers.
import { aligned, batch, dilationHeight, dilationWidth, filterHeight, filterWidth, inChannels, inHeight, inWidth } from "./geometry";
import { outChannels, outHeight, outWidth, padLeft, padTop, reach, rowsOfAbout, strideHeight, strideWidth } from "./geometry";

/** Pixels of y at a time: what is laid out stays in the second cache. Chosen by trial. */
const PIXELS = 256;
/** Bytes of the 32 sums of a tile. */
const TILE: usize = 128;

/** Whether x is the side that is taken eight wide: the fewer channels are padded, the better. */
// @ts-ignore: decorator
@inline
function isWideX(g: usize): bool {
  const x = inChannels(g), y = outChannels(g);
  return padded(x, 8) * padded(y, 4) < padded(x, 4) * padded(y, 8);
}

// @ts-ignore: decorator
@inline
function padded(channels: i32, block: i32): i32 {
  return (channels + block - 1) & -block;
}

/** Bytes of scratch that `conv2dFilter` needs. */
export function conv2dFilterScratch(g: usize): usize {
  const wideX = isWideX(g);
  const x = padded(inChannels(g), wideX ? 8 : 4);
  const y = padded(outChannels(g), wideX ? 4 : 8);
  const rows = rowsOfAbout(PIXELS, outWidth(g), outHeight(g));
  const high = reach(rows, strideHeight(g), filterHeight(g), dilationHeight(g));
  const wide = reach(outWidth(g), strideWidth(g), filterWidth(g), dilationWidth(g));
  return (
    aligned(<usize>(x * y * filterHeight(g) * filterWidth(g)) << 2) +
    aligned(<usize>(high * wide * x) << 2) +
    aligned(<usize>(rows * outWidth(g) * y) << 2)
  );
}

/**
 * dFilter[ky, kx, i, o] = Σ over pixels x[…, i] · dy[…, o]
 *
 * @param x - [batch, inHeight, inWidth, inChannels].
 * @param dy - [batch, outHeight, outWidth, outChannels].
 * @param gradient - [filterHeight, filterWidth, inChannels, outChannels].
 */
export function conv2dFilter(g: usize, x: usize, dy: usize, gradient: usize, scratch: usize): void {
  const wideX = isWideX(g);
  const blockX = wideX ? 8 : 4, blockY = 12 - blockX;
  const channelsX = inChannels(g), channelsY = outChannels(g);
  const blocksX = padded(channelsX, blockX) / blockX, blocksY = padded(channelsY, blockY) / blockY;
  const taps = filterHeight(g) * filterWidth(g);
  const high = outHeight(g), wide = outWidth(g);
  const rows = rowsOfAbout(PIXELS, wide, high);
  const across = reach(wide, strideWidth(g), filterWidth(g), dilationWidth(g));

  // Step 1. Scratch: sums [blocksX, taps, blocksY, 32], and some rows of x and of dy in blocks.
  const sums = scratch;
  const sumBytes = <usize>(blocksX * taps * blocksY) * TILE;
  const rowsX = sums + aligned(sumBytes);
  const mostHigh = reach(rows, strideHeight(g), filterHeight(g), dilationHeight(g));
  const rowsY = rowsX + aligned(<usize>(mostHigh * across * blocksX * blockX) << 2);
  memory.fill(sums, 0, sumBytes);

  // Step 2. Sum, a few rows at a time.
  const xBytes = <usize>(inHeight(g) * inWidth(g) * channelsX) << 2;
  const dyBytes = <usize>(high * wide * channelsY) << 2;
  for (let picture = 0; picture < batch(g); picture++, x += xBytes, dy += dyBytes) {
    for (let row = 0; row < high; row += rows) {
      const some = min(rows, high - row);
      const top = row * strideHeight(g) - padTop(g);
      const reached = reach(some, strideHeight(g), filterHeight(g), dilationHeight(g));
      layOut(x, inHeight(g), inWidth(g), channelsX, top, reached, -padLeft(g), across, blockX, rowsX);
      layOut(dy, high, wide, channelsY, row, some, 0, wide, blockY, rowsY);
      addRows(g, sums, rowsX, <usize>(reached * across), rowsY, some, wideX);
    }
  }

  // Step 3. Bring the sums into order.
  for (let tap = 0; tap < taps; tap++) {
    for (let i = 0; i < channelsX; i++) {
      const blockOfX = i / blockX;
      for (let o = 0; o < channelsY; o++, gradient += 4) {
        const tile = <usize>((blockOfX * taps + tap) * blocksY + o / blockY) * TILE;
        const iWithin = i % blockX, oWithin = o % blockY;
        const lane = wideX ? oWithin * 8 + iWithin : iWithin * 8 + oWithin;
        store<f32>(gradient, load<f32>(sums + tile + (<usize>lane << 2)));
      }
    }
  }
}

/** Adds what some rows of dy give for every tap and every pair of blocks. */
function addRows(g: usize, sums: usize, rowsX: usize, pixelsX: usize, rowsY: usize, rows: i32, wideX: bool): void {
  const blockX: usize = wideX ? 8 : 4, blockY: usize = wideX ? 4 : 8;
  let wide = outWidth(g);
  const across = reach(wide, strideWidth(g), filterWidth(g), dilationWidth(g));
  const stepX = (<usize>strideWidth(g) * blockX) << 2, stepY = blockY << 2;
  // From the end of a row of dy to the next.
  const skipX = ((<usize>(strideHeight(g) * across) * blockX) << 2) - <usize>wide * stepX;
  const bytesX = (pixelsX * blockX) << 2, bytesY = <usize>(rows * wide) * stepY;
  if (skipX == 0) {
    wide *= rows;
    rows = 1;
  }
  const endX = rowsX + bytesX * <usize>((inChannels(g) + <i32>blockX - 1) / <i32>blockX);
  const endY = rowsY + bytesY * <usize>((outChannels(g) + <i32>blockY - 1) / <i32>blockY);
  for (let x = rowsX; x < endX; x += bytesX) {
    for (let ky = 0; ky < filterHeight(g); ky++) {
      for (let kx = 0; kx < filterWidth(g); kx++) {
        const at = <usize>(ky * dilationHeight(g) * across + kx * dilationWidth(g));
        const from = x + ((at * blockX) << 2);
        for (let y = rowsY; y < endY; y += bytesY, sums += TILE) {
          if (wideX) addTile(sums, y, stepY, 0, from, stepX, skipX, rows, wide);
          else addTile(sums, from, stepX, skipX, y, stepY, 0, rows, wide);
        }
      }
    }
  }
}

/**
 * sums[4, 8] += Σ over pixels four[4] ⊗ eight[8]
 *
 * @param fourStep - From one pixel to the next, in bytes; `fourSkip` is added after a row.
 */
function addTile(
  sums: usize,
  four: usize,
  fourStep: usize,
  fourSkip: usize,
  eight: usize,
  eightStep: usize,
  eightSkip: usize,
  rows: i32,
  columns: i32,
): void {
  let a0 = f32x4.splat(0), a1 = a0, b0 = a0, b1 = a0, c0 = a0, c1 = a0, d0 = a0, d1 = a0;
  let s: v128, v0: v128, v1: v128;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      v0 = v128.load(eight);
      v1 = v128.load(eight, 16);
      s = v128.load32_splat(four);
      a0 = f32x4.add(f32x4.mul(s, v0), a0);
      a1 = f32x4.add(f32x4.mul(s, v1), a1);
      s = v128.load32_splat(four, 4);
      b0 = f32x4.add(f32x4.mul(s, v0), b0);
      b1 = f32x4.add(f32x4.mul(s, v1), b1);
      s = v128.load32_splat(four, 8);
      c0 = f32x4.add(f32x4.mul(s, v0), c0);
      c1 = f32x4.add(f32x4.mul(s, v1), c1);
      s = v128.load32_splat(four, 12);
      d0 = f32x4.add(f32x4.mul(s, v0), d0);
      d1 = f32x4.add(f32x4.mul(s, v1), d1);
      four += fourStep;
      eight += eightStep;
    }
    four += fourSkip;
    eight += eightSkip;
  }
  v128.store(sums, f32x4.add(v128.load(sums, 0), a0), 0);
  v128.store(sums, f32x4.add(v128.load(sums, 16), a1), 16);
  v128.store(sums, f32x4.add(v128.load(sums, 32), b0), 32);
  v128.store(sums, f32x4.add(v128.load(sums, 48), b1), 48);
  v128.store(sums, f32x4.add(v128.load(sums, 64), c0), 64);
  v128.store(sums, f32x4.add(v128.load(sums, 80), c1), 80);
  v128.store(sums, f32x4.add(v128.load(sums, 96), d0), 96);
  v128.store(sums, f32x4.add(v128.load(sums, 112), d1), 112);
}

/** A window of a picture in blocks of channels, [blocks, rows · columns, block], with zeros beyond the picture. */
function layOut(
  from: usize,
  height: i32,
  width: i32,
  channels: i32,
  top: i32,
  rows: i32,
  left: i32,
  columns: i32,
  block: i32,
  to: usize,
): void {
  if (left == 0 && columns == width && top >= 0 && top + rows <= height) {
    // Whole rows: as if they were one.
    from += <usize>(top * width * channels) << 2;
    top = 0;
    height = 1;
    width = columns = rows * columns;
    rows = 1;
  }
  const pixelBytes = <usize>channels << 2, blockBytes = <usize>block << 2;
  const first = min(columns, max(0, -left));
  const end = max(first, min(columns, width - left));
  for (let channel = 0; channel < channels; channel += block) {
    const valid = min(block, channels - channel);
    for (let row = top; row < top + rows; row++) {
      if (row < 0 || row >= height || first == end) {
        memory.fill(to, 0, <usize>columns * blockBytes);
        to += <usize>columns * blockBytes;
        continue;
      }
      if (first > 0) memory.fill(to, 0, <usize>first * blockBytes);
      to += <usize>first * blockBytes;
      let x = from + <usize>(row * width + left + first) * pixelBytes + (<usize>channel << 2);
      for (let column = first; column < end; column++, x += pixelBytes, to += blockBytes) {
        if (valid == block) {
          v128.store(to, v128.load(x));
          if (block == 8) v128.store(to, v128.load(x, 16), 16);
        } else {
          for (let i = 0; i < block; i++) store<f32>(to + (i << 2), i < valid ? load<f32>(x + (i << 2)) : 0);
        }
      }
      if (end < columns) memory.fill(to, 0, <usize>(columns - end) * blockBytes);
      to += <usize>(columns - end) * blockBytes;
    }
  }
}

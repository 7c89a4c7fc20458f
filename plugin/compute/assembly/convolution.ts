// Convolutions over pictures, forward. Channels lie innermost and are padded to a multiple of 4 from the first layer's
// results on; weights are packed [filters / 4, size, size, channels, 4]. A position is one place of the kernel on one
// picture, so that a tile may span several pictures. Every sum runs in the same order whatever the tile: bias, then kernel
// rows, columns and channels.
import { ROW } from "./dense";
import { madd } from "./vector";

/** values = bytes / 255. */
export function decodeBytes(bytes: usize, values: usize, count: i32): void {
  const full = f32x4.splat(255);
  let i = 0;
  for (; i + 16 <= count; i += 16) {
    const all = v128.load(bytes);
    const low = i16x8.extend_low_i8x16_u(all);
    const high = i16x8.extend_high_i8x16_u(all);
    v128.store(values, f32x4.div(f32x4.convert_i32x4_u(i32x4.extend_low_i16x8_u(low)), full), 0);
    v128.store(values, f32x4.div(f32x4.convert_i32x4_u(i32x4.extend_high_i16x8_u(low)), full), 16);
    v128.store(values, f32x4.div(f32x4.convert_i32x4_u(i32x4.extend_low_i16x8_u(high)), full), 32);
    v128.store(values, f32x4.div(f32x4.convert_i32x4_u(i32x4.extend_high_i16x8_u(high)), full), 48);
    bytes += 16;
    values += 64;
  }
  for (; i < count; i++) {
    store<f32>(values, <f32>load<u8>(bytes) / 255);
    bytes += 1;
    values += 4;
  }
}

/**
 * y = relu(W ∗ x + b).
 *
 * @param offsets - Where the kernel begins at each position, u32 bytes from `x`.
 * @param y - [positions, filters].
 * @param row - Bytes from one row of a picture to the next.
 * @param size - Rows of the kernel. @param run - Floats of one of its rows: size · channels.
 * @param filters - A multiple of 4.
 */
export function convolution(
  x: usize,
  offsets: usize,
  packed: usize,
  bias: usize,
  y: usize,
  positions: i32,
  row: usize,
  size: i32,
  run: i32,
  filters: i32,
): void {
  const step = <usize>filters << 2;
  const block = (<usize>size * <usize>run) << 4;
  // A tile of four holds its last position several times where there are fewer; a lone position has a tile of its own.
  const tiled = (positions & 3) == 1 ? positions - 1 : positions;
  let f = 0;
  for (; f + 8 <= filters; f += 8) {
    const w = packed + <usize>(f >> 2) * block;
    for (let p = 0; p < tiled; p += 4) {
      tile4x2(x, offsets + (<usize>p << 2), min(3, tiled - p - 1), w, w + block, bias, y + <usize>p * step, step, row, size, run);
    }
    bias += 32;
    y += 32;
  }
  if (f < filters) {
    const w = packed + <usize>(f >> 2) * block;
    for (let p = 0; p < tiled; p += 4) {
      tile4x1(x, offsets + (<usize>p << 2), min(3, tiled - p - 1), w, bias, y + <usize>p * step, step, row, size, run);
    }
  }
  if (tiled == positions) return;
  const at = x + <usize>load<u32>(offsets + (<usize>tiled << 2));
  bias -= <usize>f << 2;
  y += <usize>tiled * step - (<usize>f << 2);
  for (f = 0; f + 16 <= filters; f += 16) {
    single4(at, packed, block, bias, y, row, size, run);
    packed += 4 * block;
    bias += 64;
    y += 64;
  }
  for (; f < filters; f += 4) {
    single1(at, packed, bias, y, row, size, run);
    packed += block;
    bias += 16;
    y += 16;
  }
}

/** Eight filters at four positions. @param last - Number of the last position, 1 to 3. */
function tile4x2(
  x: usize,
  offsets: usize,
  last: i32,
  v: usize,
  w: usize,
  bias: usize,
  y: usize,
  step: usize,
  row: usize,
  size: i32,
  run: i32,
): void {
  let p0 = x + <usize>load<u32>(offsets);
  let p1 = x + <usize>load<u32>(offsets, 4);
  let p2 = x + <usize>load<u32>(offsets + (<usize>min(2, last) << 2));
  let p3 = x + <usize>load<u32>(offsets + (<usize>last << 2));
  let a0 = v128.load(bias, 0), a1 = a0, a2 = a0, a3 = a0;
  let b0 = v128.load(bias, 16), b1 = b0, b2 = b0, b3 = b0;
  let s: v128, va: v128, vb: v128;
  const rest = row - (<usize>run << 2);
  for (let line = 0; line < size; line++) {
    let i = 0;
    for (; i + 4 <= run; i += 4) {
      va = v128.load(v, 0);
      vb = v128.load(w, 0);
      s = v128.load32_splat(p0, 0);
      a0 = madd(s, va, a0);
      b0 = madd(s, vb, b0);
      s = v128.load32_splat(p1, 0);
      a1 = madd(s, va, a1);
      b1 = madd(s, vb, b1);
      s = v128.load32_splat(p2, 0);
      a2 = madd(s, va, a2);
      b2 = madd(s, vb, b2);
      s = v128.load32_splat(p3, 0);
      a3 = madd(s, va, a3);
      b3 = madd(s, vb, b3);

      va = v128.load(v, 16);
      vb = v128.load(w, 16);
      s = v128.load32_splat(p0, 4);
      a0 = madd(s, va, a0);
      b0 = madd(s, vb, b0);
      s = v128.load32_splat(p1, 4);
      a1 = madd(s, va, a1);
      b1 = madd(s, vb, b1);
      s = v128.load32_splat(p2, 4);
      a2 = madd(s, va, a2);
      b2 = madd(s, vb, b2);
      s = v128.load32_splat(p3, 4);
      a3 = madd(s, va, a3);
      b3 = madd(s, vb, b3);

      va = v128.load(v, 32);
      vb = v128.load(w, 32);
      s = v128.load32_splat(p0, 8);
      a0 = madd(s, va, a0);
      b0 = madd(s, vb, b0);
      s = v128.load32_splat(p1, 8);
      a1 = madd(s, va, a1);
      b1 = madd(s, vb, b1);
      s = v128.load32_splat(p2, 8);
      a2 = madd(s, va, a2);
      b2 = madd(s, vb, b2);
      s = v128.load32_splat(p3, 8);
      a3 = madd(s, va, a3);
      b3 = madd(s, vb, b3);

      va = v128.load(v, 48);
      vb = v128.load(w, 48);
      s = v128.load32_splat(p0, 12);
      a0 = madd(s, va, a0);
      b0 = madd(s, vb, b0);
      s = v128.load32_splat(p1, 12);
      a1 = madd(s, va, a1);
      b1 = madd(s, vb, b1);
      s = v128.load32_splat(p2, 12);
      a2 = madd(s, va, a2);
      b2 = madd(s, vb, b2);
      s = v128.load32_splat(p3, 12);
      a3 = madd(s, va, a3);
      b3 = madd(s, vb, b3);

      p0 += 16;
      p1 += 16;
      p2 += 16;
      p3 += 16;
      v += 64;
      w += 64;
    }
    for (; i < run; i++) {
      va = v128.load(v);
      vb = v128.load(w);
      s = v128.load32_splat(p0);
      a0 = madd(s, va, a0);
      b0 = madd(s, vb, b0);
      s = v128.load32_splat(p1);
      a1 = madd(s, va, a1);
      b1 = madd(s, vb, b1);
      s = v128.load32_splat(p2);
      a2 = madd(s, va, a2);
      b2 = madd(s, vb, b2);
      s = v128.load32_splat(p3);
      a3 = madd(s, va, a3);
      b3 = madd(s, vb, b3);
      p0 += 4;
      p1 += 4;
      p2 += 4;
      p3 += 4;
      v += 16;
      w += 16;
    }
    p0 += rest;
    p1 += rest;
    p2 += rest;
    p3 += rest;
  }
  const y2 = y + <usize>min(2, last) * step;
  const y3 = y + <usize>last * step;
  v128.store(y, relu(a0), 0);
  v128.store(y, relu(b0), 16);
  v128.store(y + step, relu(a1), 0);
  v128.store(y + step, relu(b1), 16);
  v128.store(y2, relu(a2), 0);
  v128.store(y2, relu(b2), 16);
  v128.store(y3, relu(a3), 0);
  v128.store(y3, relu(b3), 16);
}

/** Four filters at four positions. */
function tile4x1(
  x: usize,
  offsets: usize,
  last: i32,
  w: usize,
  bias: usize,
  y: usize,
  step: usize,
  row: usize,
  size: i32,
  run: i32,
): void {
  let p0 = x + <usize>load<u32>(offsets);
  let p1 = x + <usize>load<u32>(offsets, 4);
  let p2 = x + <usize>load<u32>(offsets + (<usize>min(2, last) << 2));
  let p3 = x + <usize>load<u32>(offsets + (<usize>last << 2));
  let a0 = v128.load(bias), a1 = a0, a2 = a0, a3 = a0;
  const rest = row - (<usize>run << 2);
  for (let line = 0; line < size; line++) {
    for (let i = 0; i < run; i++) {
      const weights = v128.load(w);
      a0 = madd(v128.load32_splat(p0), weights, a0);
      a1 = madd(v128.load32_splat(p1), weights, a1);
      a2 = madd(v128.load32_splat(p2), weights, a2);
      a3 = madd(v128.load32_splat(p3), weights, a3);
      p0 += 4;
      p1 += 4;
      p2 += 4;
      p3 += 4;
      w += 16;
    }
    p0 += rest;
    p1 += rest;
    p2 += rest;
    p3 += rest;
  }
  v128.store(y, relu(a0));
  v128.store(y + step, relu(a1));
  v128.store(y + <usize>min(2, last) * step, relu(a2));
  v128.store(y + <usize>last * step, relu(a3));
}

/** Sixteen filters at one position. */
function single4(x: usize, w0: usize, block: usize, bias: usize, y: usize, row: usize, size: i32, run: i32): void {
  let w1 = w0 + block;
  let w2 = w1 + block;
  let w3 = w2 + block;
  let a0 = v128.load(bias, 0);
  let a1 = v128.load(bias, 16);
  let a2 = v128.load(bias, 32);
  let a3 = v128.load(bias, 48);
  const rest = row - (<usize>run << 2);
  for (let line = 0; line < size; line++) {
    for (let i = 0; i < run; i++) {
      const s = v128.load32_splat(x);
      a0 = madd(s, v128.load(w0), a0);
      a1 = madd(s, v128.load(w1), a1);
      a2 = madd(s, v128.load(w2), a2);
      a3 = madd(s, v128.load(w3), a3);
      x += 4;
      w0 += 16;
      w1 += 16;
      w2 += 16;
      w3 += 16;
    }
    x += rest;
  }
  v128.store(y, relu(a0), 0);
  v128.store(y, relu(a1), 16);
  v128.store(y, relu(a2), 32);
  v128.store(y, relu(a3), 48);
}

/** Four filters at one position. */
function single1(x: usize, w: usize, bias: usize, y: usize, row: usize, size: i32, run: i32): void {
  let a = v128.load(bias);
  const rest = row - (<usize>run << 2);
  for (let line = 0; line < size; line++) {
    for (let i = 0; i < run; i++) {
      a = madd(v128.load32_splat(x), v128.load(w), a);
      x += 4;
      w += 16;
    }
    x += rest;
  }
  v128.store(y, relu(a));
}

// @ts-ignore: decorator
@inline
function relu(a: v128): v128 {
  return f32x4.max(a, f32x4.splat(0));
}

/**
 * Writes four rows of results into four columns of a panel, without the filters that are only padding.
 *
 * @param source - [rows, positions, padded filters]. @param rowBytes - From one row to the next.
 * @param count - How many rows there are; the columns beyond repeat the last one.
 * @param panel - Where the first column's first feature lies.
 */
export function scatterFeatures(source: usize, rowBytes: usize, count: i32, positions: i32, filters: i32, panel: usize): void {
  const padded = <usize>((filters + 3) & ~3) << 2;
  let r0 = source;
  let r1 = source + <usize>min(1, count - 1) * rowBytes;
  let r2 = source + <usize>min(2, count - 1) * rowBytes;
  let r3 = source + <usize>(count - 1) * rowBytes;
  for (let position = 0; position < positions; position++) {
    for (let f: usize = 0; f < <usize>filters << 2; f += 16) {
      const a = v128.load(r0 + f);
      const b = v128.load(r1 + f);
      const c = v128.load(r2 + f);
      const d = v128.load(r3 + f);
      const ab0 = v128.shuffle<f32>(a, b, 0, 4, 1, 5);
      const cd0 = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
      v128.store(panel, v128.shuffle<f32>(ab0, cd0, 0, 1, 4, 5));
      const left = (<usize>filters << 2) - f;
      if (left > 4) v128.store(panel + ROW, v128.shuffle<f32>(ab0, cd0, 2, 3, 6, 7));
      const ab1 = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
      const cd1 = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
      if (left > 8) v128.store(panel + 2 * ROW, v128.shuffle<f32>(ab1, cd1, 0, 1, 4, 5));
      if (left > 12) v128.store(panel + 3 * ROW, v128.shuffle<f32>(ab1, cd1, 2, 3, 6, 7));
      panel += min(16, left) * (ROW >> 2);
    }
    r0 += padded;
    r1 += padded;
    r2 += padded;
    r3 += padded;
  }
}

// Fully connected layers, forward. Batches lie in panels: 16 agents or samples side by side, feature after feature
// ([features, 16] floats a panel), so that one vector holds four samples of one feature. Feature counts are padded to a
// multiple of 4; weights are packed [outputs / 4, inputs, 4].
import { madd, sigmoid, tanh } from "./vector";

const LINEAR = 0;
const RELU = 1;
const LEAKY_RELU = 2;
const TANH = 3;

/** Bytes of one feature of a panel. */
export const ROW: usize = 64;

/**
 * y = activation(W x + b), or y += W x.
 *
 * @param vectors - How many groups of four samples there are.
 * @param z - Where to keep what went into the activation (SiLU's derivative needs it), or 0.
 * @param bias - [outputs], or 0 to add to what `y` holds.
 */
export function dense(
  x: usize,
  xStride: usize,
  packed: usize,
  bias: usize,
  y: usize,
  yStride: usize,
  z: usize,
  inputs: i32,
  outputs: i32,
  vectors: i32,
  activation: i32,
): void {
  for (let done = 0; done < vectors; done += 4) {
    const wide = min(4, vectors - done);
    let w = packed;
    let out = y;
    for (let block = 0; block < outputs; block += 4) {
      const b = bias ? bias + (<usize>block << 2) : 0;
      let v: i32 = 0;
      for (; v + 2 <= wide; v += 2) tile2(x + (<usize>v << 4), w, b, out + (<usize>v << 4), inputs);
      if (v < wide) tile1(x + (<usize>v << 4), w, b, out + (<usize>v << 4), inputs);
      w += <usize>inputs << 4;
      out += 4 * ROW;
    }
    if (activation != LINEAR) {
      activate(y, z, outputs, wide, activation);
      if (z) z += yStride;
    }
    x += xStride;
    y += yStride;
  }
}

/** Four outputs of eight samples. */
function tile2(x: usize, w: usize, bias: usize, y: usize, inputs: i32): void {
  let a0: v128, a1: v128, b0: v128, b1: v128, c0: v128, c1: v128, d0: v128, d1: v128;
  if (bias) {
    a0 = a1 = v128.load32_splat(bias, 0);
    b0 = b1 = v128.load32_splat(bias, 4);
    c0 = c1 = v128.load32_splat(bias, 8);
    d0 = d1 = v128.load32_splat(bias, 12);
  } else {
    a0 = v128.load(y, 0);
    a1 = v128.load(y, 16);
    b0 = v128.load(y, 64);
    b1 = v128.load(y, 80);
    c0 = v128.load(y, 128);
    c1 = v128.load(y, 144);
    d0 = v128.load(y, 192);
    d1 = v128.load(y, 208);
  }
  let s: v128, x0: v128, x1: v128;
  for (let i = 0; i < inputs; i += 4) {
    x0 = v128.load(x, 0);
    x1 = v128.load(x, 16);
    s = v128.load32_splat(w, 0);
    a0 = madd(s, x0, a0);
    a1 = madd(s, x1, a1);
    s = v128.load32_splat(w, 4);
    b0 = madd(s, x0, b0);
    b1 = madd(s, x1, b1);
    s = v128.load32_splat(w, 8);
    c0 = madd(s, x0, c0);
    c1 = madd(s, x1, c1);
    s = v128.load32_splat(w, 12);
    d0 = madd(s, x0, d0);
    d1 = madd(s, x1, d1);

    x0 = v128.load(x, 64);
    x1 = v128.load(x, 80);
    s = v128.load32_splat(w, 16);
    a0 = madd(s, x0, a0);
    a1 = madd(s, x1, a1);
    s = v128.load32_splat(w, 20);
    b0 = madd(s, x0, b0);
    b1 = madd(s, x1, b1);
    s = v128.load32_splat(w, 24);
    c0 = madd(s, x0, c0);
    c1 = madd(s, x1, c1);
    s = v128.load32_splat(w, 28);
    d0 = madd(s, x0, d0);
    d1 = madd(s, x1, d1);

    x0 = v128.load(x, 128);
    x1 = v128.load(x, 144);
    s = v128.load32_splat(w, 32);
    a0 = madd(s, x0, a0);
    a1 = madd(s, x1, a1);
    s = v128.load32_splat(w, 36);
    b0 = madd(s, x0, b0);
    b1 = madd(s, x1, b1);
    s = v128.load32_splat(w, 40);
    c0 = madd(s, x0, c0);
    c1 = madd(s, x1, c1);
    s = v128.load32_splat(w, 44);
    d0 = madd(s, x0, d0);
    d1 = madd(s, x1, d1);

    x0 = v128.load(x, 192);
    x1 = v128.load(x, 208);
    s = v128.load32_splat(w, 48);
    a0 = madd(s, x0, a0);
    a1 = madd(s, x1, a1);
    s = v128.load32_splat(w, 52);
    b0 = madd(s, x0, b0);
    b1 = madd(s, x1, b1);
    s = v128.load32_splat(w, 56);
    c0 = madd(s, x0, c0);
    c1 = madd(s, x1, c1);
    s = v128.load32_splat(w, 60);
    d0 = madd(s, x0, d0);
    d1 = madd(s, x1, d1);

    x += 4 * ROW;
    w += 64;
  }
  v128.store(y, a0, 0);
  v128.store(y, a1, 16);
  v128.store(y, b0, 64);
  v128.store(y, b1, 80);
  v128.store(y, c0, 128);
  v128.store(y, c1, 144);
  v128.store(y, d0, 192);
  v128.store(y, d1, 208);
}

/** Four outputs of four samples. */
function tile1(x: usize, w: usize, bias: usize, y: usize, inputs: i32): void {
  let a: v128, b: v128, c: v128, d: v128;
  if (bias) {
    a = v128.load32_splat(bias, 0);
    b = v128.load32_splat(bias, 4);
    c = v128.load32_splat(bias, 8);
    d = v128.load32_splat(bias, 12);
  } else {
    a = v128.load(y, 0);
    b = v128.load(y, 64);
    c = v128.load(y, 128);
    d = v128.load(y, 192);
  }
  for (let i = 0; i < inputs; i += 4) {
    let x0 = v128.load(x, 0);
    a = madd(v128.load32_splat(w, 0), x0, a);
    b = madd(v128.load32_splat(w, 4), x0, b);
    c = madd(v128.load32_splat(w, 8), x0, c);
    d = madd(v128.load32_splat(w, 12), x0, d);
    x0 = v128.load(x, 64);
    a = madd(v128.load32_splat(w, 16), x0, a);
    b = madd(v128.load32_splat(w, 20), x0, b);
    c = madd(v128.load32_splat(w, 24), x0, c);
    d = madd(v128.load32_splat(w, 28), x0, d);
    x0 = v128.load(x, 128);
    a = madd(v128.load32_splat(w, 32), x0, a);
    b = madd(v128.load32_splat(w, 36), x0, b);
    c = madd(v128.load32_splat(w, 40), x0, c);
    d = madd(v128.load32_splat(w, 44), x0, d);
    x0 = v128.load(x, 192);
    a = madd(v128.load32_splat(w, 48), x0, a);
    b = madd(v128.load32_splat(w, 52), x0, b);
    c = madd(v128.load32_splat(w, 56), x0, c);
    d = madd(v128.load32_splat(w, 60), x0, d);
    x += 4 * ROW;
    w += 64;
  }
  v128.store(y, a, 0);
  v128.store(y, b, 64);
  v128.store(y, c, 128);
  v128.store(y, d, 192);
}

/** Applies an activation to the first `wide` vectors of each of a panel's features, in place. */
function activate(y: usize, z: usize, features: i32, wide: i32, activation: i32): void {
  const zero = f32x4.splat(0);
  if (activation == TANH && wide == 4) {
    const end = y + <usize>features * ROW;
    while (y < end) {
      v128.store(y, tanh(v128.load(y)));
      v128.store(y, tanh(v128.load(y, 16)), 16);
      v128.store(y, tanh(v128.load(y, 32)), 32);
      v128.store(y, tanh(v128.load(y, 48)), 48);
      y += ROW;
    }
    return;
  }
  for (let f = 0; f < features; f++) {
    for (let v: usize = 0; v < <usize>wide << 4; v += 16) {
      const value = v128.load(y + v);
      let result: v128;
      if (activation == TANH) result = tanh(value);
      else if (activation == RELU) result = f32x4.max(value, zero);
      else if (activation == LEAKY_RELU) result = f32x4.max(value, f32x4.mul(value, f32x4.splat(0.01)));
      else {
        if (z) v128.store(z + v, value);
        result = f32x4.mul(value, sigmoid(value));
      }
      v128.store(y + v, result);
    }
    y += ROW;
    if (z) z += ROW;
  }
}

/**
 * The same layer for a single sample in lane 0: four outputs side by side, so that no lane is idle.
 */
export function denseSingle(x: usize, packed: usize, bias: usize, y: usize, inputs: i32, outputs: i32, activation: i32): void {
  const blockBytes = <usize>inputs << 4;
  let block = 0;
  for (; block + 16 <= outputs; block += 16) {
    let w0 = packed + (<usize>block >> 2) * blockBytes;
    let w1 = w0 + blockBytes;
    let w2 = w1 + blockBytes;
    let w3 = w2 + blockBytes;
    const b = bias + (<usize>block << 2);
    let a0 = v128.load(b, 0);
    let a1 = v128.load(b, 16);
    let a2 = v128.load(b, 32);
    let a3 = v128.load(b, 48);
    let xi = x;
    for (let i = 0; i < inputs; i++) {
      const s = v128.load32_splat(xi);
      a0 = madd(s, v128.load(w0), a0);
      a1 = madd(s, v128.load(w1), a1);
      a2 = madd(s, v128.load(w2), a2);
      a3 = madd(s, v128.load(w3), a3);
      xi += ROW;
      w0 += 16;
      w1 += 16;
      w2 += 16;
      w3 += 16;
    }
    const out = y + <usize>block * ROW;
    storeColumn(out, finish(a0, activation));
    storeColumn(out + 4 * ROW, finish(a1, activation));
    storeColumn(out + 8 * ROW, finish(a2, activation));
    storeColumn(out + 12 * ROW, finish(a3, activation));
  }
  for (; block < outputs; block += 4) {
    let w = packed + (<usize>block >> 2) * blockBytes;
    let a = v128.load(bias + (<usize>block << 2));
    let xi = x;
    for (let i = 0; i < inputs; i++) {
      a = madd(v128.load32_splat(xi), v128.load(w), a);
      xi += ROW;
      w += 16;
    }
    storeColumn(y + <usize>block * ROW, finish(a, activation));
  }
}

// @ts-ignore: decorator
@inline
function finish(a: v128, activation: i32): v128 {
  if (activation == TANH) return tanh(a);
  if (activation == LINEAR) return a;
  if (activation == RELU) return f32x4.max(a, f32x4.splat(0));
  if (activation == LEAKY_RELU) return f32x4.max(a, f32x4.mul(a, f32x4.splat(0.01)));
  return f32x4.mul(a, sigmoid(a));
}

// @ts-ignore: decorator
@inline
function storeColumn(y: usize, a: v128): void {
  v128.store_lane<f32>(y, a, 0, 0);
  v128.store_lane<f32>(y, a, 1, 64);
  v128.store_lane<f32>(y, a, 2, 128);
  v128.store_lane<f32>(y, a, 3, 192);
}

/** Packs row-major weights [outputs, inputs] (both multiples of 4) to [outputs / 4, inputs, 4]. */
export function packForward(weights: usize, packed: usize, inputs: i32, outputs: i32): void {
  const row = <usize>inputs << 2;
  for (let o = 0; o < outputs; o += 4) {
    for (let i: usize = 0; i < row; i += 16) {
      const a = v128.load(weights + i);
      const b = v128.load(weights + row + i);
      const c = v128.load(weights + 2 * row + i);
      const d = v128.load(weights + 3 * row + i);
      const ab0 = v128.shuffle<f32>(a, b, 0, 4, 1, 5);
      const ab1 = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
      const cd0 = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
      const cd1 = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
      v128.store(packed, v128.shuffle<f32>(ab0, cd0, 0, 1, 4, 5), 0);
      v128.store(packed, v128.shuffle<f32>(ab0, cd0, 2, 3, 6, 7), 16);
      v128.store(packed, v128.shuffle<f32>(ab1, cd1, 0, 1, 4, 5), 32);
      v128.store(packed, v128.shuffle<f32>(ab1, cd1, 2, 3, 6, 7), 48);
      packed += 64;
    }
    weights += 4 * row;
  }
}


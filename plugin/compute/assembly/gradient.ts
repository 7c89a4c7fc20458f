// Fully connected layers, backward.
import { ROW } from "./dense";
import { madd, sigmoid, sum, sums } from "./vector";

const RELU = 1;
const LEAKY_RELU = 2;
const TANH = 3;

/** Packs row-major weights [outputs, inputs] to [inputs / 4, outputs, 4]: the transposed layer's weights. */
export function packBackward(weights: usize, packed: usize, inputs: i32, outputs: i32): void {
  const row = <usize>inputs << 2;
  const block = <usize>outputs << 4;
  let i: usize = 0;
  // Whole lines of the processor's cache at a time.
  for (; i + 64 <= row; i += 64) {
    let from = weights + i;
    let to = packed;
    for (let o = 0; o < outputs; o++) {
      v128.store(to, v128.load(from, 0));
      v128.store(to + block, v128.load(from, 16));
      v128.store(to + 2 * block, v128.load(from, 32));
      v128.store(to + 3 * block, v128.load(from, 48));
      to += 16;
      from += row;
    }
    packed += 4 * block;
  }
  for (; i < row; i += 16) {
    let from = weights + i;
    for (let o = 0; o < outputs; o++) {
      v128.store(packed, v128.load(from));
      packed += 16;
      from += row;
    }
  }
}

/**
 * Turns gradients by an activation's results into gradients by its arguments, in place.
 *
 * @param y - The activation's results; for SiLU, its arguments.
 */
export function activationGradient(
  gradient: usize,
  stride: usize,
  y: usize,
  yStride: usize,
  features: i32,
  vectors: i32,
  activation: i32,
): void {
  if (activation == 0) return;
  const one = f32x4.splat(1);
  const zero = f32x4.splat(0);
  for (let done = 0; done < vectors; done += 4) {
    if (activation == TANH && vectors - done >= 4) {
      const end = gradient + <usize>features * ROW;
      for (let g = gradient, a = y; g < end; g += ROW, a += ROW) {
        tanhSlope(g, a);
        tanhSlope(g + 16, a + 16);
        tanhSlope(g + 32, a + 32);
        tanhSlope(g + 48, a + 48);
      }
      gradient += stride;
      y += yStride;
      continue;
    }
    const wide = <usize>min(4, vectors - done) << 4;
    let g = gradient;
    let a = y;
    for (let f = 0; f < features; f++) {
      for (let v: usize = 0; v < wide; v += 16) {
        const value = v128.load(a + v);
        let slope: v128;
        if (activation == TANH) slope = f32x4.sub(one, f32x4.mul(value, value));
        else if (activation == RELU) slope = v128.and(f32x4.gt(value, zero), one);
        else if (activation == LEAKY_RELU) slope = v128.bitselect(one, f32x4.splat(0.01), f32x4.gt(value, zero));
        else {
          const s = sigmoid(value);
          slope = f32x4.mul(s, f32x4.add(one, f32x4.mul(value, f32x4.sub(one, s))));
        }
        v128.store(g + v, f32x4.mul(v128.load(g + v), slope));
      }
      g += ROW;
      a += ROW;
    }
    gradient += stride;
    y += yStride;
  }
}

// @ts-ignore: decorator
@inline
function tanhSlope(g: usize, a: usize): void {
  const value = v128.load(a);
  v128.store(g, f32x4.mul(v128.load(g), f32x4.sub(f32x4.splat(1), f32x4.mul(value, value))));
}

/** gradient[o, i] = Σ dy[o] · x[i] over all samples. Row-major [outputs, inputs]. */
export function weightGradient(
  dy: usize,
  dyStride: usize,
  x: usize,
  xStride: usize,
  gradient: usize,
  inputs: i32,
  outputs: i32,
  vectors: i32,
): void {
  for (let o = 0; o < outputs; o += 2) {
    const to = gradient + ((<usize>o * <usize>inputs) << 2);
    for (let i = 0; i < inputs; i += 4) {
      let a0 = f32x4.splat(0);
      let a1 = f32x4.splat(0);
      let a2 = f32x4.splat(0);
      let a3 = f32x4.splat(0);
      let b0 = f32x4.splat(0);
      let b1 = f32x4.splat(0);
      let b2 = f32x4.splat(0);
      let b3 = f32x4.splat(0);
      let d = dy + <usize>o * ROW;
      let s = x + <usize>i * ROW;
      for (let done = 0; done < vectors; done += 4) {
        const wide = <usize>min(4, vectors - done) << 4;
        for (let v: usize = 0; v < wide; v += 16) {
          const d0 = v128.load(d + v, 0);
          const d1 = v128.load(d + v, 64);
          let value = v128.load(s + v, 0);
          a0 = madd(d0, value, a0);
          b0 = madd(d1, value, b0);
          value = v128.load(s + v, 64);
          a1 = madd(d0, value, a1);
          b1 = madd(d1, value, b1);
          value = v128.load(s + v, 128);
          a2 = madd(d0, value, a2);
          b2 = madd(d1, value, b2);
          value = v128.load(s + v, 192);
          a3 = madd(d0, value, a3);
          b3 = madd(d1, value, b3);
        }
        d += dyStride;
        s += xStride;
      }
      const at = to + (<usize>i << 2);
      v128.store(at, sums(a0, a1, a2, a3));
      v128.store(at + (<usize>inputs << 2), sums(b0, b1, b2, b3));
    }
  }
}

/** gradient[o] = Σ dy[o] over all samples. */
export function biasGradient(dy: usize, dyStride: usize, gradient: usize, outputs: i32, vectors: i32): void {
  for (let o = 0; o < outputs; o++) {
    let total = f32x4.splat(0);
    let d = dy + <usize>o * ROW;
    for (let done = 0; done < vectors; done += 4) {
      const wide = <usize>min(4, vectors - done) << 4;
      for (let v: usize = 0; v < wide; v += 16) total = f32x4.add(total, v128.load(d + v));
      d += dyStride;
    }
    store<f32>(gradient + (<usize>o << 2), sum(total));
  }
}

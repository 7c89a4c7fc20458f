// The inner loop of convolutions and of their input gradients: at each of some pixels, a sum over K numbers near it times
// K · N weights. What a pixel looks at is the same pattern everywhere: a few segments of consecutive numbers.
//
// Weights are packed in blocks of features: [blocks, K, 8], the last block [K, 4] where four or fewer remain. Tables hold
// byte offsets: where a pixel's pattern begins in the input, and where its features go in the output.

/** Features of the block that begins at `feature`: 8, or 4 for the last. */
// @ts-ignore: decorator
@inline
export function blockWidth(feature: i32, features: i32): i32 {
  return features - feature > 4 ? 8 : 4;
}

/** Features with the padding of their last block. */
// @ts-ignore: decorator
@inline
export function paddedFeatures(features: i32): i32 {
  return (features + 3) & ~3;
}

/** What `correlate` needs to know: ten whole numbers in memory. */
export const JOB_BYTES: usize = 64;

// @ts-ignore: decorator
@inline
function madd(a: v128, b: v128, c: v128): v128 {
  return f32x4.add(f32x4.mul(a, b), c);
}

/**
 * output[pixel, feature] = activation(bias[feature] + Σ input[pattern] · weights[k, feature])
 *
 * @param inTable - [pixels] offsets into `input`.
 * @param outTable - [pixels] offsets into `output`.
 * @param segments - [count] pairs: an offset in bytes, and how many numbers.
 * @param bias - [padded features], zeros where there is none.
 * @param relu - Whether negative results become 0.
 * @param spill - 32 bytes that may be overwritten.
 */
export function correlate(
  input: usize,
  inTable: usize,
  output: usize,
  outTable: usize,
  pixels: i32,
  segments: usize,
  count: i32,
  weights: usize,
  k: i32,
  features: i32,
  bias: usize,
  relu: i32,
  spill: usize,
): void {
  for (let feature = 0; feature < features; ) {
    const width = blockWidth(feature, features);
    const valid = min(width, features - feature);
    const b = bias + (<usize>feature << 2);
    const y = output + (<usize>feature << 2);
    let pixel = 0;
    if (width == 8) {
      for (; pixel + 4 <= pixels; pixel += 4) {
        const at = <usize>pixel << 2;
        fourByEight(input, inTable + at, y, outTable + at, segments, count, weights, b, relu, valid, spill);
      }
    } else {
      for (; pixel + 8 <= pixels; pixel += 8) {
        const at = <usize>pixel << 2;
        eightByFour(input, inTable + at, y, outTable + at, segments, count, weights, b, relu, valid, spill);
      }
    }
    for (; pixel < pixels; pixel++) {
      const at = <usize>pixel << 2;
      const from = input + load<u32>(inTable + at);
      const to = y + load<u32>(outTable + at);
      if (width == 8) oneByEight(from, to, segments, count, weights, b, relu, valid, spill);
      else oneByFour(from, to, segments, count, weights, b, relu, valid, spill);
    }
    weights += (<usize>k * width) << 2;
    feature += width;
  }
}

// @ts-ignore: decorator
@inline
function rectified(a: v128, relu: i32): v128 {
  return relu ? f32x4.max(a, f32x4.splat(0)) : a;
}

/** Writes the first `valid` of eight features. */
// @ts-ignore: decorator
@inline
function put8(y: usize, a0: v128, a1: v128, relu: i32, valid: i32, spill: usize): void {
  if (valid == 8) {
    v128.store(y, rectified(a0, relu));
    v128.store(y, rectified(a1, relu), 16);
  } else {
    v128.store(spill, rectified(a0, relu));
    v128.store(spill, rectified(a1, relu), 16);
    for (let i = 0; i < valid << 2; i += 4) store<f32>(y + i, load<f32>(spill + i));
  }
}

/** Writes the first `valid` of four features. */
// @ts-ignore: decorator
@inline
function put4(y: usize, a: v128, relu: i32, valid: i32, spill: usize): void {
  if (valid == 4) v128.store(y, rectified(a, relu));
  else {
    v128.store(spill, rectified(a, relu));
    for (let i = 0; i < valid << 2; i += 4) store<f32>(y + i, load<f32>(spill + i));
  }
}

/** Eight features of four pixels. */
function fourByEight(
  input: usize,
  inTable: usize,
  output: usize,
  outTable: usize,
  segments: usize,
  count: i32,
  w: usize,
  bias: usize,
  relu: i32,
  valid: i32,
  spill: usize,
): void {
  let a0 = v128.load(bias), a1 = v128.load(bias, 16);
  let b0 = a0, b1 = a1, c0 = a0, c1 = a1, d0 = a0, d1 = a1;
  const p0 = input + load<u32>(inTable, 0);
  const p1 = input + load<u32>(inTable, 4);
  const p2 = input + load<u32>(inTable, 8);
  const p3 = input + load<u32>(inTable, 12);
  let s: v128, w0: v128, w1: v128;
  for (let segment = 0; segment < count; segment++, segments += 8) {
    const from = load<u32>(segments);
    const length = load<u32>(segments, 4);
    let x0 = p0 + from, x1 = p1 + from, x2 = p2 + from, x3 = p3 + from;
    const bulk = x0 + ((length & ~3) << 2);
    const end = x0 + (length << 2);
    for (; x0 < bulk; ) {
      w0 = v128.load(w, 0);
      w1 = v128.load(w, 16);
      s = v128.load32_splat(x0, 0);
      a0 = madd(s, w0, a0);
      a1 = madd(s, w1, a1);
      s = v128.load32_splat(x1, 0);
      b0 = madd(s, w0, b0);
      b1 = madd(s, w1, b1);
      s = v128.load32_splat(x2, 0);
      c0 = madd(s, w0, c0);
      c1 = madd(s, w1, c1);
      s = v128.load32_splat(x3, 0);
      d0 = madd(s, w0, d0);
      d1 = madd(s, w1, d1);

      w0 = v128.load(w, 32);
      w1 = v128.load(w, 48);
      s = v128.load32_splat(x0, 4);
      a0 = madd(s, w0, a0);
      a1 = madd(s, w1, a1);
      s = v128.load32_splat(x1, 4);
      b0 = madd(s, w0, b0);
      b1 = madd(s, w1, b1);
      s = v128.load32_splat(x2, 4);
      c0 = madd(s, w0, c0);
      c1 = madd(s, w1, c1);
      s = v128.load32_splat(x3, 4);
      d0 = madd(s, w0, d0);
      d1 = madd(s, w1, d1);

      w0 = v128.load(w, 64);
      w1 = v128.load(w, 80);
      s = v128.load32_splat(x0, 8);
      a0 = madd(s, w0, a0);
      a1 = madd(s, w1, a1);
      s = v128.load32_splat(x1, 8);
      b0 = madd(s, w0, b0);
      b1 = madd(s, w1, b1);
      s = v128.load32_splat(x2, 8);
      c0 = madd(s, w0, c0);
      c1 = madd(s, w1, c1);
      s = v128.load32_splat(x3, 8);
      d0 = madd(s, w0, d0);
      d1 = madd(s, w1, d1);

      w0 = v128.load(w, 96);
      w1 = v128.load(w, 112);
      s = v128.load32_splat(x0, 12);
      a0 = madd(s, w0, a0);
      a1 = madd(s, w1, a1);
      s = v128.load32_splat(x1, 12);
      b0 = madd(s, w0, b0);
      b1 = madd(s, w1, b1);
      s = v128.load32_splat(x2, 12);
      c0 = madd(s, w0, c0);
      c1 = madd(s, w1, c1);
      s = v128.load32_splat(x3, 12);
      d0 = madd(s, w0, d0);
      d1 = madd(s, w1, d1);

      x0 += 16;
      x1 += 16;
      x2 += 16;
      x3 += 16;
      w += 128;
    }
    for (; x0 < end; ) {
      w0 = v128.load(w, 0);
      w1 = v128.load(w, 16);
      s = v128.load32_splat(x0);
      a0 = madd(s, w0, a0);
      a1 = madd(s, w1, a1);
      s = v128.load32_splat(x1);
      b0 = madd(s, w0, b0);
      b1 = madd(s, w1, b1);
      s = v128.load32_splat(x2);
      c0 = madd(s, w0, c0);
      c1 = madd(s, w1, c1);
      s = v128.load32_splat(x3);
      d0 = madd(s, w0, d0);
      d1 = madd(s, w1, d1);
      x0 += 4;
      x1 += 4;
      x2 += 4;
      x3 += 4;
      w += 32;
    }
  }
  put8(output + load<u32>(outTable, 0), a0, a1, relu, valid, spill);
  put8(output + load<u32>(outTable, 4), b0, b1, relu, valid, spill);
  put8(output + load<u32>(outTable, 8), c0, c1, relu, valid, spill);
  put8(output + load<u32>(outTable, 12), d0, d1, relu, valid, spill);
}

/** Four features of eight pixels. */
function eightByFour(
  input: usize,
  inTable: usize,
  output: usize,
  outTable: usize,
  segments: usize,
  count: i32,
  w: usize,
  bias: usize,
  relu: i32,
  valid: i32,
  spill: usize,
): void {
  let a = v128.load(bias);
  let b = a, c = a, d = a, e = a, f = a, g = a, h = a;
  const p0 = input + load<u32>(inTable, 0);
  const p1 = input + load<u32>(inTable, 4);
  const p2 = input + load<u32>(inTable, 8);
  const p3 = input + load<u32>(inTable, 12);
  const p4 = input + load<u32>(inTable, 16);
  const p5 = input + load<u32>(inTable, 20);
  const p6 = input + load<u32>(inTable, 24);
  const p7 = input + load<u32>(inTable, 28);
  let w0: v128;
  for (let segment = 0; segment < count; segment++, segments += 8) {
    const from = load<u32>(segments);
    const length = load<u32>(segments, 4) << 2;
    for (let at: usize = from; at < from + length; at += 4) {
      w0 = v128.load(w);
      a = madd(v128.load32_splat(p0 + at), w0, a);
      b = madd(v128.load32_splat(p1 + at), w0, b);
      c = madd(v128.load32_splat(p2 + at), w0, c);
      d = madd(v128.load32_splat(p3 + at), w0, d);
      e = madd(v128.load32_splat(p4 + at), w0, e);
      f = madd(v128.load32_splat(p5 + at), w0, f);
      g = madd(v128.load32_splat(p6 + at), w0, g);
      h = madd(v128.load32_splat(p7 + at), w0, h);
      w += 16;
    }
  }
  put4(output + load<u32>(outTable, 0), a, relu, valid, spill);
  put4(output + load<u32>(outTable, 4), b, relu, valid, spill);
  put4(output + load<u32>(outTable, 8), c, relu, valid, spill);
  put4(output + load<u32>(outTable, 12), d, relu, valid, spill);
  put4(output + load<u32>(outTable, 16), e, relu, valid, spill);
  put4(output + load<u32>(outTable, 20), f, relu, valid, spill);
  put4(output + load<u32>(outTable, 24), g, relu, valid, spill);
  put4(output + load<u32>(outTable, 28), h, relu, valid, spill);
}

/** Eight features of one pixel: two sums each, so that they wait for each other less. */
function oneByEight(
  x: usize,
  y: usize,
  segments: usize,
  count: i32,
  w: usize,
  bias: usize,
  relu: i32,
  valid: i32,
  spill: usize,
): void {
  let a0 = v128.load(bias), a1 = v128.load(bias, 16);
  let b0 = f32x4.splat(0), b1 = b0;
  let s: v128;
  for (let segment = 0; segment < count; segment++, segments += 8) {
    let at = x + load<u32>(segments);
    const length = load<u32>(segments, 4);
    const bulk = at + ((length & ~1) << 2);
    for (; at < bulk; at += 8, w += 64) {
      s = v128.load32_splat(at);
      a0 = madd(s, v128.load(w), a0);
      a1 = madd(s, v128.load(w, 16), a1);
      s = v128.load32_splat(at, 4);
      b0 = madd(s, v128.load(w, 32), b0);
      b1 = madd(s, v128.load(w, 48), b1);
    }
    if (length & 1) {
      s = v128.load32_splat(at);
      a0 = madd(s, v128.load(w), a0);
      a1 = madd(s, v128.load(w, 16), a1);
      w += 32;
    }
  }
  put8(y, f32x4.add(a0, b0), f32x4.add(a1, b1), relu, valid, spill);
}

/** Four features of one pixel. */
function oneByFour(
  x: usize,
  y: usize,
  segments: usize,
  count: i32,
  w: usize,
  bias: usize,
  relu: i32,
  valid: i32,
  spill: usize,
): void {
  let a = v128.load(bias);
  for (let segment = 0; segment < count; segment++, segments += 8) {
    let at = x + load<u32>(segments);
    const end = at + (load<u32>(segments, 4) << 2);
    for (; at < end; at += 4, w += 16) a = madd(v128.load32_splat(at), v128.load(w), a);
  }
  put4(y, a, relu, valid, spill);
}

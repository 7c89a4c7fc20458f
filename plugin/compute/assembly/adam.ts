// The optimiser: global-norm clipping and Adam (Kingma and Ba 2015), as torch writes them.

/** The sum of squares of `count` floats, a multiple of 4. */
export function sumOfSquares(values: usize, count: i32): f64 {
  let low = f64x2.splat(0);
  let high = f64x2.splat(0);
  for (let i = 0; i < count; i += 4) {
    const v = v128.load(values + (<usize>i << 2));
    const a = f64x2.promote_low_f32x4(v);
    const b = f64x2.promote_low_f32x4(v128.shuffle<f32>(v, v, 2, 3, 2, 3));
    low = f64x2.add(low, f64x2.mul(a, a));
    high = f64x2.add(high, f64x2.mul(b, b));
  }
  const both = f64x2.add(low, high);
  return f64x2.extract_lane(both, 0) + f64x2.extract_lane(both, 1);
}

/**
 * One step: p −= rate · m / (√v · rootScale + ε), after m and v have taken in gradient · scale.
 *
 * @param rate - Learning rate over (1 − β₁ᵗ). @param rootScale - 1 over √(1 − β₂ᵗ).
 */
export function adam(
  parameters: usize,
  gradients: usize,
  first: usize,
  second: usize,
  count: i32,
  scale: f32,
  rate: f32,
  rootScale: f32,
  epsilon: f32,
): void {
  const s = f32x4.splat(scale);
  const r = f32x4.splat(rate);
  const root = f32x4.splat(rootScale);
  const e = f32x4.splat(epsilon);
  const keepFirst = f32x4.splat(0.9);
  const takeFirst = f32x4.splat(0.1);
  const keepSecond = f32x4.splat(0.999);
  const takeSecond = f32x4.splat(0.001);
  const end = <usize>count << 2;
  for (let i: usize = 0; i < end; i += 16) {
    const g = f32x4.mul(v128.load(gradients + i), s);
    const m = f32x4.add(f32x4.mul(v128.load(first + i), keepFirst), f32x4.mul(g, takeFirst));
    const v = f32x4.add(f32x4.mul(v128.load(second + i), keepSecond), f32x4.mul(f32x4.mul(g, g), takeSecond));
    v128.store(first + i, m);
    v128.store(second + i, v);
    const step = f32x4.div(f32x4.mul(r, m), f32x4.add(f32x4.mul(f32x4.sqrt(v), root), e));
    v128.store(parameters + i, f32x4.sub(v128.load(parameters + i), step));
  }
}

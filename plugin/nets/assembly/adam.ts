// The optimiser on TensorFlow.js's own memory: the gradient's norm, and Adam (Kingma and Ba 2015) as torch writes it.

/** The sum of squares of `count` floats, in double precision. */
export function sumOfSquares(values: usize, count: i32): f64 {
  let low = f64x2.splat(0);
  let high = f64x2.splat(0);
  const whole = count & ~3;
  for (let i = 0; i < whole; i += 4) {
    const v = v128.load(values + (<usize>i << 2));
    const a = f64x2.promote_low_f32x4(v);
    const b = f64x2.promote_low_f32x4(v128.shuffle<f32>(v, v, 2, 3, 2, 3));
    low = f64x2.add(low, f64x2.mul(a, a));
    high = f64x2.add(high, f64x2.mul(b, b));
  }
  const both = f64x2.add(low, high);
  let sum = f64x2.extract_lane(both, 0) + f64x2.extract_lane(both, 1);
  for (let i = whole; i < count; i++) {
    const value = <f64>load<f32>(values + (<usize>i << 2));
    sum += value * value;
  }
  return sum;
}

/**
 * One step: next = p − rate · m / (√v · rootScale + ε), after m and v have taken in gradient · scale.
 *
 * @param next - Where the new parameters go. @param first - m, renewed. @param second - v, renewed.
 * @param rate - Learning rate over (1 − β₁ᵗ). @param rootScale - 1 over √(1 − β₂ᵗ).
 * @param take1 - 1 − β₁, which float32 cannot tell from β₁ well. @param take2 - 1 − β₂.
 */
export function adam(
  parameters: usize,
  gradients: usize,
  next: usize,
  first: usize,
  second: usize,
  count: i32,
  scale: f32,
  rate: f32,
  rootScale: f32,
  epsilon: f32,
  beta1: f32,
  beta2: f32,
  take1: f32,
  take2: f32,
): void {
  const s = f32x4.splat(scale);
  const r = f32x4.splat(rate);
  const root = f32x4.splat(rootScale);
  const e = f32x4.splat(epsilon);
  const keepFirst = f32x4.splat(beta1);
  const takeFirst = f32x4.splat(take1);
  const keepSecond = f32x4.splat(beta2);
  const takeSecond = f32x4.splat(take2);
  const whole = <usize>(count & ~3) << 2;
  const end = <usize>count << 2;
  for (let i: usize = 0; i < whole; i += 16) {
    const g = f32x4.mul(v128.load(gradients + i), s);
    const m = f32x4.add(f32x4.mul(v128.load(first + i), keepFirst), f32x4.mul(g, takeFirst));
    const v = f32x4.add(f32x4.mul(v128.load(second + i), keepSecond), f32x4.mul(f32x4.mul(g, g), takeSecond));
    v128.store(first + i, m);
    v128.store(second + i, v);
    const step = f32x4.div(f32x4.mul(r, m), f32x4.add(f32x4.mul(f32x4.sqrt(v), root), e));
    v128.store(next + i, f32x4.sub(v128.load(parameters + i), step));
  }
  for (let i = whole; i < end; i += 4) {
    const g = load<f32>(gradients + i) * scale;
    const m = load<f32>(first + i) * beta1 + g * take1;
    const v = load<f32>(second + i) * beta2 + g * g * take2;
    store<f32>(first + i, m);
    store<f32>(second + i, v);
    const step = (rate * m) / (sqrt<f32>(v) * rootScale + epsilon);
    store<f32>(next + i, load<f32>(parameters + i) - step);
  }
}

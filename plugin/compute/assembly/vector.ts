// Arithmetic on four numbers at a time. Compiled by AssemblyScript, not by TypeScript.

/** a · b + c: one rounding with relaxed SIMD, two without. */
// @ts-ignore: decorator
@inline
export function madd(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, c);
  return f32x4.add(f32x4.mul(a, b), c);
}

/** The sum of the four lanes. */
// @ts-ignore: decorator
@inline
export function sum(a: v128): f32 {
  return (
    f32x4.extract_lane(a, 0) + f32x4.extract_lane(a, 2) + (f32x4.extract_lane(a, 1) + f32x4.extract_lane(a, 3))
  );
}

/** The sums of the lanes of four vectors, as one vector. */
// @ts-ignore: decorator
@inline
export function sums(a: v128, b: v128, c: v128, d: v128): v128 {
  const ab = f32x4.add(v128.shuffle<f32>(a, b, 0, 4, 1, 5), v128.shuffle<f32>(a, b, 2, 6, 3, 7));
  const cd = f32x4.add(v128.shuffle<f32>(c, d, 0, 4, 1, 5), v128.shuffle<f32>(c, d, 2, 6, 3, 7));
  return f32x4.add(v128.shuffle<f32>(ab, cd, 0, 1, 4, 5), v128.shuffle<f32>(ab, cd, 2, 3, 6, 7));
}

/**
 * exp(r) − 1 for |r| ≤ ½ ln 2, by Taylor's series to r⁷ (the next term is below 1e-8 of the result).
 */
// @ts-ignore: decorator
@inline
function expm1Reduced(r: v128): v128 {
  let p = f32x4.splat(1.0 / 5040.0);
  p = madd(p, r, f32x4.splat(1.0 / 720.0));
  p = madd(p, r, f32x4.splat(1.0 / 120.0));
  p = madd(p, r, f32x4.splat(1.0 / 24.0));
  p = madd(p, r, f32x4.splat(1.0 / 6.0));
  p = madd(p, r, f32x4.splat(0.5));
  p = madd(p, r, f32x4.splat(1.0));
  return f32x4.mul(p, r);
}

/** 2ⁿ for whole n in [-126, 127]. */
// @ts-ignore: decorator
@inline
function powerOfTwo(n: v128): v128 {
  return i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(n), i32x4.splat(127)), 23);
}

// @ts-ignore: decorator
@inline
function reduce(x: v128, n: v128): v128 {
  // ln 2 in two parts: the first has so few bits that n times it is exact (Cody and Waite).
  const high = f32x4.sub(x, f32x4.mul(n, f32x4.splat(0.693359375)));
  return f32x4.sub(high, f32x4.mul(n, f32x4.splat(-2.12194440e-4)));
}

/** exp(x), for x clamped to [-87, 88]. NaN stays NaN. */
export function exp(x: v128): v128 {
  const clamped = f32x4.max(f32x4.splat(-87), f32x4.min(x, f32x4.splat(88)));
  const n = f32x4.nearest(f32x4.mul(clamped, f32x4.splat(1.44269504088896)));
  const e = expm1Reduced(reduce(clamped, n));
  return f32x4.mul(f32x4.add(e, f32x4.splat(1)), powerOfTwo(n));
}

/**
 * tanh(x) as x · P(x²) / Q(x²), with x clamped to ±8, where tanh is 1 but for 2e-7. NaN stays NaN: pmin and pmax keep their
 * first argument when a comparison fails, and cost one instruction where min and max cost six on x86.
 *
 * P of degree 3 and Q of degree 4, fitted by reweighted least squares on [0, 8] in float64: relative error 1.5e-7 before
 * rounding, 4.7e-7 with it, never above 1. A quarter of the time of (e²ˣ − 1) / (e²ˣ + 1) in V8 of Node 20.
 */
// @ts-ignore: decorator
@inline
export function tanh(x: v128): v128 {
  const c = f32x4.pmax(f32x4.pmin(x, f32x4.splat(8)), f32x4.splat(-8));
  const u = f32x4.mul(c, c);
  let q = madd(f32x4.splat(2.4591880496245074e-7), u, f32x4.splat(0.00023866829907355811));
  let p = madd(f32x4.splat(0.000011428354486351995), u, f32x4.splat(0.0029510178540281752));
  q = madd(q, u, f32x4.splat(0.023815530784342565));
  p = madd(p, u, f32x4.splat(0.12925657828543924));
  q = madd(q, u, f32x4.splat(0.46258873540483997));
  p = madd(p, u, f32x4.splat(0.9999998547599792));
  q = madd(q, u, f32x4.splat(1));
  return f32x4.div(f32x4.mul(c, p), q);
}

/** 1 / (1 + exp(−x)). */
// @ts-ignore: decorator
@inline
export function sigmoid(x: v128): v128 {
  return f32x4.div(f32x4.splat(1), f32x4.add(f32x4.splat(1), exp(f32x4.neg(x))));
}

/**
 * ln x for positive, normal x: x = 2ᵉ · m with m in [√½, √2), and 2 artanh((m − 1) / (m + 1)) to the ninth power.
 */
export function log(x: v128): v128 {
  const shifted = i32x4.add(x, i32x4.splat(0x3f800000 - 0x3f3504f3));
  const exponent = i32x4.sub(i32x4.shr_s(shifted, 23), i32x4.splat(127));
  const m = i32x4.sub(x, i32x4.shl(exponent, 23));
  const s = f32x4.div(f32x4.sub(m, f32x4.splat(1)), f32x4.add(m, f32x4.splat(1)));
  const q = f32x4.mul(s, s);
  let p = f32x4.splat(2.0 / 9.0);
  p = madd(p, q, f32x4.splat(2.0 / 7.0));
  p = madd(p, q, f32x4.splat(2.0 / 5.0));
  p = madd(p, q, f32x4.splat(2.0 / 3.0));
  p = madd(p, q, f32x4.splat(2.0));
  const e = f32x4.convert_i32x4_s(exponent);
  const low = madd(e, f32x4.splat(-2.12194440e-4), f32x4.mul(p, s));
  return madd(e, f32x4.splat(0.693359375), low);
}

/** sin of an angle in [-π/4, π/4]. */
// @ts-ignore: decorator
@inline
export function sinReduced(a: v128): v128 {
  const q = f32x4.mul(a, a);
  let p = f32x4.splat(1.0 / 362880.0);
  p = madd(p, q, f32x4.splat(-1.0 / 5040.0));
  p = madd(p, q, f32x4.splat(1.0 / 120.0));
  p = madd(p, q, f32x4.splat(-1.0 / 6.0));
  return madd(f32x4.mul(p, q), a, a);
}

/** cos of an angle in [-π/4, π/4]. */
// @ts-ignore: decorator
@inline
export function cosReduced(a: v128): v128 {
  const q = f32x4.mul(a, a);
  let p = f32x4.splat(1.0 / 40320.0);
  p = madd(p, q, f32x4.splat(-1.0 / 720.0));
  p = madd(p, q, f32x4.splat(1.0 / 24.0));
  p = madd(p, q, f32x4.splat(-0.5));
  return madd(p, q, f32x4.splat(1));
}

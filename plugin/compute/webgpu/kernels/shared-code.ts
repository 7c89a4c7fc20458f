/**
 * WGSL that all kernels begin with: the buffers, by one layout for all, and arithmetic.
 */

/** Words of a `Job`, the uniform that says what one minibatch is; see `minibatch-jobs.ts`, which writes it. */
export const JOB_WORDS = 28;
/** Words of one minibatch's statistics: 5 means, the gradient's norm, the verdict, 1 unused. */
export const STATISTICS_WORDS = 8;
/** Which word of the statistics is the verdict: 0 good, 1 diverged too far, 2 and more: which quantity went bad. */
export const VERDICT_WORD = 6;

/** What is bound where, for the layout of the bind group. */
export const BINDINGS = [
  { name: "job", type: "uniform" },
  { name: "rollout", type: "read-only-storage" },
  { name: "parameters", type: "storage" },
  { name: "transposed", type: "storage" },
  { name: "results", type: "storage" },
  { name: "slopes", type: "storage" },
  { name: "gradients", type: "storage" },
  { name: "statistics", type: "storage" },
] as const;

/** The buffers. */
export const BUFFERS_CODE = /* wgsl */ `
struct Job {
  // Where this block's row numbers begin in the rollout, how many rows it has, and which minibatch it belongs to.
  order: u32,
  count: u32,
  minibatch: u32,
  isFirstBlock: u32,
  isLastBlock: u32,
  // 1 over the rows of the whole minibatch.
  share: f32,
  advantageMean: f32,
  advantageScale: f32,
  // Learning rate over (1 − β₁ᵗ), and 1 over √(1 − β₂ᵗ).
  rate: f32,
  rootScale: f32,
  clipRange: f32,
  valueClipRange: f32,
  entropyCoefficient: f32,
  valueCoefficient: f32,
  maxGradientNorm: f32,
  targetKl: f32,
  // Where the rollout's parts begin.
  observations: u32,
  continuous: u32,
  discrete: u32,
  masks: u32,
  logProbabilities: u32,
  values: u32,
  advantages: u32,
  returns: u32,
  normaliser: u32,
}

@group(0) @binding(0) var<uniform> job: Job;
@group(0) @binding(1) var<storage, read> rollout: array<u32>;
// Parameters, then first moments, then second moments.
@group(0) @binding(2) var<storage, read_write> parameters: array<f32>;
// Parameters again, matrices transposed.
@group(0) @binding(3) var<storage, read_write> transposed: array<f32>;
@group(0) @binding(4) var<storage, read_write> results: array<f32>;
@group(0) @binding(5) var<storage, read_write> slopes: array<f32>;
// By the parameters, then each tile's sum of squares.
@group(0) @binding(6) var<storage, read_write> gradients: array<f32>;
// One entry per minibatch, after an empty one.
@group(0) @binding(7) var<storage, read_write> statistics: array<u32>;
`;

/** Leaves a kernel at once where an earlier minibatch has ended the update. Needs \`t\`, the invocation's number. */
export const LEAVE_IF_ENDED_CODE = /* wgsl */ `
  if (t == 0u) { ended = statistics[job.minibatch * ${STATISTICS_WORDS}u + ${VERDICT_WORD}u]; }
  if (workgroupUniformLoad(&ended) != 0u) { return; }
`;

/** Goes with it. */
export const ENDED_CODE = "var<workgroup> ended: u32;";

/**
 * Elementary functions of our own: WGSL lets tanh be wrong by 1e-5 and log by 5e-7 (https://www.w3.org/TR/WGSL/#concrete-float-accuracy),
 * and lets a compiler take it for granted that there is no NaN, so NaN is looked for in the bits.
 */
export const ARITHMETIC_CODE = /* wgsl */ `
fn isNan(x: f32) -> bool { return (bitcast<u32>(x) & 0x7fffffffu) > 0x7f800000u; }

fn hasNan(x: vec4f) -> bool {
  return any((bitcast<vec4u>(x) & vec4u(0x7fffffffu)) > vec4u(0x7f800000u));
}

// exp(r) − 1 for |r| ≤ ½ ln 2, by Taylor's series to r⁷ (the next term is below 1e-8 of the result).
fn expm1Reduced(r: vec4f) -> vec4f {
  var p = r * (1.0 / 5040.0) + 1.0 / 720.0;
  p = p * r + 1.0 / 120.0;
  p = p * r + 1.0 / 24.0;
  p = p * r + 1.0 / 6.0;
  p = p * r + 0.5;
  p = p * r + 1.0;
  return p * r;
}

// 2ⁿ for whole n in [-126, 127].
fn powerOfTwo(n: vec4f) -> vec4f { return bitcast<vec4f>((vec4i(n) + 127) << vec4u(23u)); }

// ln 2 in two parts: the first has so few bits that n times it is exact (Cody and Waite).
fn reduced(x: vec4f, n: vec4f) -> vec4f { return (x - n * 0.693359375) - n * -2.12194440e-4; }

// exp(x), for x clamped to [-87, 88].
fn exponentials(x: vec4f) -> vec4f {
  let clamped = clamp(x, vec4f(-87.0), vec4f(88.0));
  let n = round(clamped * 1.44269504088896);
  return (expm1Reduced(reduced(clamped, n)) + 1.0) * powerOfTwo(n);
}

fn exponential(x: f32) -> f32 { return exponentials(vec4f(x)).x; }

// e / (e + 2) with e = exp(2x) − 1, which keeps small x exact.
fn hyperbolicTangents(x: vec4f) -> vec4f {
  let doubled = clamp(x + x, vec4f(-18.0), vec4f(18.0));
  let n = round(doubled * 1.44269504088896);
  let scale = powerOfTwo(n);
  let e = expm1Reduced(reduced(doubled, n)) * scale + (scale - 1.0);
  return e / (e + 2.0);
}

fn sigmoids(x: vec4f) -> vec4f { return 1.0 / (1.0 + exponentials(-x)); }

// ln x for positive, normal x = 2ᵉ · m with m in [√½, √2): 2 artanh((m − 1) / (m + 1)) to the ninth power.
fn logarithm(x: f32) -> f32 {
  let bits = bitcast<u32>(x);
  let exponent = i32((bits + (0x3f800000u - 0x3f3504f3u)) >> 23u) - 127;
  let m = bitcast<f32>(bits - (u32(exponent) << 23u));
  let s = (m - 1.0) / (m + 1.0);
  let q = s * s;
  var p = q * (2.0 / 9.0) + 2.0 / 7.0;
  p = p * q + 2.0 / 5.0;
  p = p * q + 2.0 / 3.0;
  p = p * q + 2.0;
  let e = f32(exponent);
  return e * 0.693359375 + (e * -2.12194440e-4 + p * s);
}
`;

/**
 * Curves over one number, from additions, multiplications, divisions and square roots only: IEEE 754 fixes their last
 * bit, so pictures made of them have the same bytes in every JavaScript engine. `Math.sin` and `Math.pow` promise less.
 */

/** `x` held within [0, 1]. */
export function clamp01(x: number): number {
  return x < 0 ? 0 : x > 1 ? 1 : x;
}

/** From `a` at 0 to `b` at 1. */
export function mix(a: number, b: number, share: number): number {
  return a + (b - a) * share;
}

/** 0 up to `low`, 1 from `high` on, and smooth between. `low` may be the larger one: then it falls. */
export function smoothstep(low: number, high: number, x: number): number {
  const t = clamp01((x - low) / (high - low));
  return t * t * (3 - 2 * t);
}

/** The sine of an angle in turns (1 is a full circle), within 2e-9 of `Math.sin`. */
export function sineOfTurns(turns: number): number {
  let t = turns - Math.floor(turns + 0.5); // [-0.5, 0.5)
  if (t > 0.25) t = 0.5 - t;
  else if (t < -0.25) t = -0.5 - t;
  const x = t * (2 * Math.PI);
  const s = x * x;
  return x * (1 - (s / 6) * (1 - (s / 20) * (1 - (s / 42) * (1 - (s / 72) * (1 - (s / 110) * (1 - s / 156))))));
}

/** The cosine of an angle in turns. */
export function cosineOfTurns(turns: number): number {
  return sineOfTurns(turns + 0.25);
}

/** The real fifth root of a number in [0, 1], by Newton's method. */
function fifthRoot(x: number): number {
  if (x <= 0) return 0;
  let root = 1;
  for (let i = 0; i < 60; i++) {
    const fourth = root * root * root * root;
    const next = root - (root - x / fourth) / 5;
    if (next === root || next > root) return root;
    root = next;
  }
  return root;
}

/** x to the power 2.4, for x in [0, 1]: the exponent of sRGB. */
export function power2point4(x: number): number {
  const root = fifthRoot(x);
  return x * x * root * root;
}

/** x to the power 1 / 2.4, for x in [0, 1]: what `power2point4` undoes. */
export function root2point4(x: number): number {
  if (x <= 0) return 0;
  // x^(5/12) = sqrt(sqrt(x^(5/3))), and a cube root by Newton's method.
  const fifth = x * x * x * x * x;
  let root = 1;
  for (let i = 0; i < 80; i++) {
    const next = root - (root - fifth / (root * root)) / 3;
    if (next === root || next > root) break;
    root = next;
  }
  return Math.sqrt(Math.sqrt(root));
}

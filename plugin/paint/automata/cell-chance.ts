/**
 * Which cells change in a step: 32 bits for each place, step and seed, alike in JavaScript, WGSL and GLSL.
 *
 * The finaliser is MurmurHash3's (Appleby 2011, public domain); a cell changes where the highest bit is 0. Copies of these lines in
 * `automaton-wgsl.ts` and `automaton-glsl.ts` must give the same numbers.
 *
 * @param x - Column, a whole number from 0.
 * @param y - Row, a whole number from 0.
 * @param stream - Of the step, see `streamOfStep`.
 */
export function cellChance(x: number, y: number, stream: number): number {
  return mixed(Math.imul(x, 0x27d4eb2d) ^ Math.imul(y + 0x3c6ef372, 0x165667b1) ^ stream);
}

/** The chance of a step: 32 bits. @param step - From 0. @param seed - Its lowest 32 bits count. */
export function streamOfStep(step: number, seed: number): number {
  return mixed(Math.imul(step, 0x9e3779b1) ^ mixed(seed | 0));
}

function mixed(value: number): number {
  let bits = value | 0;
  bits ^= bits >>> 15;
  bits = Math.imul(bits, 0x85ebca6b);
  bits ^= bits >>> 13;
  bits = Math.imul(bits, 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}

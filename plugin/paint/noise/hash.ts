/**
 * Numbers that look like chance but belong to a place: the same place gives the same number, in any order of asking.
 *
 * The finaliser is MurmurHash3's (Appleby 2011, public domain). Whole-number arithmetic, so alike in every engine.
 */

/** 32 bits for a lattice point. */
export function hash2(x: number, y: number, seed: number): number {
  let bits = Math.imul(x, 0x27d4eb2d) ^ Math.imul(y + 0x3c6ef372, 0x165667b1) ^ seed;
  bits ^= bits >>> 15;
  bits = Math.imul(bits, 0x85ebca6b);
  bits ^= bits >>> 13;
  bits = Math.imul(bits, 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}

/** A number in [0, 1) for a numbered thing: a brick, a stone, a thread. `seed` says which of its properties. */
export function chanceOf(id: number, seed: number): number {
  return hash2(id, 0x51ed27, seed) / 4294967296;
}

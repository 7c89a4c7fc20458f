// Threefry-2x32-20 (Salmon et al. 2011) for four counters at a time; the same numbers as plugin/core/random.ts.

/** The two words of the latest blocks. */
export let word0: v128 = i32x4.splat(0);
export let word1: v128 = i32x4.splat(0);

// @ts-ignore: decorator
@inline
function rotate(x: v128, by: i32): v128 {
  return v128.or(i32x4.shl(x, by), i32x4.shr_u(x, 32 - by));
}

/** Fills `word0` and `word1` from four counters. */
export function threefry(key0: i32, key1: i32, counter0: v128, counter1: v128): void {
  const k0 = i32x4.splat(key0);
  const k1 = i32x4.splat(key1);
  const k2 = v128.xor(v128.xor(k0, k1), i32x4.splat(0x1bd11bda));
  let x0 = i32x4.add(counter0, k0);
  let x1 = i32x4.add(counter1, k1);
  for (let group = 0; group < 5; group++) {
    if (group & 1) {
      x0 = i32x4.add(x0, x1);
      x1 = v128.xor(rotate(x1, 17), x0);
      x0 = i32x4.add(x0, x1);
      x1 = v128.xor(rotate(x1, 29), x0);
      x0 = i32x4.add(x0, x1);
      x1 = v128.xor(rotate(x1, 16), x0);
      x0 = i32x4.add(x0, x1);
      x1 = v128.xor(rotate(x1, 24), x0);
    } else {
      x0 = i32x4.add(x0, x1);
      x1 = v128.xor(rotate(x1, 13), x0);
      x0 = i32x4.add(x0, x1);
      x1 = v128.xor(rotate(x1, 15), x0);
      x0 = i32x4.add(x0, x1);
      x1 = v128.xor(rotate(x1, 26), x0);
      x0 = i32x4.add(x0, x1);
      x1 = v128.xor(rotate(x1, 6), x0);
    }
    const phase = group % 3;
    x0 = i32x4.add(x0, phase == 0 ? k1 : phase == 1 ? k2 : k0);
    x1 = i32x4.add(i32x4.add(x1, phase == 0 ? k2 : phase == 1 ? k0 : k1), i32x4.splat(group + 1));
  }
  word0 = x0;
  word1 = x1;
}

/** Words to numbers in [0, 1), 24 bits each. */
// @ts-ignore: decorator
@inline
export function toUniform(words: v128): v128 {
  return f32x4.mul(f32x4.convert_i32x4_s(i32x4.shr_u(words, 8)), f32x4.splat(1.0 / 16777216.0));
}

import { describe, expect, it } from "vitest";
import { Random } from "../../../plugin/core/random.ts";
import { StatePool } from "../../../plugin/nets/automata/state-pool.ts";

const SIDE = 32;
const CHANNELS = 4;
const SIZE = SIDE * SIDE * CHANNELS;

/** A pool of four states of 0.5, and how many numbers of each are still so when it has been taken 60 times. */
function takenOften(): { readonly kept: number[]; readonly anew: number[] } {
  const pool = new StatePool(4, SIDE, CHANNELS);
  const all = Uint32Array.of(0, 1, 2, 3);
  pool.put(all, new Float32Array(4 * SIZE).fill(0.5));
  const random = new Random(1);
  const anew = [0, 0, 0, 0];
  const kept = [0, 0, 0, 0];
  for (let time = 0; time < 60; time++) {
    const values = pool.take(all, random);
    for (const index of all) {
      const left = values.subarray(index * SIZE, (index + 1) * SIZE).filter((value) => value === 0.5).length;
      if (left === 0) anew[index] += 1;
      if (left === SIZE) kept[index] += 1;
    }
  }
  return { kept, anew };
}

describe("A pool of states", () => {
  it("begins one in four states anew at about every third time, and lets the others grow old", () => {
    const { anew } = takenOften();
    expect(anew.slice(1)).toEqual([0, 0, 0]);
    // 60 ÷ 3 = 20, with a deviation of √(60 · 1/3 · 2/3) = 3.7.
    expect(anew[0]).toBeGreaterThan(9);
    expect(anew[0]).toBeLessThan(31);
  });

  it("damages a part of some states", () => {
    const damaged = takenOften()
      .kept.slice(1)
      .map((kept) => 60 - kept);
    // 60 · 0.15 = 9, with a deviation of 2.8.
    for (const count of damaged) {
      expect(count).toBeGreaterThan(0);
      expect(count).toBeLessThan(20);
    }
  });

  it("begins a state anew that has run away to its bounds", () => {
    const pool = new StatePool(2, SIDE, CHANNELS);
    const grown = new Float32Array(2 * SIZE).fill(0.5);
    // One in twenty numbers at a bound may be, one in five may not.
    for (let i = 0; i < SIZE; i += 20) grown[i] = -1;
    for (let i = 0; i < SIZE; i += 5) grown[SIZE + i] = 1;
    pool.put(Uint32Array.of(1, 0), grown);
    const random = new Random(1);
    const taken = Array.from({ length: 20 }, () => pool.take(Uint32Array.of(0, 1), random));
    expect(taken.every((values) => values.subarray(0, SIZE).every((value) => value === 0))).toBe(true);
    expect(taken.some((values) => values.subarray(SIZE).every((value, i) => value === grown[i]))).toBe(true);
  });
});

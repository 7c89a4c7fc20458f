import { portableLog } from "./portable-math.ts";

const PARITY = 0x1bd11bda;
const ROTATIONS = [13, 15, 26, 6, 17, 29, 16, 24] as const;

/**
 * A seeded, counter-based random generator: number `n` of a seed is a pure function of seed and `n`.
 *
 * So its whole state is one counter, it can be stored in a checkpoint, and streams split off by `fork` never overlap.
 * Threefry-2x32 with 20 rounds, Salmon et al. 2011, "Parallel random numbers: as easy as 1, 2, 3",
 * https://doi.org/10.1145/2063384.2063405. Every result is the same in every JavaScript engine.
 */
export class Random {
  readonly seed: number;
  readonly stream: number;
  #counterLow = 0;
  #counterHigh = 0;
  #hasSecond = false;
  #first = 0;
  #second = 0;
  #spareNormal = Number.NaN;

  /**
   * @param seed - Any number; its lowest 32 bits count.
   * @param stream - Which independent stream of that seed, 32 bits. Default 0.
   */
  constructor(seed: number, stream = 0) {
    this.seed = seed >>> 0;
    this.stream = stream >>> 0;
  }

  /** A whole number in [0, 2³²). */
  uint32(): number {
    if (this.#hasSecond) {
      this.#hasSecond = false;
      return this.#second;
    }
    this.#block(this.#counterLow, this.#counterHigh);
    this.#counterLow = (this.#counterLow + 1) >>> 0;
    if (this.#counterLow === 0) this.#counterHigh = (this.#counterHigh + 1) >>> 0;
    this.#hasSecond = true;
    return this.#first;
  }

  /** A number in [0, 1) with 32 random bits. */
  uniform(): number {
    return this.uint32() / 4294967296;
  }

  /** A number in [low, high). */
  between(low: number, high: number): number {
    return low + (high - low) * this.uniform();
  }

  /** A whole number in [0, count), without bias. */
  integer(count: number): number {
    const limit = 4294967296 - (4294967296 % count);
    let bits = this.uint32();
    while (bits >= limit) bits = this.uint32();
    return bits % count;
  }

  /** A normally distributed number with mean 0 and standard deviation 1 (Marsaglia's polar method). */
  normal(): number {
    if (!Number.isNaN(this.#spareNormal)) {
      const spare = this.#spareNormal;
      this.#spareNormal = Number.NaN;
      return spare;
    }
    for (;;) {
      const x = 2 * this.uniform() - 1;
      const y = 2 * this.uniform() - 1;
      const square = x * x + y * y;
      if (square >= 1 || square === 0) continue;
      const scale = Math.sqrt((-2 * portableLog(square)) / square);
      this.#spareNormal = y * scale;
      return x * scale;
    }
  }

  /** One of `items`, each as likely as the others. */
  pick<T>(items: readonly T[]): T {
    return items[this.integer(items.length)];
  }

  /** Puts the items into random order, in place (Fisher and Yates). */
  shuffle(items: Uint32Array | unknown[]): void {
    for (let i = items.length - 1; i > 0; i--) {
      const j = this.integer(i + 1);
      const kept = items[i];
      items[i] = items[j];
      items[j] = kept;
    }
  }

  /** An independent generator, named by a number: the same number always gives the same one. Takes no number from this. */
  fork(name: number): Random {
    const pending = this.#second;
    this.#block(name >>> 0, 0xffffffff);
    const fork = new Random(this.#first, this.#second);
    this.#second = pending;
    return fork;
  }

  /** Everything needed to go on from here: give it to `restore`. */
  state(): number[] {
    const spare = Number.isNaN(this.#spareNormal) ? [] : [this.#spareNormal];
    return [this.#counterLow, this.#counterHigh, this.#hasSecond ? 1 : 0, ...spare];
  }

  /** Goes on from a stored state of a generator with the same seed and stream. */
  restore(state: readonly number[]): void {
    this.#counterLow = state[0] >>> 0;
    this.#counterHigh = state[1] >>> 0;
    this.#hasSecond = false;
    if (state[2] === 1) {
      const low = (this.#counterLow - 1) >>> 0;
      this.#block(low, this.#counterLow === 0 ? (this.#counterHigh - 1) >>> 0 : this.#counterHigh);
      this.#hasSecond = true;
    }
    this.#spareNormal = state[3] ?? Number.NaN;
  }

  #block(counterLow: number, counterHigh: number): void {
    const k0 = this.seed | 0;
    const k1 = this.stream | 0;
    const k2 = k0 ^ k1 ^ PARITY;
    let x0 = (counterLow + k0) | 0;
    let x1 = (counterHigh + k1) | 0;
    for (let group = 0; group < 5; group++) {
      const base = (group & 1) << 2;
      for (let i = 0; i < 4; i++) {
        const rotation = ROTATIONS[base + i];
        x0 = (x0 + x1) | 0;
        x1 = (x1 << rotation) | (x1 >>> (32 - rotation));
        x1 ^= x0;
      }
      const phase = group % 3;
      x0 = (x0 + (phase === 0 ? k1 : phase === 1 ? k2 : k0)) | 0;
      x1 = (x1 + (phase === 0 ? k2 : phase === 1 ? k0 : k1) + group + 1) | 0;
    }
    this.#first = x0 >>> 0;
    this.#second = x1 >>> 0;
  }
}

import type { Random } from "../../../core/random.ts";

/** Of each octave. */
const WAVES = 4;

interface Octaves {
  /** Whole waves across and down the tile of the first octave; each further one has twice as many. */
  readonly across: number;
  readonly down: number;
  readonly octaves: number;
  /** Of each octave against the one before. */
  readonly gain: number;
}

/**
 * Smooth chance that goes on around the borders, of a deviation of about 1: sums of plane waves in chance's directions. Each is kept as its values
 * along both sides, so that a look takes no sines.
 */
export class Waves {
  readonly #across: Float32Array;
  readonly #down: Float32Array;
  readonly #waves: number;

  constructor(
    { width, height }: { readonly width: number; readonly height: number },
    { across, down, octaves, gain }: Octaves,
    random: Random,
  ) {
    this.#waves = octaves * WAVES;
    this.#across = new Float32Array(2 * this.#waves * width);
    this.#down = new Float32Array(2 * this.#waves * height);
    let power = 0;
    for (let octave = 0; octave < octaves; octave++) power += (WAVES * gain ** (2 * octave)) / 2;
    for (let wave = 0; wave < this.#waves; wave++) {
      const octave = Math.floor(wave / WAVES);
      const angle = (Math.PI * ((wave % WAVES) + random.uniform())) / WAVES;
      const cycles = (count: number, share: number): number => Math.round(count * 2 ** octave * share);
      const [right, below] = [cycles(across, Math.cos(angle)), cycles(down, Math.sin(angle))];
      const turns = random.uniform();
      const size = gain ** octave / Math.sqrt(power);
      write(this.#across, wave, this.#waves, { length: width, cycles: right, turns, size });
      write(this.#down, wave, this.#waves, { length: height, cycles: below, turns: 0, size: 1 });
    }
  }

  /** @param x - Pixel across; `y` the one down. */
  at(x: number, y: number): number {
    const [across, down] = [this.#across, this.#down];
    let sum = 0;
    for (let wave = 0, a = 2 * x * this.#waves, d = 2 * y * this.#waves; wave < this.#waves; wave++, a += 2, d += 2) {
      sum += across[a] * down[d + 1] + across[a + 1] * down[d];
    }
    return sum;
  }
}

interface Wave {
  readonly length: number;
  readonly cycles: number;
  readonly turns: number;
  readonly size: number;
}

/** Sine and cosine of one wave for each pixel, [length, waves, 2]. */
function write(values: Float32Array, wave: number, waves: number, { length, cycles, turns, size }: Wave): void {
  for (let i = 0; i < length; i++) {
    const angle = 2 * Math.PI * ((cycles * (i + 0.5)) / length + turns);
    values[2 * (i * waves + wave)] = size * Math.sin(angle);
    values[2 * (i * waves + wave) + 1] = size * Math.cos(angle);
  }
}

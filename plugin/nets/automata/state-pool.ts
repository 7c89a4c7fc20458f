import type { Random } from "../../core/random.ts";
import type { Palette } from "./palette.ts";
import type { ColourPicture } from "../likeness/texture-likeness.ts";

/** One in so many states is young: it begins anew as a seed now and then. The others grow older for as long as teaching goes on. */
const YOUNG = 4;
/** How often a young state begins anew. */
const RESEED = 1 / 3;
/** A state of which so many numbers are at their bounds has run away. */
const RUNAWAY = 0.1;
/** How often a state is damaged before it grows on. */
const DAMAGE = 0.15;

/**
 * States that an automaton grows from, older with each mini-batch, so that it learns to keep what it has made, and to heal it.
 *
 * Mordvintsev et al. 2020, https://distill.pub/2020/growing-ca/, experiment 3.
 */
export class StatePool {
  readonly #side: number;
  readonly #channels: number;
  readonly #states: Float32Array[];
  #last = 0;

  constructor(count: number, side: number, channels: number) {
    this.#side = side;
    this.#channels = channels;
    this.#states = Array.from({ length: count }, () => new Float32Array(side * side * channels));
  }

  /** Copies of states, some of them damaged, now and then one of them a seed; [chosen, side, side, channels]. */
  take(chosen: Uint32Array, random: Random): Float32Array {
    const size = this.#side * this.#side * this.#channels;
    const values = new Float32Array(chosen.length * size);
    chosen.forEach((index, place) => {
      const part = values.subarray(place * size, (place + 1) * size);
      if (index % YOUNG === 0 && random.uniform() < RESEED) return;
      part.set(this.#states[index]);
      if (random.uniform() < DAMAGE) this.#damage(part, random);
    });
    return values;
  }

  /** Keeps what has become of states; copied. One that has run away begins anew: little can be learned from it. */
  put(chosen: Uint32Array, grown: Float32Array): void {
    const size = this.#side * this.#side * this.#channels;
    chosen.forEach((index, place) => {
      const part = grown.subarray(place * size, (place + 1) * size);
      if (shareAtBounds(part) < RUNAWAY) this.#states[index].set(part);
      else this.#states[index].fill(0);
    });
    this.#last = chosen[chosen.length - 1];
  }

  /** The state that was put last, as a picture. */
  picture({ weights, means }: Palette): ColourPicture {
    const state = this.#states[this.#last];
    const cells = this.#side * this.#side;
    const pixels = new Float32Array(cells * 3);
    for (let cell = 0; cell < cells; cell++) {
      for (let c = 0; c < 3; c++) {
        let colour = means[c];
        for (let k = 0; k < 3; k++) colour += weights[3 * c + k] * state[cell * this.#channels + k];
        pixels[3 * cell + c] = Math.min(1, Math.max(0, colour));
      }
    }
    return { height: this.#side, width: this.#side, pixels };
  }

  /** Clears a disc. */
  #damage(state: Float32Array, random: Random): void {
    const side = this.#side;
    const radius = random.between(side / 10, side / 4);
    const [row, column] = [random.integer(side), random.integer(side)];
    const reach = Math.ceil(radius);
    for (let y = -reach; y <= reach; y++) {
      for (let x = -reach; x <= reach; x++) {
        if (x * x + y * y > radius * radius) continue;
        const cell = ((row + y + side) % side) * side + ((column + x + side) % side);
        state.fill(0, cell * this.#channels, (cell + 1) * this.#channels);
      }
    }
  }
}

function shareAtBounds(state: Float32Array): number {
  let count = 0;
  for (let i = 0; i < state.length; i++) if (state[i] === 1 || state[i] === -1) count += 1;
  return count / state.length;
}

import * as tf from "@tensorflow/tfjs";
import { boundCells } from "../../../plugin/nets/automata/bound-cells.ts";
import { changeSome, type AutomatonRule } from "../../../plugin/nets/automata/change-some.ts";
import { startBackend } from "../../../plugin/nets/start-backend.ts";
import { cellChance, streamOfStep } from "../../../plugin/paint/automata/cell-chance.ts";
import { CELL_NUMBERS, cellColours, LIFE } from "../../../plugin/paint/automata/cell-colours.ts";
import { CELL_CHANNELS, SENSES, type Species } from "../../../plugin/paint/automata/species.ts";

const HALF = 0x80000000;

/**
 * A square living texture that grows by the kernels that species are taught with: as a `CellField` of the same seed, with sums in 32 bits, and
 * several times as fast, for judging many.
 */
export class KernelField {
  readonly #species: Species;
  readonly #side: number;
  readonly #seed: number;
  readonly #rule: AutomatonRule;
  #cells: tf.Tensor4D;
  #steps = 0;

  private constructor(species: Species, side: number, seed: number) {
    const { hidden, hiddenWeights, hiddenBiases, changeWeights, changeBiases } = species;
    this.#species = species;
    this.#side = side;
    this.#seed = seed;
    this.#rule = {
      hidden: {
        weights: tf.tensor2d(hiddenWeights, [hidden, SENSES * CELL_CHANNELS]),
        biases: tf.tensor1d(hiddenBiases),
      },
      change: { weights: tf.tensor2d(changeWeights, [CELL_CHANNELS, hidden]), biases: tf.tensor1d(changeBiases) },
    };
    this.#cells = tf.zeros([1, side, side, CELL_CHANNELS]);
  }

  /** @param side - Of the field, in cells. */
  static async begin(species: Species, side: number, seed: number): Promise<KernelField> {
    await startBackend("wasm");
    return new KernelField(species, side, seed);
  }

  /** Steps so far. */
  get steps(): number {
    return this.#steps;
  }

  /** Grows by one step. */
  step(): void {
    const before = this.#cells;
    this.#cells = tf.tidy(() => boundCells(changeSome(before, this.#chosen(), this.#rule)));
    before.dispose();
    this.#steps += 1;
  }

  /** What it looks like: sRGB, [side, side, 3], in [0, 1]. */
  async colours(): Promise<Float32Array> {
    const values = await this.#cells.data<"float32">();
    const cells = new Float32Array(this.#side ** 2 * CELL_NUMBERS);
    for (let cell = 0; cell < this.#side ** 2; cell++) {
      cells.set(values.subarray(cell * CELL_CHANNELS, (cell + 1) * CELL_CHANNELS), cell * CELL_NUMBERS);
      cells[cell * CELL_NUMBERS + LIFE] = 1;
    }
    return cellColours(cells, { species: this.#species, graft: null, bare: [0.5, 0.5, 0.5] });
  }

  /** May be called twice. */
  dispose(): void {
    const { hidden, change } = this.#rule;
    tf.dispose([this.#cells, hidden.weights, hidden.biases, change.weights, change.biases]);
  }

  /** The cells that change in this step, in reading order. */
  #chosen(): Int32Array {
    const side = this.#side;
    const stream = streamOfStep(this.#steps, this.#seed);
    const cells = new Int32Array(side * side);
    let count = 0;
    for (let cell = 0; cell < cells.length; cell++) {
      if (cellChance(cell % side, Math.floor(cell / side), stream) < HALF) cells[count++] = cell;
    }
    return cells.slice(0, count);
  }
}

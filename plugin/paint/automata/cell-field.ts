import { CELL_NUMBERS, cellColours, LIFE, SHARE } from "./cell-colours.ts";
import { cellChance, streamOfStep } from "./cell-chance.ts";
import { DAB_NUMBERS, writeDab, type Dab } from "./dab.ts";
import { CELL_CHANNELS, SENSES, type Species } from "./species.ts";

/** How a field begins. */
export interface CellFieldOptions {
  /** Columns. */
  readonly width: number;
  /** Rows. */
  readonly height: number;
  /** Fixes which cells change when; its lowest 32 bits count. Default 0. */
  readonly seed?: number;
  /** Whether every cell lives from the start. Default true; else sow some by a dab of `"seed"`. */
  readonly alive?: boolean;
  /** Where the chance of the first cell is taken from, down and right: a field rolled by as much grows the same, rolled. Default 0, 0. */
  readonly rolled?: readonly [down: number, right: number];
}

const HALF = 0x80000000;

/**
 * A living texture in ordinary memory: the reference that the GPU's are held against, and what grows textures in workers and in Node.
 *
 * Each step, each cell that the step's chance picks, one in two, changes by its species' rule, which sees the cell and its eight neighbours; the
 * field goes on beyond its borders. A bare cell stays bare until a neighbour lives. Steps allocate nothing.
 */
export class CellField {
  readonly width: number;
  readonly height: number;
  readonly #seed: number;
  readonly #rolled: readonly [number, number];
  readonly #dabs = new Float32Array(DAB_NUMBERS);
  readonly #seen = new Float64Array(SENSES * CELL_CHANNELS);
  readonly #change = new Float64Array(CELL_CHANNELS);
  readonly #around = new Int32Array(9);
  #species: Species;
  #graft: Species | null = null;
  #cells: Float32Array;
  #next: Float32Array;
  #step = 0;

  constructor(species: Species, { width, height, seed = 0, alive = true, rolled = [0, 0] }: CellFieldOptions) {
    this.width = width;
    this.height = height;
    this.#species = species;
    this.#seed = seed;
    this.#rolled = rolled;
    this.#cells = new Float32Array(width * height * CELL_NUMBERS);
    this.#next = new Float32Array(width * height * CELL_NUMBERS);
    if (alive) for (let at = LIFE; at < this.#cells.length; at += CELL_NUMBERS) this.#cells[at] = 1;
  }

  /** Steps so far. */
  get steps(): number {
    return this.#step;
  }

  /** Changes the rule; cells keep their numbers. @param graft - The second species; null for none. */
  setSpecies(species: Species, graft: Species | null = null): void {
    this.#species = species;
    this.#graft = graft;
  }

  /** Grows by one step. */
  step(): void {
    const { width, height } = this;
    const [down, right] = this.#rolled;
    const stream = streamOfStep(this.#step, this.#seed);
    this.#next.set(this.#cells);
    for (let y = 0, cell = 0; y < height; y++) {
      const row = (((y - down) % height) + height) % height;
      for (let x = 0; x < width; x++, cell++) {
        const column = (((x - right) % width) + width) % width;
        if (cellChance(column, row, stream) >= HALF) continue;
        this.#lookAround(x, y);
        const at = cell * CELL_NUMBERS;
        if (this.#cells[at + LIFE] === 0) this.#wake(at);
        else this.#grow(at);
      }
    }
    [this.#cells, this.#next] = [this.#next, this.#cells];
    this.#step += 1;
  }

  /** Touches the field with the brush. */
  dab(dab: Dab): void {
    const { width, height } = this;
    const numbers = this.#dabs;
    writeDab(dab, this, numbers, 0);
    for (let y = 0; y < height; y++) {
      let far = Math.abs(y + 0.5 - numbers[1]);
      far = Math.min(far, height - far);
      for (let x = 0; x < width; x++) {
        let wide = Math.abs(x + 0.5 - numbers[0]);
        wide = Math.min(wide, width - wide);
        if (far * far + wide * wide > numbers[2] * numbers[2]) continue;
        const at = (y * width + x) * CELL_NUMBERS;
        if (dab.kind === "graft") this.#cells[at + SHARE] = numbers[4];
        else {
          this.#cells.fill(0, at, at + CELL_CHANNELS);
          this.#cells[at + LIFE] = dab.kind === "seed" ? 1 : 0;
        }
      }
    }
  }

  /** What it looks like: sRGB, [height, width, 3], in [0, 1]. @param bare - The colour of cells without life. */
  colours(bare: readonly [number, number, number] = [0.5, 0.5, 0.5]): Float32Array {
    return cellColours(this.#cells, { species: this.#species, graft: this.#graft, bare });
  }

  /** A copy of the numbers of all cells, [height, width, 14]: those of the species, life, share of the second species. */
  read(): Float32Array {
    return this.#cells.slice();
  }

  /**
   * Replaces the numbers of all cells; copied.
   *
   * @param cells - As `read` gives them.
   * @param steps - The number of the step that they were read at: chance goes on from there. Default as it is.
   */
  write(cells: Float32Array, steps = this.#step): void {
    this.#cells.set(cells);
    this.#step = steps;
  }

  #lookAround(x: number, y: number): void {
    const { width, height } = this;
    const left = x === 0 ? width - 1 : x - 1;
    const right = x === width - 1 ? 0 : x + 1;
    for (let line = 0; line < 3; line++) {
      const row = ((y + line - 1 + height) % height) * width;
      this.#around[3 * line] = (row + left) * CELL_NUMBERS;
      this.#around[3 * line + 1] = (row + x) * CELL_NUMBERS;
      this.#around[3 * line + 2] = (row + right) * CELL_NUMBERS;
    }
  }

  #wake(at: number): void {
    for (let i = 0; i < 9; i++) {
      if (this.#cells[this.#around[i] + LIFE] > 0) this.#next[at + LIFE] = 1;
    }
  }

  #grow(at: number): void {
    this.#sense();
    const share = this.#graft ? this.#cells[at + SHARE] : 0;
    this.#change.fill(0);
    if (share < 1) this.#think(this.#species, 1 - share);
    if (share > 0) this.#think(this.#graft!, share);
    for (let c = 0; c < CELL_CHANNELS; c++) {
      this.#next[at + c] = Math.min(1, Math.max(-1, this.#cells[at + c] + this.#change[c]));
    }
  }

  #sense(): void {
    const cells = this.#cells;
    const seen = this.#seen;
    const around = this.#around;
    const [a, b, c] = [around[0], around[1], around[2]];
    const [d, e, f] = [around[3], around[4], around[5]];
    const [g, h, i] = [around[6], around[7], around[8]];
    for (let k = 0; k < CELL_CHANNELS; k++) {
      const [topLeft, topRight, bottomLeft, bottomRight] = [cells[a + k], cells[c + k], cells[g + k], cells[i + k]];
      const [top, left, here, right, bottom] = [cells[b + k], cells[d + k], cells[e + k], cells[f + k], cells[h + k]];
      seen[k] = here;
      seen[CELL_CHANNELS + k] = 0.25 * (topRight + bottomRight - topLeft - bottomLeft) + 0.5 * (right - left);
      seen[2 * CELL_CHANNELS + k] = 0.25 * (bottomLeft + bottomRight - topLeft - topRight) + 0.5 * (bottom - top);
      seen[3 * CELL_CHANNELS + k] =
        0.25 * (topLeft + topRight + bottomLeft + bottomRight) + 0.5 * (top + left + right + bottom) - 3 * here;
    }
  }

  #think({ hidden, hiddenWeights, hiddenBiases, changeWeights, changeBiases }: Species, share: number): void {
    const inputs = SENSES * CELL_CHANNELS;
    const seen = this.#seen;
    const change = this.#change;
    for (let c = 0; c < CELL_CHANNELS; c++) change[c] += share * changeBiases[c];
    // Four units side by side, for one alone waits for its own last sum each time.
    for (let unit = 0, from = 0; unit < hidden; unit += 4, from += 4 * inputs) {
      let [a, b, c, d] = [hiddenBiases[unit], hiddenBiases[unit + 1], hiddenBiases[unit + 2], hiddenBiases[unit + 3]];
      for (let i = 0, at = from; i < inputs; i++, at++) {
        const sense = seen[i];
        a += hiddenWeights[at] * sense;
        b += hiddenWeights[at + inputs] * sense;
        c += hiddenWeights[at + 2 * inputs] * sense;
        d += hiddenWeights[at + 3 * inputs] * sense;
      }
      if (a > 0) this.#add(share * a, unit, changeWeights, hidden);
      if (b > 0) this.#add(share * b, unit + 1, changeWeights, hidden);
      if (c > 0) this.#add(share * c, unit + 2, changeWeights, hidden);
      if (d > 0) this.#add(share * d, unit + 3, changeWeights, hidden);
    }
  }

  /** What a hidden unit has to say of all channels. */
  #add(said: number, unit: number, changeWeights: Float32Array, hidden: number): void {
    const change = this.#change;
    for (let c = 0, at = unit; c < CELL_CHANNELS; c++, at += hidden) change[c] += said * changeWeights[at];
  }
}

import * as tf from "@tensorflow/tfjs";
import { ConfigurationError } from "../../core/errors.ts";
import type { Random } from "../../core/random.ts";
import type { Layout } from "./pieces/layout.ts";

/** Levels of drawing, coarsest first; each further one has twice the rows and columns. */
export const LEVELS = 5;
/** Pixels of the finest level to one of the coarsest: sides must be multiples of it. */
export const STRIDE = 2 ** (LEVELS - 1);

/** Channels of chance of each level, coarsest first. */
const NOISE = [8, 4, 4, 4, 4] as const;
/** Waves of each level, in cycles to 128 pixels; each goes across and down, as a sine and a cosine. */
const WAVES: readonly (readonly number[])[] = [[1, 2, 3, 4], [6, 8], [12, 16], [], []];
const WAVE_LENGTHS_OF = 128;
/** How far inside a piece, the piece's number, and whether there are pieces. */
const LAYOUT = 3;

/** What a stack is drawn from besides its code. */
export interface SpatialInputs {
  /** Of each level, coarsest first, [batch, height / 2^(4 - level), width / 2^(4 - level), channels]. */
  readonly levels: readonly tf.Tensor4D[];
}

/** What is wanted of the inputs. */
export interface SpatialInputOptions {
  readonly height: number;
  readonly width: number;
  /** Where pieces lie, for each picture of the batch; null for one without pieces. Default: none has any. */
  readonly layouts?: readonly (Layout | null)[];
  /** Pixels that everything is rolled, down and across. Default 0: chance rolls the waves alone. */
  readonly roll?: readonly [down: number, across: number];
}

/** Channels that a level's inputs have, besides those that come from the level before. */
export function inputChannels(level: number): number {
  return NOISE[level] + 4 * WAVES[level].length + LAYOUT;
}

/**
 * Chance, waves and layout for each level of drawing. Waves have whole periods, so that they tile: their lengths change a little with
 * the size. Of one picture of the batch all waves begin at the same place, drawn by chance.
 *
 * @throws ConfigurationError for sides that are no multiples of 16.
 */
export function spatialInputs(
  batch: number,
  random: Random,
  { height, width, layouts = [], roll = [0, 0] }: SpatialInputOptions,
): SpatialInputs {
  if (height % STRIDE !== 0 || width % STRIDE !== 0 || height < STRIDE || width < STRIDE) {
    throw new ConfigurationError(
      `spatialInputs: needed sides that are multiples of ${STRIDE}, came ${height} × ${width}. Round them.`,
    );
  }
  const origins = Float64Array.from({ length: 2 * batch }, () => random.uniform());
  const levels = WAVES.map((_, level) => {
    const shrink = 2 ** (LEVELS - 1 - level);
    const shape = { batch, rows: height / shrink, columns: width / shrink, shrink };
    const values = new Float32Array(batch * shape.rows * shape.columns * inputChannels(level));
    writeNoise(values, level, shape, random.fork(level), roll);
    writeWaves(values, level, shape, { origins, height, width, roll });
    layouts.forEach((layout, picture) => {
      if (layout) writeLayout(values, level, shape, { layout, picture, roll });
    });
    return tf.tensor4d(values, [batch, shape.rows, shape.columns, inputChannels(level)]);
  });
  return { levels };
}

interface LevelShape {
  readonly batch: number;
  readonly rows: number;
  readonly columns: number;
  /** Pixels of the picture to one of the level, on each side. */
  readonly shrink: number;
}

function writeNoise(
  values: Float32Array,
  level: number,
  { batch, rows, columns, shrink }: LevelShape,
  random: Random,
  [down, across]: readonly [number, number],
): void {
  const channels = inputChannels(level);
  const [rowsDown, columnsAcross] = [down / shrink, across / shrink];
  for (let picture = 0; picture < batch; picture++) {
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        const toRow = modulo(row + rowsDown, rows);
        const toColumn = modulo(column + columnsAcross, columns);
        const at = ((picture * rows + toRow) * columns + toColumn) * channels;
        for (let channel = 0; channel < NOISE[level]; channel++) values[at + channel] = random.normal();
      }
    }
  }
}

interface WaveOrigins {
  /** Shares of a period of the whole tile, [batch, down and across]. */
  readonly origins: Float64Array;
  readonly height: number;
  readonly width: number;
  readonly roll: readonly [number, number];
}

function writeWaves(
  values: Float32Array,
  level: number,
  { batch, rows, columns, shrink }: LevelShape,
  { origins, height, width, roll }: WaveOrigins,
): void {
  const channels = inputChannels(level);
  WAVES[level].forEach((cycles, wave) => {
    const down = Math.max(1, Math.round((cycles * height) / WAVE_LENGTHS_OF));
    const across = Math.max(1, Math.round((cycles * width) / WAVE_LENGTHS_OF));
    for (let picture = 0; picture < batch; picture++) {
      const first = NOISE[level] + 4 * wave;
      for (let row = 0; row < rows; row++) {
        const share = (row * shrink - roll[0]) / height + origins[2 * picture];
        const turn = 2 * Math.PI * modulo(down * share, 1);
        const [sine, cosine] = [Math.sin(turn), Math.cos(turn)];
        for (let column = 0; column < columns; column++) {
          const at = ((picture * rows + row) * columns + column) * channels + first;
          values[at] = sine;
          values[at + 1] = cosine;
        }
      }
      for (let column = 0; column < columns; column++) {
        const share = (column * shrink - roll[1]) / width + origins[2 * picture + 1];
        const turn = 2 * Math.PI * modulo(across * share, 1);
        const [sine, cosine] = [Math.sin(turn), Math.cos(turn)];
        for (let row = 0; row < rows; row++) {
          const at = ((picture * rows + row) * columns + column) * channels + first;
          values[at + 2] = sine;
          values[at + 3] = cosine;
        }
      }
    }
  });
}

interface PictureLayout {
  readonly layout: Layout;
  /** Which one of the batch. */
  readonly picture: number;
  readonly roll: readonly [down: number, across: number];
}

function writeLayout(
  values: Float32Array,
  level: number,
  { rows, columns, shrink }: LevelShape,
  { layout, picture, roll: [down, across] }: PictureLayout,
): void {
  const channels = inputChannels(level);
  const [height, width] = [rows * shrink, columns * shrink];
  const share = 1 / shrink ** 2;
  for (let y = 0; y < height; y++) {
    const row = Math.floor(modulo(y + down, height) / shrink);
    for (let x = 0; x < width; x++) {
      const column = Math.floor(modulo(x + across, width) / shrink);
      const at = ((picture * rows + row) * columns + column + 1) * channels - LAYOUT;
      values[at] += share * layout.inside[y * width + x];
      values[at + 1] += share * layout.numbers[y * width + x];
      values[at + 2] = 1;
    }
  }
}

function modulo(value: number, length: number): number {
  return ((value % length) + length) % length;
}

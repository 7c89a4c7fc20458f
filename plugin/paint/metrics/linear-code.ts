import { ConfigurationError } from "../../core/errors.ts";
import { picture, type Picture } from "../picture.ts";
import { principalComponents } from "./principal-components.ts";
import { assertSameSize } from "./same-size.ts";
import { psnr } from "./signal-to-noise.ts";

/** A linear way to store a picture in few numbers: what an autoencoder has to beat at the same number. */
export interface LinearCode {
  /** How many numbers one block is stored in. */
  readonly floats: number;
  /** What is left of a picture after storing it. A new picture; the code's blocks must fit into it. */
  readonly reconstruct: (source: Picture) => Picture;
}

/** What a linear code may use. */
export interface LinearCodeOptions {
  /** How many numbers one block is stored in. */
  readonly floats: number;
  /** The side of the square blocks, which must divide both sides of the pictures; default the whole picture. */
  readonly block?: number;
}

/**
 * Signal-to-noise ratios in decibels of held-out pictures, each method storing as many numbers a picture (or fewer: see
 * `pca`).
 */
export interface LinearBaselines {
  /** Of whole pictures, with as many components, but never more than training pictures less one. */
  readonly pca: number;
  readonly blockPca: number;
  readonly dct: number;
}

/**
 * The best linear code for pictures like these: principal components of their blocks, or of the whole pictures.
 *
 * @throws ConfigurationError if sizes differ, blocks do not fit, or there are fewer blocks than `floats` + 1.
 */
export function fitPca(pictures: readonly Picture[], { floats, block }: LinearCodeOptions): LinearCode {
  const shape = shapeOf("fitPca", pictures, block);
  const { mean, components } = principalComponents(blocksOf(pictures, shape), lengthOf(shape), floats);
  return codeOf("fitPca", { shape, mean, basis: components, floats });
}

/**
 * The discrete cosine transform of blocks, with those `floats` coefficients that hold most energy in these pictures;
 * for three channels also across them, which gives Ohta's opponent colours. Equal places in every block, so that they
 * need no storing.
 *
 * @throws ConfigurationError if sizes differ, blocks do not fit, or `floats` is more than a block has numbers.
 */
export function fitDct(pictures: readonly Picture[], { floats, block }: LinearCodeOptions): LinearCode {
  const shape = shapeOf("fitDct", pictures, block);
  const length = lengthOf(shape);
  if (!Number.isInteger(floats) || floats < 1 || floats > length) {
    throw new ConfigurationError(
      `fitDct: a block of ${shape.height}×${shape.width}×${shape.channels} has 1 to ${length} coefficients, got ${floats}. ` +
        `Ask for fewer.`,
    );
  }
  const points = blocksOf(pictures, shape);
  const coefficient = new Float32Array(length);
  const energies = new Float64Array(length);
  for (let i = 0; i < length; i++) {
    cosineVector(i, shape, coefficient);
    for (let from = 0; from < points.length; from += length) energies[i] += dot(coefficient, points, from) ** 2;
  }
  const order = Array.from(energies.keys()).sort((a, b) => energies[b] - energies[a]);
  const basis = new Float32Array(floats * length);
  for (let i = 0; i < floats; i++) cosineVector(order[i], shape, basis.subarray(i * length, (i + 1) * length));
  return codeOf("fitDct", { shape, mean: new Float32Array(length), basis, floats });
}

/**
 * How well linear codes store held-out pictures, for comparison with an autoencoder of as many floats.
 *
 * @param training - What the codes are fitted to.
 * @param heldOut - Other pictures of the same size, over all of which the error is averaged.
 * @throws ConfigurationError as `fitPca` and `fitDct` do.
 */
export function linearBaselines(
  training: readonly Picture[],
  heldOut: readonly Picture[],
  { floats, block = 8 }: LinearCodeOptions,
): LinearBaselines {
  assertSameSize("linearBaselines", [...training.slice(0, 1), ...heldOut], 2);
  const blocks = (training[0].height / block) * (training[0].width / block);
  const quality = (code: LinearCode): number => {
    const noise = heldOut.reduce((sum, source) => sum + 10 ** (-psnr(source, code.reconstruct(source)) / 10), 0);
    return -10 * Math.log10(noise / heldOut.length);
  };
  return {
    blockPca: quality(fitPca(training, { floats, block })),
    dct: quality(fitDct(training, { floats, block })),
    pca: quality(fitPca(training, { floats: Math.min(floats * blocks, training.length - 1) })),
  };
}

interface Shape {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

function lengthOf({ height, width, channels }: Shape): number {
  return height * width * channels;
}

function shapeOf(who: string, pictures: readonly Picture[], block: number | undefined): Shape {
  assertSameSize(who, pictures);
  const { height, width, channels } = pictures[0];
  if (block === undefined) return { height, width, channels };
  const shape = { height: block, width: block, channels };
  assertFits(who, pictures[0], shape);
  return shape;
}

function assertFits(who: string, source: Picture, shape: Shape): void {
  const { height, width, channels } = source;
  if (height % shape.height === 0 && width % shape.width === 0 && channels === shape.channels) return;
  throw new ConfigurationError(
    `${who}: pictures must be cut into whole blocks of ${shape.height}×${shape.width}×${shape.channels}, ` +
      `got ${height}×${width}×${channels}. Choose a block that divides both sides.`,
  );
}

/** Calls back with the first value of every row of every block, in the order of the blocks. */
function eachBlockRow(source: Picture, shape: Shape, visit: (from: number) => void): void {
  for (let top = 0; top < source.height; top += shape.height) {
    for (let left = 0; left < source.width; left += shape.width) {
      for (let y = 0; y < shape.height; y++) visit(((top + y) * source.width + left) * source.channels);
    }
  }
}

/** `[pictures · blocks, height · width · channels]` */
function blocksOf(pictures: readonly Picture[], shape: Shape): Float32Array {
  const points = new Float32Array(pictures.reduce((sum, { pixels }) => sum + pixels.length, 0));
  const row = shape.width * shape.channels;
  let to = 0;
  for (const source of pictures) {
    eachBlockRow(source, shape, (from) => {
      points.set(source.pixels.subarray(from, from + row), to);
      to += row;
    });
  }
  return points;
}

/** Vector `index` of the orthonormal cosine basis, in the order [row frequency, column frequency, channel]. */
function cosineVector(index: number, { height, width, channels }: Shape, into: Float32Array): void {
  const fy = Math.floor(index / (width * channels));
  const fx = Math.floor(index / channels) % width;
  const fc = index % channels;
  const wave = (frequency: number, place: number, length: number): number =>
    Math.sqrt((frequency === 0 ? 1 : 2) / length) * Math.cos((Math.PI * frequency * (2 * place + 1)) / (2 * length));
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const plane = wave(fy, y, height) * wave(fx, x, width);
      for (let c = 0; c < channels; c++, i++) into[i] = plane * (channels === 3 ? wave(fc, c, 3) : Number(c === fc));
    }
  }
}

function dot(vector: Float32Array, points: Float32Array, from: number): number {
  let sum = 0;
  for (let i = 0; i < vector.length; i++) sum += vector[i] * points[from + i];
  return sum;
}

interface Code {
  readonly shape: Shape;
  readonly mean: Float32Array;
  /** `[floats, height · width · channels]`, orthonormal rows. */
  readonly basis: Float32Array;
  readonly floats: number;
}

function codeOf(who: string, { shape, mean, basis, floats }: Code): LinearCode {
  const length = lengthOf(shape);
  const reconstruct = (source: Picture): Picture => {
    assertFits(who, source, shape);
    const points = blocksOf([source], shape);
    for (let from = 0; from < points.length; from += length) {
      for (let i = 0; i < length; i++) points[from + i] -= mean[i];
      const stored = Float32Array.from({ length: floats }, (_, f) =>
        dot(basis.subarray(f * length, (f + 1) * length), points, from),
      );
      points.set(mean, from);
      stored.forEach((value, f) => {
        for (let i = 0; i < length; i++) points[from + i] += value * basis[f * length + i];
      });
    }
    const result = picture(source.height, source.width, source.channels);
    const row = shape.width * shape.channels;
    let at = 0;
    eachBlockRow(source, shape, (to) => {
      result.pixels.set(points.subarray(at, at + row), to);
      at += row;
    });
    return result;
  };
  return { floats, reconstruct };
}

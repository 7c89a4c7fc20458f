import * as tf from "@tensorflow/tfjs";
import { breathe } from "../../core/breathe.ts";
import { ConfigurationError } from "../../core/errors.ts";
import { Random } from "../../core/random.ts";
import { CELL, type AutoencoderNet } from "../../nets/encoders/autoencoder-net.ts";
import { fillSmoothly } from "../../nets/encoders/fill-smoothly.ts";
import { refineCodes } from "../../nets/encoders/refine-codes.ts";
import type { Edges } from "../../nets/layers/pad-edges.ts";
import type { NetsBackend } from "../../nets/start-backend.ts";
import { clamp01 } from "../noise/curves.ts";
import { cropped, picture, rolled, type Picture } from "../picture.ts";
import { NetUse } from "../shipped/net-use.ts";
import { assertColours } from "../tiles/assert-colours.ts";
import { copyTile, tilesOf, windowOf } from "../tiles/tiles.ts";
import { throughWindow, type Rectangle } from "../tiles/window.ts";
import { regrowCells, type CellField } from "./regrow-cells.ts";
import { assertSpatialCode, type SpatialCode } from "./spatial-code.ts";
import type { EncodeOptions, FollowOptions, RegrowOptions, TextureAutoencoder } from "./texture-autoencoder.ts";

const WHO = "Autoencoder";
const SIDES = { least: CELL, most: 4096 };
/** Pixels around a tile, more than the network sees either way. */
const MARGIN = 64;
/** Pixels beyond the borders of pictures that can't be cut into cells: more than it sees there and back. */
const BEYOND = 2 * MARGIN;
/** How often a code is looked at again: four times gain nearly all of what can be gained. */
const REFINE = { usual: 4, most: 100 };
/** Where a picture is cut into cells otherwise, to grow texture from: pixels down and across. */
const SHIFTS = [0, CELL / 2].flatMap((down) => [0, CELL / 2].map((across) => [down, across] as const));

/** A picture with its holes. */
interface Canvas {
  readonly pixels: Float32Array;
  /** 1 where a pixel is known, 0 in holes, [height, width]. */
  readonly known: Float32Array;
  readonly height: number;
  readonly width: number;
}

type Rest = (done: number) => Promise<void>;

/** How a canvas becomes a code. */
interface Reading {
  readonly edges: "wrap" | "cut";
  /** Gradients by which the code is refined; 0 leaves it as the encoder gives it. */
  readonly refine: number;
  readonly rest: Rest;
}

/** Textures by a network. See `loadTextureAutoencoder`. */
export class NetAutoencoder implements TextureAutoencoder {
  readonly fileHash: string | null;
  readonly #net: AutoencoderNet;
  readonly #use: NetUse;

  /**
   * @param net - Belongs to the autoencoder from now on.
   * @param backend - On which its weights lie; already started.
   * @param fileHash - Of the file that its weights came from. Default null: from none.
   */
  constructor(net: AutoencoderNet, backend: NetsBackend, fileHash: string | null = null) {
    this.#net = net;
    this.#use = new NetUse(WHO, net, backend);
    this.fileHash = fileHash;
  }

  get channels(): number {
    return this.#net.spec.code;
  }

  async encode(source: Picture, options: EncodeOptions = {}): Promise<SpatialCode> {
    this.#begin(source);
    return this.#encode(whole(source), readingOf(options, restOf(options)));
  }

  async decode(code: SpatialCode, options: FollowOptions = {}): Promise<Picture> {
    this.#use.begin();
    assertSpatialCode(WHO, code, this.channels);
    return this.#decode(code, restOf(options));
  }

  async reconstruct(source: Picture, options: EncodeOptions = {}): Promise<Picture> {
    this.#begin(source);
    const [reading, drawing] = readThenDraw(options);
    return this.#decode(await this.#encode(whole(source), reading), drawing);
  }

  async inpaint(source: Picture, hole: ArrayLike<number>, options: EncodeOptions = {}): Promise<Picture> {
    this.#begin(source);
    const canvas = this.#holed(source, hole);
    const [reading, drawing] = readThenDraw(options);
    return patched(source, canvas, await this.#decode(await this.#encode(canvas, reading), drawing));
  }

  async regrow(source: Picture, hole: ArrayLike<number>, options: RegrowOptions = {}): Promise<Picture> {
    this.#begin(source);
    const { edges = "wrap", seed = 0 } = options;
    const canvas = this.#holed(source, hole);
    const rest = restOf(options);
    // Step 1. Codes of the picture, cut into cells in several ways.
    const codes: SpatialCode[] = [];
    const fields: CellField[] = [];
    for (const [i, [down, across]] of SHIFTS.entries()) {
      const shifted = shiftedBy(canvas, down, across, edges);
      const share = (done: number): number => (0.4 * (i + done)) / SHIFTS.length;
      const code = await this.#encode(shifted, { edges, refine: 0, rest: part(rest, share(0), share(1)) });
      codes.push(code);
      fields.push({ ...code, grows: touchedCells(code, shifted), wraps: edges === "wrap" });
    }
    // Step 2. Cells that fit.
    const field = { ...fields[0], values: fields[0].values.slice() };
    const reach = await this.#net.reach();
    const isGrown = await regrowCells(field, fields, { reach, random: new Random(seed), rest: part(rest, 0.4, 0.8) });
    if (!isGrown) {
      throw new ConfigurationError(
        `${WHO}: needed 40 × 40 pixels without a hole to grow from, came none. Scratch out less.`,
      );
    }
    // Step 3. The picture of them.
    return patched(source, canvas, await this.#decode({ ...codes[0], values: field.values }, part(rest, 0.8, 1)));
  }

  dispose(): void {
    this.#use.dispose();
  }

  #begin(source: Picture): void {
    this.#use.begin();
    assertColours(WHO, source, SIDES);
  }

  /** @throws ConfigurationError for a hole of another size, or one that is all. */
  #holed({ height, width, pixels }: Picture, hole: ArrayLike<number>): Canvas {
    if (hole.length !== height * width) {
      throw new ConfigurationError(
        `${WHO}: needed a hole of ${height * width} numbers, one for each pixel, came ${hole.length}. Draw it in the picture's size.`,
      );
    }
    const canvas = {
      height,
      width,
      pixels: pixels.slice(),
      known: Float32Array.from(hole, (value) => (value ? 0 : 1)),
    };
    if (fillSmoothly(canvas)) return canvas;
    throw new ConfigurationError(
      `${WHO}: needed a hole that leaves some of the picture, came one that is all. Draw less.`,
    );
  }

  async #encode(canvas: Canvas, { edges, refine, rest }: Reading): Promise<SpatialCode> {
    const { height, width } = canvas;
    const fits = height % CELL === 0 && width % CELL === 0;
    const outside = fits || edges === "cut" ? 0 : BEYOND;
    const side = (length: number): number => Math.ceil(length / CELL) * CELL + 2 * outside;
    const field = { top: -outside, left: -outside, height: side(height), width: side(width) };
    const [rows, columns] = [field.height / CELL, field.width / CELL];
    const values = new Float32Array(rows * columns * this.channels);
    const pixels = tf.tidy(() => {
      const colours = tf.tensor4d(canvas.pixels, [1, height, width, 3]);
      return tf.concat<tf.Tensor4D>([colours, tf.tensor4d(canvas.known, [1, height, width, 1])], 3); // [1, height, width, 4]
    });
    try {
      const tiles = tilesOf(field.height, field.width);
      await rest(0);
      for (const [i, tile] of tiles.entries()) {
        const own = part(rest, i / tiles.length, (i + 1) / tiles.length);
        const place = { tile, field, fits, beyond: beyondOf(edges) };
        const codes = await this.#encodeTile(pixels, place, { refine, rest: own });
        try {
          copyTile(await codes.data<"float32">(), values, inCells(tile), columns);
        } finally {
          codes.dispose();
        }
        await rest((i + 1) / tiles.length);
      }
    } finally {
      pixels.dispose();
    }
    const frame = { top: outside, left: outside, height, width };
    return { rows, columns, channels: this.channels, values, frame, edges };
  }

  /** [1, tile.height / 8, tile.width / 8, code]. */
  async #encodeTile(
    pixels: tf.Tensor4D,
    { tile, field, fits, beyond }: { tile: Rectangle; field: Rectangle; fits: boolean; beyond: Edges },
    { refine, rest }: Omit<Reading, "edges">,
  ): Promise<tf.Tensor4D> {
    const window = windowOf({ stride: CELL, margin: MARGIN }, field, tile);
    const isDirect = fits && !window;
    const seen = window ?? tile;
    const edges = isDirect ? beyond : "mirror";
    this.#use.begin();
    const [pictures, known, guessed] = tf.tidy(() => {
      const shown = isDirect
        ? pixels
        : throughWindow(pixels, { ...seen, top: seen.top + field.top, left: seen.left + field.left }, beyond);
      const [colours, known] = tf.split<tf.Tensor4D>(shown, [3, 1], 3);
      return [colours, known, this.#net.encode(colours, known, edges)];
    });
    let codes = guessed;
    try {
      if (refine > 0) {
        const restAndUse = async (done: number): Promise<void> => {
          await rest(0.9 * done);
          this.#use.begin();
        };
        codes = await refineCodes(this.#net, guessed, { pictures, known, edges }, { steps: refine, rest: restAndUse });
      }
      if (!window) return tf.clone(codes);
      const from = [0, (tile.top - window.top) / CELL, (tile.left - window.left) / CELL, 0];
      return tf.slice(codes, from, [1, tile.height / CELL, tile.width / CELL, this.channels]);
    } finally {
      tf.dispose([pictures, known, guessed, codes]);
    }
  }

  async #decode(code: SpatialCode, rest: Rest): Promise<Picture> {
    const { rows, columns, channels, values, frame, edges } = code;
    const [height, width] = [rows * CELL, columns * CELL];
    const isWhole = frame.height === height && frame.width === width;
    const beyond = isWhole ? beyondOf(edges) : "mirror";
    const made = picture(height, width, 3);
    const cells = tf.tensor4d(values, [1, rows, columns, channels]);
    try {
      const tiles = tilesOf(height, width);
      await rest(0);
      for (const [i, tile] of tiles.entries()) {
        this.#use.begin();
        const pixels = tf.tidy(() => {
          const window = windowOf({ stride: CELL, margin: MARGIN }, made, tile);
          const drawn = this.#net.decode(
            window ? throughWindow(cells, inCells(window), beyond) : cells,
            window ? "mirror" : beyond,
          );
          if (!window) return drawn;
          return tf.slice(drawn, [0, MARGIN, MARGIN, 0], [1, tile.height, tile.width, 3]);
        });
        try {
          copyTile(await pixels.data<"float32">(), made.pixels, tile, width);
        } finally {
          pixels.dispose();
        }
        await rest((i + 1) / tiles.length);
      }
    } finally {
      cells.dispose();
    }
    const shown = isWhole ? made : cropped(made, frame.top, frame.left, frame.height, frame.width);
    return { ...shown, pixels: shown.pixels.map(clamp01) };
  }
}

function whole({ height, width, pixels }: Picture): Canvas {
  return { height, width, pixels, known: new Float32Array(height * width).fill(1) };
}

function beyondOf(edges: "wrap" | "cut"): Edges {
  return edges === "wrap" ? "wrap" : "mirror";
}

function inCells({ top, left, height, width }: Rectangle): Rectangle {
  return { top: top / CELL, left: left / CELL, height: height / CELL, width: width / CELL };
}

/** Tells how far the work is, lets messages in, and stops it when it is cancelled. */
function restOf({ signal, onProgress }: FollowOptions): Rest {
  return async (done) => {
    onProgress?.(done);
    await breathe();
    signal?.throwIfAborted();
  };
}

/** How a picture is read as options say. */
function readingOf({ edges = "wrap", refine = REFINE.usual }: EncodeOptions, rest: Rest): Reading {
  if (!Number.isInteger(refine) || refine < 0 || refine > REFINE.most) {
    throw new ConfigurationError(
      `${WHO}: needed to refine 0 to ${REFINE.most} times, whole, came ${refine}. Leave it out for ${REFINE.usual}.`,
    );
  }
  return { edges, refine, rest };
}

/** The work of reading a picture, most of it where its code is refined, and of making one of the code. */
function readThenDraw(options: EncodeOptions): [Reading, Rest] {
  const rest = restOf(options);
  const reading = readingOf(options, rest);
  const share = (1 + 3 * reading.refine) / (2.5 + 3 * reading.refine);
  return [{ ...reading, rest: part(rest, 0, share) }, part(rest, share, 1)];
}

/** Of a part of the work. */
function part(rest: Rest, from: number, to: number): Rest {
  return (done) => rest(from + (to - from) * done);
}

/** The source, with what was made where it has a hole. */
function patched(source: Picture, { known }: Canvas, made: Picture): Picture {
  const pixels = source.pixels.map((value, i) => (known[Math.floor(i / 3)] === 0 ? made.pixels[i] : value));
  return { ...source, pixels };
}

/** The canvas moved: one that tiles comes in on the other side, of another one a border is lost. */
function shiftedBy(canvas: Canvas, down: number, across: number, edges: "wrap" | "cut"): Canvas {
  if (down === 0 && across === 0) return canvas;
  const { height, width } = canvas;
  const move = (pixels: Float32Array, channels: number): Picture => {
    const source = { height, width, channels, pixels };
    if (edges === "wrap") return rolled(source, -down, -across);
    return cropped(source, down, across, height - down, width - across);
  };
  const [colours, known] = [move(canvas.pixels, 3), move(canvas.known, 1)];
  return { height: colours.height, width: colours.width, pixels: colours.pixels, known: known.pixels };
}

/** Which cells of a code a canvas's holes touch, 1 each, [rows, columns]. */
function touchedCells({ rows, columns, frame }: SpatialCode, { height, width, known }: Canvas): Uint8Array {
  const touched = new Uint8Array(rows * columns);
  for (let row = 0; row < rows * CELL; row++) {
    for (let column = 0; column < columns * CELL; column++) {
      const [y, x] = [(row - frame.top + height * rows) % height, (column - frame.left + width * columns) % width];
      if (known[y * width + x] === 0) touched[Math.floor(row / CELL) * columns + Math.floor(column / CELL)] = 1;
    }
  }
  return touched;
}

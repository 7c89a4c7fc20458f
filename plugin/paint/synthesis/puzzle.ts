import { UnsupportedError } from "../../core/errors.ts";
import { picture, type Picture } from "../picture.ts";
import { type FeatureScale, writeFeatures } from "./features.ts";
import type { KernelArena } from "./synthesis-kernels.ts";

/** Whole numbers of a piece in the kernels' table, and of a source. */
const PIECE = 8;
const SOURCE = 8;
/** Side of the cells whose usage is counted, as in the kernels. */
const CELL = 8;

/** A part of the result that is moved there from a source as a whole. */
export interface Piece {
  /** A pixel of the result, and which pixel of the source it shows; others lie around both alike. */
  readonly y: number;
  readonly x: number;
  readonly sourceY: number;
  readonly sourceX: number;
  readonly source: number;
}

/** A rectangle of the result; it may reach around the edges. */
export interface Window {
  readonly top: number;
  readonly left: number;
  readonly rows: number;
  readonly columns: number;
}

/** What a puzzle's pieces are cut from. */
export interface PuzzleSource {
  readonly picture: Picture;
  /** 0 where nothing may be copied, `[height, width]`; undefined: everywhere. */
  readonly mask: Uint8Array | undefined;
  /** What is where, `[height, width, labels]`. */
  readonly guide: Picture | undefined;
  /** Its share of the result. */
  readonly weight: number;
}

/** What a puzzle is made of. */
export interface PuzzleOptions {
  readonly height: number;
  readonly width: number;
  readonly sources: readonly PuzzleSource[];
  readonly scale: FeatureScale;
  /** Pieces that may ever be added. */
  readonly capacity: number;
  readonly guide: Picture | undefined;
  /** How much a pixel with the wrong label shows, in standard deviations of the picture. Default 0. */
  readonly guideWeight?: number;
  /** How much it shows that a place of a source is used, for each time that it is used. */
  readonly usageWeight: number;
}

/** A result made of pieces of pictures, at one scale, in the kernels' memory. */
export class Puzzle {
  readonly height: number;
  readonly width: number;
  readonly sources: readonly PuzzleSource[];
  readonly arena: KernelArena;
  readonly pieces: Piece[] = [];
  /** Vectors of four numbers a pixel. */
  readonly groups: number;
  readonly #scale: FeatureScale;
  readonly #capacity: number;
  readonly #unused: number[] = [];
  readonly #map: number;
  readonly #table: number;
  readonly #frozen: number;
  readonly #picture: number;
  readonly #seams: number;
  readonly #places: number;
  readonly #costs: number;
  readonly #space: number;

  /** Places that can be compared in one call. */
  static readonly mostPlaces = 4096;
  /** Sides of windows are at most so long. */
  static readonly mostSide = 192;

  constructor(
    arena: KernelArena,
    { height, width, sources, scale, capacity, guide, guideWeight = 0, usageWeight }: PuzzleOptions,
  ) {
    const pixels = height * width;
    this.arena = arena;
    this.height = height;
    this.width = width;
    this.sources = sources;
    this.groups = scale.groups;
    this.#scale = scale;
    this.#capacity = capacity;
    this.#map = arena.reserve(4 * pixels);
    this.#table = arena.reserve(4 * PIECE * capacity);
    this.#frozen = arena.reserve(pixels);
    this.#picture = arena.reserve(16 * scale.groups * pixels);
    this.#seams = arena.reserve(4 * pixels);
    this.#places = arena.reserve(8 * Puzzle.mostPlaces);
    this.#costs = arena.reserve(4 * Puzzle.mostPlaces);
    const window = Math.min(pixels, Puzzle.mostSide * Puzzle.mostSide);
    this.#space = arena.reserve(arena.kernels.flowSpace(window) + window + 16);
    arena.bytes(this.#frozen, pixels).fill(0);
    arena.integers(this.#map, pixels).fill(-1);
    const guideScale = {
      factors: new Array<number>(guide?.channels ?? 0).fill(1),
      groups: Math.ceil((guide?.channels ?? 0) / 4),
    };
    const all = sources.reduce((sum, source) => sum + source.picture.height * source.picture.width, 0);
    const table = sources.map((source) => {
      const features = this.#features(source.picture, scale);
      const mask = source.mask ? arena.reserve(source.mask.length) : 0;
      if (source.mask) arena.bytes(mask, source.mask.length).set(source.mask);
      const labels = guide ? this.#features(source.guide!, guideScale) : 0;
      const { height: sourceHeight, width: sourceWidth } = source.picture;
      const across = Math.ceil(sourceWidth / CELL);
      const usage = arena.reserve(4 * across * Math.ceil(sourceHeight / CELL));
      const usable = source.mask
        ? source.mask.reduce((sum, value) => sum + (value ? 1 : 0), 0)
        : sourceHeight * sourceWidth;
      // a cell that is used as often as it should, or once where most are never used, adds up to 1
      const share = (usable * Math.min(1, pixels / all)) / (Math.max(source.weight, 1e-6) * pixels * CELL * CELL);
      return [features, sourceHeight, sourceWidth, mask, labels, usage, across, bitsOf(share)];
    });
    const sourceTable = arena.reserve(4 * SOURCE * sources.length);
    arena.integers(sourceTable, SOURCE * sources.length).set(table.flat());
    arena.kernels.setTable(
      height,
      width,
      scale.groups,
      this.#map,
      this.#table,
      sourceTable,
      this.#frozen,
      guide ? this.#features(guide, guideScale) : 0,
      guideScale.groups,
      guideWeight,
      usageWeight,
    );
  }

  #features(source: Picture, scale: FeatureScale): number {
    const count = source.height * source.width * scale.groups * 4;
    const address = this.arena.reserve(4 * count);
    writeFeatures(source, scale, this.arena.floats(address, count));
    return address;
  }

  /** What each channel is multiplied by to become a feature. */
  get factors(): readonly number[] {
    return this.#scale.factors;
  }

  /** Where the features lie that `compose` writes, `[height, width, groups · 4]`. */
  get pictureAddress(): number {
    return this.#picture;
  }

  /** What the features that `compose` wrote, and others changed, look like. */
  composed(): Picture {
    const { channels } = this.sources[0].picture;
    const result = picture(this.height, this.width, channels);
    const stride = 4 * this.groups;
    const features = this.arena.floats(this.#picture, this.height * this.width * stride);
    for (let from = 0, to = 0; to < result.pixels.length; from += stride, to += channels) {
      for (let c = 0; c < channels; c++) result.pixels[to + c] = features[from + c] / this.#scale.factors[c];
    }
    return result;
  }

  /** 1 where pieces must stay, `[height, width]`: a view into the kernels' memory. */
  get frozen(): Uint8Array {
    return this.arena.bytes(this.#frozen, this.height * this.width);
  }

  /** The number of every pixel's piece, `[height, width]`: a view into the kernels' memory. */
  get map(): Int32Array {
    return this.arena.integers(this.#map, this.height * this.width);
  }

  /** @returns The new piece's number; that of a piece which no pixel shows any more, where there is no room left. */
  add(piece: Piece): number {
    if (this.pieces.length === this.#capacity && this.#unused.length === 0) this.#sweep();
    const number = this.#unused.pop() ?? this.pieces.length;
    this.pieces[number] = piece;
    this.arena
      .integers(this.#table + 4 * PIECE * number, PIECE)
      .set([piece.y, piece.x, piece.sourceY, piece.sourceX, piece.source, 0, 0, 0]);
    return number;
  }

  /** Takes back a piece that no pixel shows. */
  drop(piece: number): void {
    this.#unused.push(piece);
  }

  #sweep(): void {
    const used = new Set(this.map);
    for (let number = 0; number < this.pieces.length; number++) if (!used.has(number)) this.#unused.push(number);
    if (this.#unused.length > 0) return;
    throw new UnsupportedError(
      `synthesise: needed a result of at most ${this.#capacity} pieces, came masks that tear it into more. Use simpler masks.`,
    );
  }

  /** Puts a piece over all that it covers in a window. */
  lay(piece: number, { top, left, rows, columns }: Window, onlyHoles = false): void {
    this.arena.kernels.lay(top, left, rows, columns, piece, onlyHoles);
  }

  /** The first pixel from `start` on that shows nothing, or what must not be copied; −1 if there is none. */
  nextHole(start: number): number {
    return this.arena.kernels.nextHole(start);
  }

  /** Puts a piece where in a window it shows least, and nowhere if it would show more than what is there. */
  expand(piece: number, { top, left, rows, columns }: Window): number {
    return this.arena.kernels.expand(top, left, rows, columns, piece, this.#space);
  }

  /** Brings the features that `match` compares with up to date in a window. */
  compose({ top, left, rows, columns }: Window): void {
    this.arena.kernels.compose(top, left, rows, columns, this.#picture);
  }

  /** Counts anew how often every part of the sources is used. */
  countUsage(): void {
    this.arena.kernels.countUsage(this.sources.length);
  }

  /** How much the cuts around every pixel show, `[height, width]`: a view into the kernels' memory. */
  seams(): Float32Array {
    this.arena.kernels.seamCosts(this.#seams);
    return this.arena.floats(this.#seams, this.height * this.width);
  }

  /**
   * How different a window is from places in a source, mean squared.
   *
   * @param places - Row and column of the window's corner in the source, one after the other.
   */
  match({ top, left, rows, columns }: Window, step: number, source: number, places: readonly number[]): Float32Array {
    const count = places.length / 2;
    this.arena.integers(this.#places, places.length).set(places);
    const { kernels } = this.arena;
    kernels.matchPlaces(this.#picture, top, left, rows, columns, step, source, this.#places, count, this.#costs);
    return this.arena.floats(this.#costs, count);
  }

  /** Where in its source a pixel of a piece lies; may be outside. */
  placeOf(piece: Piece, y: number, x: number): readonly [number, number] {
    return [piece.sourceY + half(y - piece.y, this.height), piece.sourceX + half(x - piece.x, this.width)];
  }

  /** What the puzzle shows. */
  shown(): Picture {
    const { channels } = this.sources[0].picture;
    const result = picture(this.height, this.width, channels);
    const map = this.map;
    for (let y = 0, pixel = 0; y < this.height; y++) {
      for (let x = 0; x < this.width; x++, pixel++) {
        if (map[pixel] < 0) continue;
        const piece = this.pieces[map[pixel]];
        const from = this.sources[piece.source].picture;
        const [row, column] = this.placeOf(piece, y, x);
        const at = (inside(row, from.height) * from.width + inside(column, from.width)) * channels;
        for (let c = 0; c < channels; c++) result.pixels[pixel * channels + c] = from.pixels[at + c];
      }
    }
    return result;
  }
}

/** A float's bits, for a table of whole numbers. */
function bitsOf(value: number): number {
  return new Int32Array(Float32Array.of(value).buffer)[0];
}

/** As the kernels' `half`. */
function half(distance: number, count: number): number {
  const most = count - (count >> 1);
  return distance >= most ? distance - count : distance < most - count ? distance + count : distance;
}

function inside(line: number, count: number): number {
  return Math.min(count - 1, Math.max(0, line));
}

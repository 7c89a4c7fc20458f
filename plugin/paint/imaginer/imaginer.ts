import { sha256 } from "../../core/sha-256.ts";
import type { SurfaceMaps } from "../maps/surface-maps.ts";
import type { Attributes } from "../materials/attributes.ts";
import type { Picture } from "../picture.ts";
import { loadNet, type NetOptions } from "../shipped/load-net.ts";
import { buildFittedNet } from "./build-fitted-net.ts";
import { buildImaginerNet, decodeImaginer } from "./imaginer-file.ts";
import { decodeImaginerFit } from "./imaginer-fit.ts";
import { NetImaginer } from "./net-imaginer.ts";
import type { PieceLayout, PieceMask } from "./piece-layout.ts";
import type { TextureCode } from "./texture-code.ts";

/**
 * Imagines whole materials from codes: of any picture, of a class with its attributes, or from arithmetic with both (`mixCodes`,
 * `codeArithmetic`, `codePath`).
 */
export interface Imaginer {
  /** SHA-256 of the file that it was read from, 64 hex digits. */
  readonly fileHash: string | null;
  /** SHA-256 of the fit's file that went with it, 64 hex digits; null where there was none. */
  readonly fitHash: string | null;
  /** Classes that it has codes for; that of its fit is the first. */
  readonly classes: readonly string[];
  /**
   * What a picture is like. Where its parts lie does not matter: rolled by multiples of 8 pixels, a picture that tiles keeps its code.
   *
   * @param picture - sRGB, [height, width, 3], each in [0, 1]; sides of 16 to 2048 pixels, of which whole multiples of 8 are looked at.
   * @throws ConfigurationError for a picture that is none of that.
   */
  encode(picture: Picture): Promise<TextureCode>;
  /**
   * The code of a class, moved by its attributes.
   *
   * @param material - One of `classes`.
   * @param attributes - What differs from the class's middle.
   * @throws ConfigurationError for an unknown class, attributes outside their ranges, or any of a fit: move its code.
   */
  codeOf(material: string, attributes?: Partial<Attributes>): TextureCode;
  /**
   * A code with some attributes moved.
   *
   * @param change - By how much, e.g. `{ moss: 0.8 }`; attributes run from 0 to 1, changes from -1 to 1.
   * @throws ConfigurationError for unknown attributes, or changes outside [-1, 1].
   */
  moved(code: TextureCode, change: Partial<Record<AttributeLabel, number>>): TextureCode;
  /**
   * Draws a material.
   *
   * The same code and options give the same numbers in the same engine.
   *
   * @throws ConfigurationError for sides or a layout that cannot be.
   */
  imagine(code: TextureCode, options?: ImagineOptions): Promise<SurfaceMaps>;
  /**
   * Where the pieces of such a material lie, without drawing it: to be looked at, and to be drawn on.
   *
   * @returns A mask of the tile's shape, at most 128 pixels on its longer side; null for a material without pieces.
   * @throws ConfigurationError for sides or pieces that cannot be.
   */
  pieceMask(code: TextureCode, options?: Pick<ImagineOptions, "seed" | "size" | "pieces">): Promise<PieceMask | null>;
  /** Frees the weights. May be called twice. */
  dispose(): void;
}

/** The numbers of a material's attributes, by name. */
export type AttributeLabel =
  | "scale"
  | "colour red"
  | "colour green"
  | "colour blue"
  | "second colour red"
  | "second colour green"
  | "second colour blue"
  | "wear"
  | "moss"
  | "wetness"
  | "cracks"
  | "dirt";

/** How a material is drawn. */
export interface ImagineOptions {
  /** Where parts lie. Default 0. */
  readonly seed?: number;
  /** Pixels: multiples of 16, from 16 to 2048. Default 256. */
  readonly size?: number | { readonly width: number; readonly height: number };
  /** Where pieces are (1) and what lies between them (0), pixel by pixel, [height, width]. Default: as the code plans it. */
  readonly layout?: Float32Array;
  /** How pieces lie on the tile, in a few words or as a small mask; not together with `layout`. Default: as the code plans it. */
  readonly pieces?: PieceLayout;
  /** Rolls all chance, down and across, by multiples of 16 pixels: the maps roll with it. Default no roll. */
  readonly roll?: readonly [down: number, across: number];
  /** What a height of 1 means, in shorter sides of the tile, above 0. Default 0.04. */
  readonly relief?: number;
}

/** Where an imaginer computes, and what it has learned besides. */
export interface ImaginerOptions extends NetOptions {
  /** The bytes of a fit's file, as `fitImaginer` made it from the same imaginer. */
  readonly fit?: Uint8Array;
}

/**
 * Loads an imaginer, e.g. one that `npm run paint -- imaginer` has taught.
 *
 * @param source - Where the weights lie, or the bytes themselves.
 * @throws PolicyFileError for bytes that are no imaginer, or a fit of another one; StorageError where none can be fetched; UnsupportedError
 * where the backend cannot be had.
 */
export function loadImaginer(
  source: string | URL | Uint8Array,
  { fit: fitBytes, ...options }: ImaginerOptions,
): Promise<Imaginer> {
  return loadNet("Imaginer", source, options, async (bytes, who, fileHash) => {
    const file = decodeImaginer(bytes, who);
    if (!fitBytes) return new NetImaginer(buildImaginerNet(file, who), file.map, fileHash);
    const fit = decodeImaginerFit(fitBytes, "of the imaginer");
    const fitHash = await sha256(Uint8Array.from(fitBytes));
    return new NetImaginer(buildFittedNet(file, fileHash, fit, who), file.map, fileHash, { ...fit, fitHash });
  });
}

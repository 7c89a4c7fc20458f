import type { FitDepth } from "../../nets/imaginer/fit-depth.ts";
import type { NetsBackend } from "../../nets/start-backend.ts";
import type { SurfaceMaps } from "../maps/surface-maps.ts";
import type { Picture } from "../picture.ts";
import type { PaintPreview } from "../texture-generator.ts";

export type { FitDepth } from "../../nets/imaginer/fit-depth.ts";

/**
 * What an imaginer is fitted to: a picture, opaque sRGB, [height, width, 3], of which the middle is learned; or all maps of a tile. Either
 * at 128 × 128 pixels, or at 64 × 64 where it is smaller.
 */
export type FitSource = Picture | SurfaceMaps;

/** More sources than that are no single material any more, and take much memory. */
export const MOST_FIT_SOURCES = 50;

/**
 * One source, or 1 to 50 of the same kind: all pictures, or all maps. What is drawn then is like all of them together. A mini-batch takes as
 * long as with one; fifty take some 20 s more in all. If one of them is smaller than 128 × 128 pixels, all are learned at 64 × 64.
 */
export type FitSources = FitSource | readonly FitSource[];

/** How an imaginer is fitted. */
export interface FitImaginerOptions {
  /** Mini-batches, at least 1. Default 240: some minute and a half of one core. */
  readonly steps?: number;
  /**
   * What is learned at most: the code alone (0.5 kB), some 1,500 numbers with it (6 kB), or all that the drawing is made of (107 kB). Default
   * "all": it comes nearest.
   */
  readonly depth?: FitDepth;
  /** Goes on from an earlier fit of the same source, or of others like it: the bytes of its file. */
  readonly from?: Uint8Array;
  /** Fixes all chance. Default 0. */
  readonly seed?: number;
  /**
   * Where it computes, "webgpu", "wasm" or "cpu". Default "wasm": the same numbers at every run. No fit has been taught to its end on
   * "webgpu" yet.
   */
  readonly backend?: NetsBackend;
}

/** How a fit is followed and ended. */
export interface FitImaginerWatch {
  /** Ends it with nothing. */
  readonly signal?: AbortSignal;
  /** Ends it with what has been learned by then. */
  readonly enough?: AbortSignal;
  /** Called every 20 mini-batches, some seconds. */
  readonly onProgress?: (progress: FitImaginerProgress) => void;
}

/** How far a fit is. */
export interface FitImaginerProgress {
  /** What is being learned. */
  readonly stage: FitDepth;
  /** Mini-batches so far. */
  readonly step: number;
  /** The share of the mini-batches, in [0, 1]; an end that comes early leaves some out. */
  readonly done: number;
  /** About 0 is like the source, about 1 has nothing in common with it; NaN before the first. */
  readonly loss: number;
  /** What would be imagined by now, 128 × 128; null between looks. */
  readonly preview: PaintPreview | null;
}

/** What came of a fit. */
export interface TaughtImaginer {
  /** The bytes of the fit's file, for `PaintRequest.fit`, `loadImaginer` and to keep. */
  readonly fit: Uint8Array;
  /** Mini-batches in all. */
  readonly steps: number;
  /** As in the last progress. */
  readonly loss: number;
}

/** Loads what fits imaginers. */
export type FindFitter = () => Promise<
  (name: string, source: FitSources, options: FitImaginerOptions, watch: FitImaginerWatch) => Promise<TaughtImaginer>
>;

import type { NetsBackend } from "../../nets/start-backend.ts";
import type { Picture } from "../picture.ts";
import type { PaintPreview } from "../texture-generator.ts";
import type { Species } from "./species.ts";

/** How a species is taught. */
export interface SpeciesLessonOptions {
  /** For how long, above 0. Default 60: enough to see what it is going to be; three minutes make it steadier. */
  readonly seconds?: number;
  /** Fixes all chance but that of time. Default 0. */
  readonly seed?: number;
  /** Goes on from there, with the same picture: of an earlier `TaughtSpecies`. */
  readonly checkpoint?: Uint8Array;
  /**
   * Where it computes, "webgpu", "wasm" or "cpu". Default "wasm": the same numbers at every run. "webgpu" has not been timed
   * on a graphics card.
   */
  readonly backend?: NetsBackend;
}

/** How a lesson is followed and ended. */
export interface SpeciesLessonWatch {
  /** Ends the lesson with nothing. */
  readonly signal?: AbortSignal;
  /** Ends the lesson with what has been learned by then. */
  readonly enough?: AbortSignal;
  /** Called every two seconds or so. */
  readonly onProgress?: (progress: SpeciesLessonProgress) => void;
}

/** How far a lesson is. */
export interface SpeciesLessonProgress {
  /** Mini-batches so far. */
  readonly step: number;
  /** The share of the time that is over, in [0, 1]. */
  readonly done: number;
  /** Mean squared patch distance to the picture: about 0 is like it, about 1 has nothing in common with it; NaN before the first. */
  readonly loss: number;
  /** What it can by now; null between looks. */
  readonly look: { readonly preview: PaintPreview; readonly species: Species } | null;
}

/** What came of a lesson. */
export interface TaughtSpecies {
  readonly species: Species;
  /** To go on from; null where the lesson was too short for one. */
  readonly checkpoint: Uint8Array | null;
  /** Mini-batches in all. */
  readonly steps: number;
  /** As in the last progress. */
  readonly loss: number;
}

/** Loads what teaches species, as `teachSpecies` does. */
export type FindTeacher = () => Promise<
  (name: string, source: Picture, options: SpeciesLessonOptions, watch: SpeciesLessonWatch) => Promise<TaughtSpecies>
>;

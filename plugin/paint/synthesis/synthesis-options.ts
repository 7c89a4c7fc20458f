import type { Picture } from "../picture.ts";

/** One of the pictures to learn the look from. */
export interface SynthesisExample {
  /** Values in [0, 1], sides of 16 to 4096 pixels; need not tile. All examples have the same number of channels. */
  readonly picture: Picture;
  /** Its share in a mix, 0 or more; only the proportions count. Default 1. */
  readonly weight?: number;
  /** What not to copy: `[height, width, 1]` of the picture's size, places below 0.5 never appear in the result. */
  readonly sampleMask?: Picture;
  /** What is where in the picture: `[height, width, labels]` of the picture's size; needed together with `SynthesisOptions.guide`. */
  readonly guide?: Picture;
}

/** What to make of a picture. */
export interface SynthesisOptions {
  /** Which of the endless variations; its lowest 32 bits count. Default 1. */
  readonly seed?: number;
  /** Pixels of the result, at least 16 and at most 4096 a side. Default as the first picture. */
  readonly size?: { readonly height: number; readonly width: number };
  /**
   * `"new"` (default) invents where things are. `"kept"` leaves them where the first picture has them and only mends the
   * seams; a larger result begins as copies side by side.
   */
  readonly layout?: "new" | "kept";
  /** How much time to spend: `"fast"` for sliders, `"good"` (default), `"best"`. */
  readonly quality?: "fast" | "good" | "best";
  /**
   * How firmly to hold on to the picture's periods, from 0, not at all, to 1. Default as regular as the picture is, by its
   * autocorrelation. Periods are held by stretching the picture a little, until a whole number of them fits.
   */
  readonly regularity?: number;
  /** What should be where in the result: `[height, width, labels]`, in the words of the examples' guides. */
  readonly guide?: Picture;
  /**
   * Which part of the first picture to make anew: `[height, width, 1]` of its size, from 0.5 on; all other pixels stay as they
   * are, bit for bit. Implies the layout `"kept"`.
   */
  readonly region?: Picture;
  /** Ends the work within about a tenth of a second, with the signal's reason as error. */
  readonly signal?: AbortSignal;
  /** Called soon after the start and then about ten times a second. */
  readonly onProgress?: (progress: SynthesisProgress) => void;
}

/** How far a synthesis is. */
export interface SynthesisProgress {
  /** The share of the work that is done, in [0, 1]; never falls. */
  readonly done: number;
  /** What is being done, for people. */
  readonly stage: string;
  /** What it looks like by now, at the final size; made when called. */
  readonly preview: () => Picture;
}

import type { LightDirection } from "../photograph/light-vector.ts";
import type { SurfaceMaps } from "../maps/surface-maps.ts";
import type { Picture } from "../picture.ts";

/** What generators need of a network that guesses a surface from a picture: the part of `MapEstimator` without tensors. */
export interface SurfaceEstimator {
  /** SHA-256 of the file that it was read from, so that recipes can name it; null where it is not known. */
  readonly fileHash: string | null;
  /** @param picture - As in the file: sRGB, [height, width, 3], in [0, 1]. */
  estimate(picture: Picture, options?: EstimateOptions): Promise<SurfaceMaps>;
  dispose(): void;
}

/** How a surface is guessed. */
export interface EstimateOptions {
  /** `"wrap"` where the picture tiles: then the maps do, too. */
  readonly edges?: "wrap" | "cut";
  /** Whether light and shade that are in the picture are taken out of the colour. */
  readonly evenLight?: boolean;
  /** From where the picture's light comes; `"find"` looks for it. Default `"find"`. */
  readonly light?: "find" | LightDirection;
  /** What a height of 1 shall mean, in shorter sides of the tile. */
  readonly relief?: number;
  readonly signal?: AbortSignal;
  /** Called with the share that is done, in [0, 1]. */
  readonly onProgress?: (done: number) => void;
}

/** Gives the estimator when a painting needs it; the same one every time. It stays the giver's to dispose. */
export type FindEstimator = () => Promise<SurfaceEstimator>;

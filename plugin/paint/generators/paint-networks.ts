import type { Imaginer } from "../imaginer/imaginer.ts";
import type { FindEstimator } from "./surface-estimator.ts";

/**
 * Gives the imaginer when a painting needs it; the same one every time. It stays the giver's to dispose.
 *
 * @param fit - The bytes of what it shall have learned besides.
 */
export type FindImaginer = (fit?: Uint8Array) => Promise<Imaginer>;

/** The networks that generators may use; what is left out or null is not there. */
export interface PaintNetworks {
  /** Guesses a surface from a picture. */
  readonly findEstimator?: FindEstimator | null;
  /** Draws materials from codes. */
  readonly findImaginer?: FindImaginer | null;
}

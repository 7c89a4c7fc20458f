import type { Denoiser } from "../encoders/denoiser.ts";
import type { TextureAutoencoder } from "../encoders/texture-autoencoder.ts";
import type { Imaginer } from "../imaginer/imaginer.ts";
import type { FindEstimator } from "./surface-estimator.ts";

/**
 * Gives the imaginer when a painting needs it; the same one every time. It stays the giver's to dispose.
 *
 * @param fit - The bytes of what it shall have learned besides.
 */
export type FindImaginer = (fit?: Uint8Array) => Promise<Imaginer>;

/** The networks that a painter may use; what is left out or null is not there. Each gives the same one every time, by the same fit, when it is needed. */
export interface PaintNetworks {
  /** Guesses a surface from a picture. */
  readonly findEstimator?: FindEstimator | null;
  /** Draws materials from codes. */
  readonly findImaginer?: FindImaginer | null;
  /** Takes noise out of pictures. */
  readonly findDenoiser?: (() => Promise<Denoiser>) | null;
  /** Fills holes in textures, and makes them from codes. */
  readonly findAutoencoder?: (() => Promise<TextureAutoencoder>) | null;
}

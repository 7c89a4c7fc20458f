import type { Picture } from "../picture.ts";
import { loadNet, type NetOptions } from "../shipped/load-net.ts";
import { decodeAutoencoder } from "./autoencoder-file.ts";
import { NetAutoencoder } from "./net-autoencoder.ts";
import type { SpatialCode } from "./spatial-code.ts";

/**
 * Keeps textures in a 16th of their numbers, and makes them anew from these: a convolutional autoencoder with a spatial code, taught on
 * procedural materials. What was taught to repeat textures can fill holes in them.
 *
 * Pictures are sRGB, [height, width, 3], each in [0, 1], with sides of 8 to 4096 pixels; none is changed. Large ones are worked through in
 * tiles, so memory stays bounded. Everything throws a ConfigurationError for what is none of that, and the signal's reason when cancelled.
 */
export interface TextureAutoencoder {
  /** SHA-256 of the file that it was read from, 64 hex digits; null where it is not known. */
  readonly fileHash: string | null;
  /** Numbers of a code's cell. */
  readonly channels: number;
  /** What a picture becomes. */
  encode(picture: Picture, options?: EncodeOptions): Promise<SpatialCode>;
  /** A picture of a code, also of one that was changed. */
  decode(code: SpatialCode, options?: FollowOptions): Promise<Picture>;
  /** What is left of a picture after it was a code. */
  reconstruct(picture: Picture, options?: EncodeOptions): Promise<Picture>;
  /**
   * Fills scratches and small holes by what the network expects there, as softly as it is unsure. All else stays as it was, number by number.
   *
   * @param hole - Not 0 where a pixel is unknown, [height, width].
   */
  inpaint(picture: Picture, hole: ArrayLike<number>, options?: EncodeOptions): Promise<Picture>;
  /**
   * Grows new texture in place of what was scratched out: cells of the code are chosen from the rest of the picture so that they fit their
   * surroundings, and decoded together. All else stays as it was, number by number.
   *
   * @param hole - Not 0 where texture shall grow anew, [height, width].
   */
  regrow(picture: Picture, hole: ArrayLike<number>, options?: RegrowOptions): Promise<Picture>;
  /** Frees the weights. May be called twice. */
  dispose(): void;
}

/** How work is followed and stopped. */
export interface FollowOptions {
  readonly signal?: AbortSignal;
  /** @param done - The share that is done, in [0, 1]; never falls. */
  readonly onProgress?: (done: number) => void;
}

/** How a picture is read. */
export interface EncodeOptions extends FollowOptions {
  /** What lies beyond the borders: "wrap" for a picture that tiles, "cut" for any other. Default "wrap". */
  readonly edges?: "wrap" | "cut";
  /**
   * How often the picture is looked at again: the code moves to where what is made of it comes nearer to what is known. Each time costs as much as
   * making the picture twice or three times, and memory is twice as much meanwhile. 0 leaves the encoder's first guess. Whole, 0 to 100. Default 4.
   */
  readonly refine?: number;
}

/** How texture grows; its codes are the encoder's first guess. */
export interface RegrowOptions extends Omit<EncodeOptions, "refine"> {
  /** Another one grows otherwise. Default 0. */
  readonly seed?: number;
}

/**
 * Loads an autoencoder, e.g. one that `npm run paint -- autoencoder` has taught.
 *
 * @param source - Where the weights lie, or the bytes themselves.
 * @throws PolicyFileError for bytes that are no autoencoder, StorageError where none can be fetched, UnsupportedError where the backend cannot be
 * had.
 */
export function loadTextureAutoencoder(
  source: string | URL | Uint8Array,
  options: NetOptions,
): Promise<TextureAutoencoder> {
  return loadNet("Autoencoder", source, options, (bytes, who, fileHash) => {
    const { net } = decodeAutoencoder(bytes, who);
    return new NetAutoencoder(net, options.backend, fileHash);
  });
}

import { ConfigurationError } from "../../core/errors.ts";

/** What a picture became: a small picture of many channels, of which each cell stands for 8 × 8 pixels. Plain numbers: change them, mix them. */
export interface SpatialCode {
  readonly rows: number;
  readonly columns: number;
  /** Numbers of a cell; of pictures like those that were taught, each has a standard deviation of about 1. */
  readonly channels: number;
  /** [rows, columns, channels]. */
  readonly values: Float32Array;
  /**
   * Where in what is made of it the picture lies, in pixels. All of it where both sides are multiples of 8; other pictures are encoded with some of
   * what lies beyond their borders.
   */
  readonly frame: { readonly top: number; readonly left: number; readonly height: number; readonly width: number };
  /** What lies beyond the borders. */
  readonly edges: "wrap" | "cut";
}

/**
 * Checks a code that somebody may have changed.
 *
 * @throws ConfigurationError when it can't be decoded.
 */
export function assertSpatialCode(who: string, code: SpatialCode, channels: number): void {
  const { rows, columns, values } = code;
  const length = rows * columns * channels;
  if (code.channels !== channels || values.length !== length) {
    throw new ConfigurationError(
      `${who}: needed a code of ${rows} × ${columns} cells with ${channels} numbers each, came ${values.length} numbers for ${code.channels} channels. Take one of the same autoencoder.`,
    );
  }
  const bad = values.findIndex((value) => !Number.isFinite(value));
  if (bad < 0) return;
  throw new ConfigurationError(
    `${who}: needed finite numbers in a code, came ${values[bad]} as number ${bad}. Look for where it was changed.`,
  );
}

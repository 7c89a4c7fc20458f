import { ConfigurationError } from "../../core/errors.ts";

/** How large the networks are that make pictures of codes, or codes of pictures. */
export interface CodeShape {
  /** Pixels on each side. */
  readonly side: number;
  /** Values of a pixel. */
  readonly channels: number;
  /** Numbers of a code. */
  readonly code: number;
  /** Channels from coarse to fine; each level has twice the side of the one before, the last is the picture's. */
  readonly widths: readonly number[];
}

/** Pixels on each side of the coarsest level. */
export function coarseSide({ side, widths }: CodeShape): number {
  return side / 2 ** (widths.length - 1);
}

/** @throws ConfigurationError for a shape whose levels do not halve evenly, or of sizes below 1. */
export function assertCodeShape(shape: CodeShape): void {
  const { side, channels, code, widths } = shape;
  const coarse = coarseSide(shape);
  const sizes = [channels, code, ...widths];
  if (widths.length > 1 && Number.isInteger(coarse) && sizes.every((size) => Number.isInteger(size) && size > 0))
    return;
  throw new ConfigurationError(
    `CodeShape: needed a side that can be halved for each of at least 2 widths, and whole sizes above 0, came side ${side}, channels ${channels}, code ${code} and widths [${widths.join(", ")}]. Take e.g. 32, 4, 48 and [96, 48, 32, 16].`,
  );
}

import type { BakedImages, Painter, TextureCode } from "../../../plugin/paint.ts";
import { NO_IMAGINING, type Imagining } from "../rules/imagining.ts";
import { imagineRequest } from "./imagine-order.ts";

/** How a code is sketched. */
export interface SketchOptions {
  /** Pixels on each side, a multiple of 16. */
  readonly side: number;
  /** Default 1. */
  readonly seed?: number;
  /** Default null: no class. */
  readonly towards?: Imagining["towards"];
  /** Default none. */
  readonly change?: Imagining["change"];
  /** How pieces lie. Default null: as the network plans it. */
  readonly pieces?: Imagining["pieces"];
  readonly signal: AbortSignal;
}

/** A small picture of what a code is like. @throws The signal's reason when cancelled, and what the painter throws. */
export async function sketchCode(
  sketcher: Painter,
  code: TextureCode,
  { side, seed = 1, towards = null, change = {}, pieces = null, signal }: SketchOptions,
): Promise<BakedImages> {
  const spot = { place: null, code: Array.from(code), name: "" };
  const sketched: Imagining = { ...NO_IMAGINING, way: "map", spot, towards, change, pieces };
  const { generator, size, settings } = imagineRequest(sketched, seed, side);
  return (await sketcher.paint({ generator, seed, size, settings }, { signal })).images;
}

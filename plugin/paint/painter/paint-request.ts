import type { BakedImages } from "../maps/bake.ts";
import type { SurfaceMaps } from "../maps/surface-maps.ts";
import type { TextureRecipe } from "../recipe.ts";
import type { OrderPicture, PaintOrder } from "../texture-generator.ts";

/** What to paint. */
export interface PaintRequest {
  /** `"procedural"`, `"example"`, `"photograph"`, `"automaton"` or `"imagined"`. */
  readonly generator: string;
  /** Which of the endless variations; its lowest 32 bits count. Default 1. */
  readonly seed?: number;
  /** Pixels of a square tile, or of a longer one. Default 512, or as the first picture, made smaller to at most 512. */
  readonly size?: number | { readonly width: number; readonly height: number };
  /** As the generator documents them; plain data. What is left out takes the generator's default. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** What it paints from. They are copied, not taken. */
  readonly pictures?: readonly OrderPicture[];
  /** SHA-256 of the only estimator file that will do, 64 hex digits. Default: any will. */
  readonly estimator?: string;
  /** What the imaginer has learned besides, the bytes of a fit's file: its name is a material then. They are copied, not taken. */
  readonly fit?: Uint8Array;
  /** SHA-256 of the only imaginer file that will do, 64 hex digits. Default: any will. */
  readonly imaginer?: string;
}

/** A finished material. */
export interface PaintedMaterial {
  /** Makes the same pixels again, given the same pictures. */
  readonly recipe: TextureRecipe;
  /** As numbers, for further work. */
  readonly maps: SurfaceMaps;
  /** As pictures, for textures and files. */
  readonly images: BakedImages;
}

const USUAL_SIDE = 512;
const LEAST_SIDE = 16;

/** The order that a request means. */
export function orderOf({ seed = 1, size, settings = {}, pictures = [] }: PaintRequest): PaintOrder {
  return { seed, ...sizeOf(size, pictures), settings, pictures };
}

function sizeOf(
  size: PaintRequest["size"],
  pictures: readonly OrderPicture[],
): { readonly width: number; readonly height: number } {
  if (typeof size === "object") return { width: size.width, height: size.height };
  if (size !== undefined) return { width: size, height: size };
  if (pictures.length === 0) return { width: USUAL_SIDE, height: USUAL_SIDE };
  const { width, height } = pictures[0].picture;
  const shrink = Math.min(1, USUAL_SIDE / Math.max(width, height));
  const side = (pixels: number): number => Math.max(LEAST_SIDE, Math.round(pixels * shrink));
  return { width: side(width), height: side(height) };
}

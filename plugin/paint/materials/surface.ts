import type { Rgb } from "../maps/srgb.ts";
import type { Field, Grid } from "../noise/grid.ts";

/** A material while it is being made: one entry for each pixel, row-major. */
export interface Surface {
  readonly grid: Grid;
  /** Linear, [height, width, 3]. */
  readonly albedo: Field;
  /** 0 is the deepest hollow the class can have, 1 its highest point. */
  readonly heights: Field;
  readonly roughness: Field;
  readonly metallic: Field;
  /** 0 between the pieces, else the piece's number. */
  readonly layout: Uint16Array<ArrayBuffer>;
  /** Where a class says how its parts lie; null where nobody asked. */
  readonly parts: { said: MaterialParts | null } | null;
}

/** How the parts of a material lie, where they are no plain pieces: what a network that draws such parts can learn from. */
export interface MaterialParts {
  readonly kind: "plates" | "weave" | "twill" | "grain" | "veins";
  /** How many, see `LayoutPlan`, but to the whole tile. */
  readonly across: number;
  readonly down: number;
  /** Which part each pixel belongs to, [height, width], from 1; 0 between parts. */
  readonly ids: Uint16Array;
  /** What the kind tells of each pixel, [height, width], in [-1, 1]; null where it tells nothing. */
  readonly numbers: Float32Array | null;
}

/** A black, flat, fully rough surface without pieces. @param asksParts - Whether the class shall say how its parts lie. Default false. */
export function createSurface(grid: Grid, asksParts = false): Surface {
  const size = grid.width * grid.height;
  return {
    grid,
    albedo: new Float32Array(size * 3),
    heights: new Float32Array(size),
    roughness: new Float32Array(size).fill(1),
    metallic: new Float32Array(size),
    layout: new Uint16Array(size),
    parts: asksParts ? { said: null } : null,
  };
}

/** Sets a pixel's colour: `share` of the way from one colour to another, times a brightness. */
export function setColour(surface: Surface, pixel: number, from: Rgb, to: Rgb, share: number, brightness = 1): void {
  const { albedo } = surface;
  const at = 3 * pixel;
  albedo[at] = (from[0] + (to[0] - from[0]) * share) * brightness;
  albedo[at + 1] = (from[1] + (to[1] - from[1]) * share) * brightness;
  albedo[at + 2] = (from[2] + (to[2] - from[2]) * share) * brightness;
}

/** Lays a colour over a pixel's own: 0 leaves it, 1 covers it. */
export function coverColour(surface: Surface, pixel: number, colour: Rgb, share: number, brightness = 1): void {
  const { albedo } = surface;
  const at = 3 * pixel;
  albedo[at] += (colour[0] * brightness - albedo[at]) * share;
  albedo[at + 1] += (colour[1] * brightness - albedo[at + 1]) * share;
  albedo[at + 2] += (colour[2] * brightness - albedo[at + 2]) * share;
}

/** Makes a pixel's colour lighter or darker. */
export function scaleColour(surface: Surface, pixel: number, factor: number): void {
  const { albedo } = surface;
  albedo[3 * pixel] *= factor;
  albedo[3 * pixel + 1] *= factor;
  albedo[3 * pixel + 2] *= factor;
}

/** Holds colours, heights, roughness and metallic within [0, 1]. */
export function clampSurface({ albedo, heights, roughness, metallic }: Surface): void {
  for (const field of [albedo, heights, roughness, metallic]) {
    for (let i = 0; i < field.length; i++) {
      const value = field[i];
      if (value < 0) field[i] = 0;
      else if (value > 1) field[i] = 1;
    }
  }
}

/** A colour between two. */
export function mixRgb(a: Rgb, b: Rgb, share: number): Rgb {
  return [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share, a[2] + (b[2] - a[2]) * share];
}

/** A lighter or darker colour, held within [0, 1]. */
export function scaleRgb(colour: Rgb, factor: number): Rgb {
  return [Math.min(1, colour[0] * factor), Math.min(1, colour[1] * factor), Math.min(1, colour[2] * factor)];
}

import type { Random } from "../../core/random.ts";
import type { Rgb } from "../maps/srgb.ts";
import { clamp01, cosineOfTurns, mix, sineOfTurns, smoothstep } from "../noise/curves.ts";
import type { Field } from "../noise/grid.ts";
import { drawDisc } from "../noise/strokes.ts";
import { coverColour, mixRgb, type Surface } from "./surface.ts";

/** Small stones that lie about. */
export interface PebbleOptions {
  readonly count: number;
  /** Least and largest radius, in short sides. */
  readonly radius: readonly [number, number];
  /** Each pebble's colour lies between these. */
  readonly colours: readonly [Rgb, Rgb];
  /** How far they stand out, as a share of the height's range. */
  readonly rise: number;
  /** Fine noise for their faces, [height, width]. */
  readonly grain: Field;
}

/** Strews pebbles over a surface, half sunk; numbers them in its layout from 1. */
export function strewPebbles(surface: Surface, options: PebbleOptions, random: Random): void {
  const { grid, heights, roughness, layout } = surface;
  const { count, radius, colours, rise, grain } = options;
  for (let pebble = 1; pebble <= count; pebble++) {
    const small = random.uniform();
    const shade = mixRgb(colours[0], colours[1], random.uniform());
    const tone = random.between(0.6, 1.15);
    const flat = random.between(0.62, 0.95);
    const turns = random.uniform();
    const cosine = cosineOfTurns(turns);
    const sine = sineOfTurns(turns);
    const centre = { x: random.uniform() * grid.across, y: random.uniform() * grid.down };
    const own = mix(radius[0], radius[1], small * small);
    const column = Math.min(grid.width - 1, Math.floor(centre.x / grid.pixel));
    const row = Math.min(grid.height - 1, Math.floor(centre.y / grid.pixel));
    const ground = heights[row * grid.width + column];
    const thick = rise * mix(0.5, 1, small);
    drawDisc(grid, { ...centre, radius: own * 1.35 }, (pixel, x, y) => {
      const long = (x * cosine + y * sine) * 1.35;
      const short = ((y * cosine - x * sine) * 1.35) / flat;
      const square = long * long + short * short + 0.6 * (grain[pixel] - 0.5);
      if (square > 1) {
        // Earth is pressed down around it.
        heights[pixel] -= 0.18 * thick * clamp01(1.8 - square);
        return;
      }
      const dome = Math.sqrt(1 - square);
      const share = smoothstep(0, 0.4, dome);
      heights[pixel] = mix(heights[pixel], ground + thick * (dome - 0.25), share);
      coverColour(surface, pixel, shade, share, tone * (0.72 + 0.5 * grain[pixel] + 0.1 * dome));
      roughness[pixel] = mix(roughness[pixel], 0.7, share);
      if (share > 0.5) layout[pixel] = pebble;
    });
  }
}

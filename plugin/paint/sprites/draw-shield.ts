import type { Random } from "../../core/random.ts";
import type { Rgb } from "../maps/srgb.ts";
import { clamp01, mix, smoothstep } from "../noise/curves.ts";
import { createGrid } from "../noise/grid.ts";
import { valueNoise } from "../noise/value.ts";
import { CHARGE_SHAPES, DIVISION_SHAPES, OUTLINE_SHAPES } from "./shield-shapes.ts";
import { randomShield, type Shield } from "./shield.ts";
import { SPRITE_CHANNELS, SPRITE_SIDE, type Sprite } from "./sprite.ts";
import { length, type Shape } from "./shapes.ts";

const SILVER: Rgb = [0.84, 0.87, 0.92];
const GOLD: Rgb = [0.95, 0.74, 0.22];
const RIM: Rgb = [0.13, 0.11, 0.12];
const DIRT: Rgb = [0.3, 0.26, 0.2];
/** Widths, in half pictures: of the dark line along every edge, of a border, of the edge that falls away. */
const LINE = 0.07;
const BORDER = 0.17;
const BEVEL = 0.26;
/** From where the light comes, right and up, out of the picture as well. */
const LIGHT = [-0.55, 0.65] as const;
const PIXEL = 2 / SPRITE_SIDE;
const GRID = createGrid(SPRITE_SIDE, SPRITE_SIDE);

/**
 * Draws a shield: smooth edges, a dark rim, light from the upper left, and stains where it is worn.
 *
 * @param random - Where the stains are; everything else is the shield's own.
 * @returns See `Sprite`. The same bytes in every JavaScript engine.
 */
export function drawShield(shield: Shield, random: Random): Sprite {
  const outline = OUTLINE_SHAPES[shield.outline];
  const divide = DIVISION_SHAPES[shield.division];
  const charge = CHARGE_SHAPES[shield.charge];
  const stains = valueNoise(GRID, { cells: { columns: 5, rows: 5 }, seed: random.uint32() });
  const metal = mixed(SILVER, GOLD, shield.metal);
  const pixels = new Float32Array(SPRITE_SIDE * SPRITE_SIDE * SPRITE_CHANNELS);
  for (let pixel = 0; pixel < SPRITE_SIDE * SPRITE_SIDE; pixel++) {
    const x = ((pixel % SPRITE_SIDE) + 0.5) * PIXEL - 1;
    const y = (Math.floor(pixel / SPRITE_SIDE) + 0.5) * PIXEL - 1;
    const edge = outline(x, y);
    const alpha = coverage(edge);
    if (alpha === 0) continue;

    // Step 1. Paint, from the bottom up.
    let colour = mixed(...shield.tinctures, coverage(-divide(x, y)));
    const onCharge = charge(x / shield.size, (y + 0.04) / shield.size) * shield.size;
    colour = mixed(colour, RIM, 0.75 * coverage(onCharge - LINE * 0.7));
    colour = mixed(colour, metal, coverage(onCharge));
    if (shield.border) {
      colour = mixed(colour, RIM, 0.75 * coverage(-edge - BORDER - LINE * 0.7));
      colour = mixed(colour, metal, coverage(-edge - BORDER));
    }

    // Step 2. Age: colours fade, and dirt gathers in stains and along the edge.
    const grey = 0.3 * colour[0] + 0.59 * colour[1] + 0.11 * colour[2];
    colour = mixed(colour, [grey, grey, grey], 0.35 * shield.wear);
    const stain = smoothstep(0.45, 0.95, stains[pixel]) + 0.5 * smoothstep(-BEVEL, 0, edge);
    colour = mixed(colour, DIRT, 0.7 * shield.wear * clamp01(stain));

    // Step 3. Light: a dome whose edge falls away.
    const light = 1.02 + 0.16 * (-x - y) * 0.5 + 0.3 * slope(outline, x, y) * smoothstep(-BEVEL, -LINE, edge);
    const shine = 0.14 * smoothstep(0.55, 0, length(x + 0.28, y + 0.38));
    const rim = coverage(-edge - LINE);
    for (let c = 0; c < 3; c++) {
      const lit = clamp01(mix(clamp01(colour[c] * light + shine), RIM[c], rim));
      pixels[pixel * SPRITE_CHANNELS + c] = alpha * lit;
    }
    pixels[pixel * SPRITE_CHANNELS + 3] = alpha;
  }
  return { height: SPRITE_SIDE, width: SPRITE_SIDE, channels: SPRITE_CHANNELS, pixels };
}

/** Shield number `index` of a set: attributes and picture are the same whenever it is asked for. */
export function shieldOfSet(set: Random, index: number): { readonly shield: Shield; readonly sprite: Sprite } {
  const random = set.fork(index);
  const shield = randomShield(random);
  return { shield, sprite: drawShield(shield, random) };
}

/** How much of a pixel a shape covers, from its distance to the pixel's middle. */
function coverage(distance: number): number {
  return clamp01(0.5 - distance / PIXEL);
}

/** How far the edge that is nearest faces the light, in [-1, 1]. */
function slope(outline: Shape, x: number, y: number): number {
  const step = 0.5 * PIXEL;
  const [right, down] = [outline(x + step, y) - outline(x - step, y), outline(x, y + step) - outline(x, y - step)];
  return (right * LIGHT[0] - down * LIGHT[1]) / (2 * step);
}

function mixed(from: Rgb, to: Rgb, share: number): Rgb {
  return [mix(from[0], to[0], share), mix(from[1], to[1], share), mix(from[2], to[2], share)];
}

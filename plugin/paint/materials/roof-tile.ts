import { rgbFromHex } from "../maps/srgb.ts";
import { clamp01, mix, smoothstep } from "../noise/curves.ts";
import { fbm } from "../noise/fbm.ts";
import { wrap } from "../noise/grid.ts";
import { chanceOf } from "../noise/hash.ts";
import { warpField } from "../noise/warp.ts";
import type { MaterialClass } from "./material-class.ts";
import { coverColour, mixRgb, scaleColour, scaleRgb, setColour } from "./surface.ts";

const LICHEN = rgbFromHex(0xb9b58a);

/** How far the rounded end of a tile reaches below its row, in rows. */
const TAIL = 0.62;

/** Clay beaver-tail tiles. */
export const roofTile: MaterialClass = {
  name: "roofTile",
  describe: "Clay beaver-tail tiles, each row lapping over the next; wear brings lichen and chips.",
  defaults: {
    scale: 0.5,
    colour: rgbFromHex(0xa3523a),
    secondColour: rgbFromHex(0x6d3a2c),
    wear: 0.35,
    moss: 0,
    wetness: 0,
    cracks: 0,
    dirt: 0.15,
  },
  palettes: [
    [rgbFromHex(0xa3523a), rgbFromHex(0x6d3a2c)],
    [rgbFromHex(0x8f4a38), rgbFromHex(0x4b2f2a)],
    [rgbFromHex(0xc98a5a), rgbFromHex(0x9a5a38)],
    [rgbFromHex(0x5b6069), rgbFromHex(0x3a3d44)],
    [rgbFromHex(0x7a6a58), rgbFromHex(0x4c4238)],
  ],
  relief: 0.05,
  weather: { porosity: 0.7, puddles: false, crackFrequency: [4, 4], crackDepth: 0.12, mossHeight: 0.14 },
  draw(surface, { colour, secondColour, wear }, density, random) {
    const { grid, heights, roughness, layout } = surface;
    const columns = Math.max(2, Math.round(6 * density * grid.across));
    const rows = 2 * Math.max(1, Math.round(3 * density * grid.down));
    const cellWidth = grid.across / columns;
    const cellHeight = grid.down / rows;
    const seed = random.uint32();
    const warp = warpField(grid, cellWidth * 0.02 * (0.5 + wear), {
      seed: random.uint32(),
      frequency: 14 * density,
      octaves: 4,
      gain: 0.6,
    });
    const clay = fbm(grid, { seed: random.uint32(), frequency: 26 * density, octaves: 5, gain: 0.65 });
    const clouds = fbm(grid, { seed: random.uint32(), frequency: 7 * density, octaves: 5, gain: 0.55 });
    const grit = fbm(grid, { seed: random.uint32(), frequency: 70, octaves: 2, gain: 0.9 });
    const spots = fbm(grid, { seed: random.uint32(), frequency: 13 * density, octaves: 5, gain: 0.6 });
    const pale = mixRgb(scaleRgb(colour, 1.4), rgbFromHex(0xd9b494), 0.35);
    for (let i = 0; i < heights.length; i++) {
      const column = i % grid.width;
      const line = (i - column) / grid.width;
      const x = ((column + 0.5) / grid.width) * columns + warp.x[i] / cellWidth;
      const y = ((line + 0.5) / grid.height) * rows + warp.y[i] / cellHeight;

      // Step 1. Which tile lies on top: that of the row above, as far as its tail reaches, or that of this row.
      const band = Math.floor(y);
      const above = tileAt(x, band - 1, columns, rows, seed);
      const slack = 0.05 * (chanceOf(above.id, seed + 5) - 0.5);
      const reach = tailReach(above.place) + slack;
      const below = y - band;
      const onTail = below < reach;
      const tile = onTail ? above : tileAt(x, band, columns, rows, seed);
      const run = onTail ? below + 1 : below;
      const end = (onTail ? reach - below : 1 + tailReach(tile.place) - below) * cellHeight;
      const side = (0.5 - Math.abs(tile.place)) * cellWidth;

      // Step 2. Its shape: it lies on the tile beneath, so its lower end is the highest.
      const chip = wear * 0.05 * cellHeight * smoothstep(0.55, 0.8, spots[i]) * 3;
      const edge = Math.min(end - chip, side);
      const rounded = smoothstep(0, cellWidth * 0.07, edge);
      const id = tile.id;
      const gap = smoothstep(0.012 * cellWidth, 0.05 * cellWidth, side);
      const crown = 0.05 * (1 - 4 * tile.place * tile.place);
      const tilt = 0.12 * (chanceOf(id, seed + 6) - 0.5) * tile.place + 0.06 * (chanceOf(id, seed + 7) - 0.5);
      heights[i] =
        (0.2 + 0.32 * run + crown + tilt) * mix(0.9, 1, rounded) + 0.09 * (clay[i] - 0.5) + 0.025 * (grit[i] - 0.5);
      heights[i] = mix(heights[i] * 0.55, heights[i], gap);

      // Step 3. Its colour: fired differently, darker beneath the row above, with lichen where it is old.
      const fired = chanceOf(id, seed + 8);
      const tone = 0.74 + 0.48 * chanceOf(id, seed + 9);
      setColour(
        surface,
        i,
        colour,
        secondColour,
        clamp01(fired * fired * 0.9 + 0.5 * (clouds[i] - 0.5)),
        tone * (0.8 + 0.4 * clay[i]),
      );
      coverColour(surface, i, pale, (fired < 0.15 ? 0.3 : 0.1) + 0.3 * smoothstep(0.55, 0.8, clay[i]), tone);
      coverColour(surface, i, LICHEN, wear * 0.75 * smoothstep(0.66, 0.74, spots[i]), 0.7 + 0.5 * grit[i]);
      coverColour(
        surface,
        i,
        rgbFromHex(0x2b2420),
        0.5 * wear * smoothstep(0.55, 0.8, clouds[i]) * smoothstep(0.3, 1.2, run),
      );
      coverColour(surface, i, pale, 0.45 * (1 - rounded) * (onTail || end < 0.1 * cellHeight ? 1 : 0.2));
      const covered = onTail ? 1 : smoothstep(0, 0.22, below - reach);
      scaleColour(surface, i, mix(0.3, 1, gap) * mix(0.5, 1, covered));
      roughness[i] = 0.76 + 0.2 * (clay[i] - 0.5) + 0.1 * wear;
      layout[i] = gap < 0.5 ? 0 : id;
    }
  },
};

/** The tile of a row at a place: its number from 1, and where across it, in [-0.5, 0.5). */
function tileAt(
  x: number,
  row: number,
  columns: number,
  rows: number,
  seed: number,
): { readonly id: number; readonly place: number } {
  const own = wrap(row, rows);
  const shifted = x + (own % 2) * 0.5 + 0.06 * (chanceOf(own, seed) - 0.5);
  const column = Math.floor(shifted);
  return { id: own * columns + wrap(column, columns) + 1, place: shifted - column - 0.5 };
}

/** How far a tile's rounded end reaches below its row, in rows. */
function tailReach(place: number): number {
  const square = 1 - 4 * place * place;
  return TAIL * (square > 0 ? Math.sqrt(square) : 0);
}

import { rgbFromHex } from "../maps/srgb.ts";
import { mix, smoothstep } from "../noise/curves.ts";
import { fbm } from "../noise/fbm.ts";
import { chanceOf } from "../noise/hash.ts";
import { warpField } from "../noise/warp.ts";
import { bond } from "./bond.ts";
import type { MaterialClass } from "./material-class.ts";
import { coverColour, scaleColour, scaleRgb, setColour } from "./surface.ts";
import { ringShade, woodFigure } from "./wood-figure.ts";

const WEATHERED = rgbFromHex(0x8f8a80);
const NAIL = rgbFromHex(0x4a4340);

/** Boards nailed side by side. */
export const plank: MaterialClass = {
  name: "plank",
  describe: "Boards nailed side by side; wear turns them grey and splits their edges.",
  defaults: {
    scale: 0.5,
    colour: rgbFromHex(0xa5774a),
    secondColour: rgbFromHex(0x5e3b1f),
    wear: 0.35,
    moss: 0,
    wetness: 0,
    cracks: 0,
    dirt: 0.12,
  },
  palettes: [
    [rgbFromHex(0xa5774a), rgbFromHex(0x5e3b1f)],
    [rgbFromHex(0xc7a173), rgbFromHex(0x8a5e33)],
    [rgbFromHex(0x70503a), rgbFromHex(0x33211a)],
    [rgbFromHex(0x94897a), rgbFromHex(0x564c42)],
    [rgbFromHex(0x8a4f35), rgbFromHex(0x44211a)],
  ],
  relief: 0.022,
  weather: { porosity: 0.65, puddles: false, crackFrequency: [1, 7], crackDepth: 0.3, mossHeight: 0.25 },
  draw(surface, { colour, secondColour, wear }, density, random) {
    const { grid, heights, roughness, metallic, layout } = surface;
    const rows = Math.max(2, Math.round(5 * density * grid.down));
    const columns = Math.max(1, Math.round(0.9 * density * grid.across));
    const cell = grid.down / rows;
    const cellWidth = grid.across / columns;
    const seed = random.uint32();
    const ragged = warpField(grid, cell * 0.02 * (0.4 + wear), {
      seed: random.uint32(),
      frequency: [5 * density, 8 * density],
      octaves: 5,
      gain: 0.7,
    });
    const boards = bond(grid, {
      columns,
      rows,
      shift: (row) => chanceOf(row, seed + 20),
      gap: cell * 0.035,
      rounding: cell * 0.02,
      uneven: cell * 0.02,
      seed,
      warp: ragged,
    });
    const figure = woodFigure(grid, { density, sway: 5, knots: 2 + random.integer(3), frequency: 5 * density }, random);
    const clouds = fbm(grid, { seed: random.uint32(), frequency: [3 * density, 7 * density], octaves: 5, gain: 0.6 });
    const splits = fbm(grid, { seed: random.uint32(), frequency: [2 * density, 34 * density], octaves: 2, gain: 0.5 });
    const dark = scaleRgb(secondColour, 0.3);
    for (let i = 0; i < heights.length; i++) {
      const id = boards.id[i];
      const inside = boards.inside[i];
      const v = boards.v[i];
      const share = smoothstep(-grid.pixel * 0.5, grid.pixel, inside);
      const round = smoothstep(0, cell * 0.05, inside);
      const rings = 2 + 3 * chanceOf(id, seed + 10);
      const phase = v * rings + figure.bend[i] + 7 * chanceOf(id, seed + 11);
      const ring = ringShade(chanceOf(id, seed + 12) < 0.5 ? phase : -phase);
      const fibre = figure.fibres[i];
      const knot = figure.knots[i];
      const split = wear * smoothstep(0.82 - 0.12 * wear, 0.92, splits[i]) * share;
      const grey =
        wear * smoothstep(0.25, 0.8, clouds[i] + 0.25 * (chanceOf(id, seed + 13) - 0.5) + 0.3 * (wear - 0.5));
      const tone = 0.7 + 0.55 * chanceOf(id, seed + 14);
      const shade = Math.max(0, Math.min(1, 0.1 + 0.6 * ring + 0.5 * (fibre - 0.5) + 0.55 * knot));
      setColour(surface, i, colour, secondColour, shade, tone * (0.84 + 0.4 * (fibre - 0.5) + 0.3 * (clouds[i] - 0.5)));
      coverColour(surface, i, WEATHERED, 0.72 * grey, tone * (0.62 + 0.5 * fibre - 0.25 * ring));
      coverColour(surface, i, dark, Math.min(1, 0.4 * figure.pores[i] + 0.85 * split + 0.5 * knot * ring));
      const cup = 0.06 * (0.25 - v * v) * (chanceOf(id, seed + 15) - 0.3);
      heights[i] =
        0.74 +
        0.12 * (chanceOf(id, seed + 16) - 0.5) +
        cup +
        0.05 * ring * (1 + wear) +
        0.16 * (fibre - 0.5) * (0.5 + wear);
      heights[i] += 0.05 * knot - 0.1 * figure.pores[i] - 0.4 * split - 0.16 * (1 - round);
      roughness[i] = 0.6 + 0.25 * grey + 0.16 * (fibre - 0.5) - 0.06 * ring;

      // Two nails at each end of a board.
      const fromEnd = (0.5 - Math.abs(boards.u[i])) * cellWidth - cell * 0.16;
      const fromSide = (Math.abs(v) - 0.28) * cell;
      const far = Math.sqrt(fromEnd * fromEnd + fromSide * fromSide) / (cell * 0.045);
      if (far < 2.2) {
        const head = 1 - smoothstep(0.85, 1.1, far);
        coverColour(surface, i, dark, 0.5 * (1 - smoothstep(0.9, 2.2, far)));
        coverColour(surface, i, NAIL, head, 0.8 + 0.5 * fibre);
        heights[i] += head * 0.06 * (1 - far * far * 0.5) - 0.07 * (1 - head) * (1 - smoothstep(1, 1.6, far));
        metallic[i] = head * (1 - 0.7 * wear);
        roughness[i] = mix(roughness[i], 0.45 + 0.4 * wear, head);
      }
      heights[i] = mix(0.05, heights[i], share);
      scaleColour(surface, i, mix(0.12, 0.72 + 0.28 * round, share));
      layout[i] = share > 0.5 ? id : 0;
    }
  },
};

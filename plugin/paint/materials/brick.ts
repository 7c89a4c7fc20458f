import { rgbFromHex } from "../maps/srgb.ts";
import { clamp01, mix, smoothstep } from "../noise/curves.ts";
import { fbm } from "../noise/fbm.ts";
import { chanceOf } from "../noise/hash.ts";
import { warpField } from "../noise/warp.ts";
import { bond } from "./bond.ts";
import type { MaterialClass } from "./material-class.ts";
import { coverColour, scaleRgb, setColour } from "./surface.ts";

const LIME = rgbFromHex(0xcfc8bb);

/** Fired bricks in running bond, with lime mortar. */
export const brick: MaterialClass = {
  name: "brick",
  describe: "Fired bricks in running bond, with lime mortar.",
  defaults: {
    scale: 0.5,
    colour: rgbFromHex(0xa4553c),
    secondColour: rgbFromHex(0xb3a997),
    wear: 0.3,
    moss: 0,
    wetness: 0,
    cracks: 0,
    dirt: 0.15,
  },
  palettes: [
    [rgbFromHex(0xa4553c), rgbFromHex(0xb3a997)],
    [rgbFromHex(0x8a3b2e), rgbFromHex(0x9c958a)],
    [rgbFromHex(0xc79a62), rgbFromHex(0xc9c0ae)],
    [rgbFromHex(0xd8cfc1), rgbFromHex(0x8d877d)],
    [rgbFromHex(0x5d4a45), rgbFromHex(0x7d776d)],
  ],
  relief: 0.022,
  weather: { porosity: 0.8, puddles: false, crackFrequency: [3, 3], crackDepth: 0.3, mossHeight: 0.25 },
  draw(surface, { colour, secondColour, wear }, density, random) {
    const { grid, heights, roughness, layout } = surface;
    const columns = Math.max(1, Math.round(3 * density * grid.across));
    const rows = Math.max(2, 2 * Math.round(4 * density * grid.down));
    const cell = grid.down / rows;
    const warp = warpField(grid, cell * (0.05 + 0.05 * wear), {
      seed: random.uint32(),
      frequency: 12 * density,
      octaves: 4,
      gain: 0.6,
    });
    const seed = random.uint32();
    const bricks = bond(grid, {
      columns,
      rows,
      shift: (row) => (row % 2) * 0.5,
      gap: cell * 0.15,
      rounding: cell * (0.08 + 0.1 * wear),
      uneven: cell * 0.09,
      seed,
      warp,
    });
    const clay = fbm(grid, { seed: random.uint32(), frequency: 22 * density, octaves: 5, gain: 0.65 });
    const clouds = fbm(grid, { seed: random.uint32(), frequency: 5 * density, octaves: 4 });
    const grit = fbm(grid, { seed: random.uint32(), frequency: 70, octaves: 2, gain: 0.8 });
    const chips = fbm(grid, { seed: random.uint32(), frequency: 9 * density, octaves: 5, gain: 0.6 });
    const burnt = scaleRgb(colour, 0.34);
    const pale = scaleRgb(colour, 1.32);
    for (let i = 0; i < heights.length; i++) {
      const id = bricks.id[i];
      const chip = wear * smoothstep(0.52, 0.78, chips[i]) * 0.34 * cell;
      const inside = bricks.inside[i] - chip;
      const share = smoothstep(-grid.pixel * 0.6, grid.pixel * 0.9, inside);
      const round = smoothstep(0, cell * 0.16, inside);
      const tilt =
        bricks.u[i] * (chanceOf(id, seed + 11) - 0.5) * 0.12 + bricks.v[i] * (chanceOf(id, seed + 12) - 0.5) * 0.12;
      const face =
        0.72 +
        0.14 * (chanceOf(id, seed + 10) - 0.5) +
        tilt +
        0.2 * (clay[i] - 0.5) +
        0.05 * (grit[i] - 0.5) -
        0.1 * smoothstep(0.66, 0.8, clay[i]);
      const mortar = 0.26 + 0.12 * (grit[i] - 0.5) + 0.16 * (clouds[i] - 0.5) + 0.1 * (clay[i] - 0.5);
      heights[i] = mix(mortar, mix(mortar + 0.18, face, round), share);

      const kind = chanceOf(id, seed + 13);
      const tone = 0.82 + 0.36 * chanceOf(id, seed + 14);
      if (share > 0) {
        const dark = clamp01((kind > 0.8 ? 0.75 : 0.16) * smoothstep(0.35, 0.75, clouds[i]) + (kind > 0.8 ? 0.12 : 0));
        setColour(surface, i, colour, burnt, dark, tone * (0.8 + 0.4 * clay[i]));
        coverColour(surface, i, pale, 0.5 * smoothstep(0.5, 0.85, clay[i]) + (kind < 0.2 ? 0.3 : 0), tone);
        coverColour(surface, i, LIME, 0.35 * wear * smoothstep(0.55, 0.85, clouds[i] * 0.6 + clay[i] * 0.4));
        // A broken edge shows fresh clay.
        coverColour(surface, i, pale, 0.6 * (1 - round) * (chip > 0 ? 1 : 0.25), 1.05);
      }
      const at = 3 * i;
      const light = 0.72 + 0.4 * grit[i] + 0.25 * (clouds[i] - 0.5);
      for (let channel = 0; channel < 3; channel++) {
        const own = surface.albedo[at + channel];
        const joint = secondColour[channel] * light;
        surface.albedo[at + channel] = mix(joint, own, share);
      }
      roughness[i] = mix(0.95, 0.84 + 0.1 * (clay[i] - 0.5), share);
      layout[i] = share > 0.5 ? id : 0;
    }
  },
};

import { rgbFromHex } from "../maps/srgb.ts";
import { clamp01, mix, smoothstep } from "../noise/curves.ts";
import { fbm } from "../noise/fbm.ts";
import { chanceOf } from "../noise/hash.ts";
import { warpField } from "../noise/warp.ts";
import { worley } from "../noise/worley.ts";
import type { MaterialClass } from "./material-class.ts";
import { coverColour, mixRgb, scaleRgb, setColour } from "./surface.ts";

/** Rounded stones set in sandy earth. */
export const cobble: MaterialClass = {
  name: "cobble",
  describe: "Rounded stones set in sandy earth.",
  defaults: {
    scale: 0.5,
    colour: rgbFromHex(0x8b8579),
    secondColour: rgbFromHex(0x4f4436),
    wear: 0.4,
    moss: 0,
    wetness: 0,
    cracks: 0,
    dirt: 0.15,
  },
  palettes: [
    [rgbFromHex(0x8b8579), rgbFromHex(0x4f4436)],
    [rgbFromHex(0x6d7076), rgbFromHex(0x3b362f)],
    [rgbFromHex(0xa08d70), rgbFromHex(0x6b563c)],
    [rgbFromHex(0x5a5552), rgbFromHex(0x8a7c66)],
  ],
  relief: 0.07,
  weather: { porosity: 0.55, puddles: true, crackFrequency: [3, 3], crackDepth: 0.2, mossHeight: 0.16 },
  draw(surface, { colour, secondColour, wear }, density, random) {
    const { grid, heights, roughness, layout } = surface;
    const frequency = 6 * density;
    const warp = warpField(grid, 0.1 / frequency, { seed: random.uint32(), frequency: frequency * 1.6, octaves: 3 });
    const stones = worley(grid, {
      seed: random.uint32(),
      frequency,
      jitter: 0.72,
      rounded: true,
      staggered: true,
      warp,
    });
    const seed = random.uint32();
    const rough = fbm(grid, { seed: random.uint32(), frequency: 14 * density, octaves: 6, gain: 0.62 });
    const grain = fbm(grid, { seed: random.uint32(), frequency: 64, octaves: 2, gain: 0.9 });
    const pits = fbm(grid, { seed: random.uint32(), frequency: 30 * density, octaves: 3, gain: 0.7 });
    const gravel = worley(grid, { seed: random.uint32(), frequency: 46, jitter: 1 });
    const warm = mixRgb(colour, rgbFromHex(0x9a7350), 0.55);
    const cool = mixRgb(colour, rgbFromHex(0x4c545c), 0.6);
    for (let i = 0; i < heights.length; i++) {
      const id = stones.id[i] + 1;
      const size = 0.05 + 0.05 * chanceOf(id, seed + 1);
      const inside = stones.edge[i] * frequency - size + 0.03 * (rough[i] - 0.5);
      const share = smoothstep(0, 0.02 + grid.pixel * frequency, inside);
      const rise = clamp01(inside / 0.34);
      // Worn stones are flat on top, young ones are round.
      const round = mix(1 - (1 - rise) * (1 - rise), smoothstep(0, 0.55, rise), wear * 0.7);
      const tilt =
        (stones.fromX[i] * (chanceOf(id, seed + 2) - 0.5) + stones.fromY[i] * (chanceOf(id, seed + 3) - 0.5)) *
        frequency;
      const top = 0.66 + 0.18 * chanceOf(id, seed + 4) + 0.16 * tilt;
      const pit = smoothstep(0.62, 0.8, pits[i]);
      const stone = 0.2 + (top - 0.2) * round + 0.13 * (rough[i] - 0.5) + 0.025 * (grain[i] - 0.5) - 0.03 * pit;
      const crumb = clamp01(1 - gravel.nearest[i] * 46 * 1.3) * chanceOf(gravel.id[i], seed + 5);
      const ground = 0.13 + 0.09 * crumb + 0.1 * (rough[i] - 0.5);
      heights[i] = mix(ground, stone, share);

      const tone = 0.66 + 0.6 * chanceOf(id, seed + 6);
      const kind = chanceOf(id, seed + 7);
      if (share > 0.5) {
        const other = kind < 0.5 ? warm : cool;
        setColour(surface, i, colour, other, clamp01(Math.abs(kind - 0.5) * 1.6), tone * (0.68 + 0.64 * rough[i]));
        coverColour(surface, i, scaleRgb(colour, 0.32), 0.55 * pit + 0.25 * smoothstep(0.55, 0.8, grain[i]) * rough[i]);
        coverColour(surface, i, scaleRgb(colour, 1.6), 0.3 * wear * round * smoothstep(0.45, 0.8, rough[i]));
        roughness[i] = 0.74 - 0.22 * wear * round + 0.16 * (rough[i] - 0.5);
        layout[i] = id;
      } else {
        setColour(surface, i, secondColour, scaleRgb(secondColour, 2), crumb * 0.6, 0.55 + 0.7 * grain[i]);
        roughness[i] = 0.95;
      }
    }
  },
};

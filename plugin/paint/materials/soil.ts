import { rgbFromHex } from "../maps/srgb.ts";
import { clamp01, smoothstep } from "../noise/curves.ts";
import { fbm } from "../noise/fbm.ts";
import { chanceOf } from "../noise/hash.ts";
import { drawStroke } from "../noise/strokes.ts";
import { warpField } from "../noise/warp.ts";
import { worley } from "../noise/worley.ts";
import type { MaterialClass } from "./material-class.ts";
import { strewPebbles } from "./pebbles.ts";
import { coverColour, mixRgb, scaleRgb, setColour } from "./surface.ts";

const STRAW = rgbFromHex(0x9c7f52);

/** Crumbly earth. */
export const soil: MaterialClass = {
  name: "soil",
  describe: "Crumbly earth with clods, pebbles and bits of straw; wear treads it flat.",
  defaults: {
    scale: 0.5,
    colour: rgbFromHex(0x634a36),
    secondColour: rgbFromHex(0x8f8474),
    wear: 0.2,
    moss: 0,
    wetness: 0.05,
    cracks: 0,
    dirt: 0,
  },
  palettes: [
    [rgbFromHex(0x634a36), rgbFromHex(0x8f8474)],
    [rgbFromHex(0x463527), rgbFromHex(0x7b7468)],
    [rgbFromHex(0x8d4f30), rgbFromHex(0xa0785c)],
    [rgbFromHex(0x8b7450), rgbFromHex(0xa9a08c)],
  ],
  relief: 0.08,
  weather: { porosity: 1, puddles: true, crackFrequency: [4, 4], crackDepth: 0.3, mossHeight: 0.12 },
  draw(surface, { colour, secondColour, wear }, density, random) {
    const { grid, heights, roughness, layout } = surface;
    const warp = warpField(grid, 0.02 / density, {
      seed: random.uint32(),
      frequency: 16 * density,
      octaves: 4,
      gain: 0.6,
    });
    const sizes = [9, 19, 38].map((frequency) => ({
      frequency: frequency * density,
      cells: worley(grid, { seed: random.uint32(), frequency: frequency * density, jitter: 1, rounded: true, warp }),
      seed: random.uint32(),
    }));
    const mass = fbm(grid, { seed: random.uint32(), frequency: 3 * density, octaves: 5, gain: 0.55 });
    const crumbs = fbm(grid, { seed: random.uint32(), frequency: 22 * density, octaves: 5, gain: 0.75 });
    const grain = fbm(grid, { seed: random.uint32(), frequency: 60, octaves: 2, gain: 0.9 });
    const dark = scaleRgb(colour, 0.36);
    const light = mixRgb(scaleRgb(colour, 1.5), secondColour, 0.25);
    for (let i = 0; i < heights.length; i++) {
      let level = 0.18 + 0.3 * (mass[i] - 0.4) + 0.26 * (crumbs[i] - 0.5);
      let tone = 0.5;
      let clod = 0;
      let amplitude = 0.78 * (1 - 0.6 * wear);
      for (const { frequency, cells, seed } of sizes) {
        const id = cells.id[i];
        const present = chanceOf(id, seed);
        if (present > 0.28) {
          const rise = clamp01((cells.edge[i] * frequency - 0.5 * (1 - present)) / 0.42 + 0.3 * (crumbs[i] - 0.5));
          const dome = (1 - (1 - rise) * (1 - rise)) * amplitude * (0.4 + 0.6 * chanceOf(id, seed + 1));
          const top = 0.14 + 0.2 * (mass[i] - 0.4) + dome + 0.1 * (crumbs[i] - 0.5);
          if (rise > 0.02 && top > level) {
            level = top;
            tone = 0.25 + 0.6 * chanceOf(id, seed + 2);
            clod = rise;
          }
        }
        amplitude *= 0.62;
      }
      heights[i] = level + 0.05 * (grain[i] - 0.5);
      const brightness = 0.5 + 0.55 * grain[i] + 0.6 * clamp01(level) * (0.5 + 0.5 * clod);
      setColour(surface, i, dark, colour, clamp01(0.15 + level * 1.1 + 0.5 * (crumbs[i] - 0.5)), brightness);
      coverColour(
        surface,
        i,
        light,
        0.5 * tone * clod * crumbs[i] + 0.25 * smoothstep(0.62, 0.8, grain[i]),
        brightness,
      );
      roughness[i] = 0.95;
      layout[i] = 0;
    }
    strewPebbles(
      surface,
      {
        count: Math.round(34 * density * density * grid.across * grid.down),
        radius: [0.005 / density, 0.026 / density],
        colours: [scaleRgb(secondColour, 0.75), mixRgb(secondColour, colour, 0.75)],
        rise: 0.3,
        grain: crumbs,
      },
      random,
    );
    const straws = Math.round(46 * density * density * grid.across * grid.down);
    for (let straw = 0; straw < straws; straw++) {
      const tone = random.between(0.5, 1.15);
      const stroke = {
        x: random.uniform() * grid.across,
        y: random.uniform() * grid.down,
        turns: random.uniform(),
        length: random.between(0.02, 0.08) / density,
        bend: random.between(-0.25, 0.25),
        halfWidth: random.between(0.0012, 0.0028) / density,
      };
      drawStroke(grid, stroke, (pixel, _t, across) => {
        const level = Math.max(heights[pixel], 0.26) + 0.05 * (1 - across * across);
        if (heights[pixel] > 0.5) return;
        heights[pixel] = Math.min(level, 0.5);
        coverColour(surface, pixel, STRAW, 0.8, tone * (1 - 0.35 * Math.abs(across)));
        roughness[pixel] = 0.85;
      });
    }
  },
};

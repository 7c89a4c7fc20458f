import { rgbFromHex } from "../maps/srgb.ts";
import { clamp01, mix, smoothstep } from "../noise/curves.ts";
import { fbm } from "../noise/fbm.ts";
import { hash2 } from "../noise/hash.ts";
import { warpField } from "../noise/warp.ts";
import type { MaterialClass } from "./material-class.ts";
import { strewPebbles } from "./pebbles.ts";
import { coverColour, scaleRgb, setColour } from "./surface.ts";

/** Sand that the wind has rippled. */
export const sand: MaterialClass = {
  name: "sand",
  describe: "Sand that the wind has rippled, with a few pebbles; wear levels the ripples.",
  defaults: {
    scale: 0.5,
    colour: rgbFromHex(0xd3b893),
    secondColour: rgbFromHex(0x8a6a48),
    wear: 0.15,
    moss: 0,
    wetness: 0,
    cracks: 0,
    dirt: 0,
  },
  palettes: [
    [rgbFromHex(0xd3b893), rgbFromHex(0x8a6a48)],
    [rgbFromHex(0xe6d7b8), rgbFromHex(0xa08a66)],
    [rgbFromHex(0xc98a58), rgbFromHex(0x8a4c2c)],
    [rgbFromHex(0x6d675f), rgbFromHex(0x33302c)],
  ],
  relief: 0.035,
  weather: { porosity: 0.9, puddles: true, crackFrequency: [4, 4], crackDepth: 0.2, mossHeight: 0.2 },
  draw(surface, { colour, secondColour, wear }, density, random) {
    const { grid, heights, roughness, layout } = surface;
    const crests = Math.max(1, Math.round(9 * density * grid.down));
    const lean = random.pick([-1, 0, 1]) * Math.max(1, Math.round(density * grid.across));
    const warp = warpField(grid, 0.07 / density, { seed: random.uint32(), frequency: 2 * density, octaves: 3 });
    const sway = fbm(grid, { seed: random.uint32(), frequency: 3 * density, octaves: 3, gain: 0.4, warp });
    const power = fbm(grid, { seed: random.uint32(), frequency: 3 * density, octaves: 3 });
    const second = fbm(grid, {
      seed: random.uint32(),
      frequency: [5 * density, 18 * density],
      octaves: 3,
      gain: 0.5,
      warp,
    });
    const dunes = fbm(grid, { seed: random.uint32(), frequency: 2 * density, octaves: 4 });
    const grain = fbm(grid, { seed: random.uint32(), frequency: 80, octaves: 2, gain: 0.9 });
    const seed = random.uint32();
    const light = scaleRgb(colour, 1.22);
    const dark = scaleRgb(secondColour, 0.35);
    for (let i = 0; i < heights.length; i++) {
      const column = i % grid.width;
      const row = (i - column) / grid.width;
      const phase = ((row + 0.5) / grid.height) * crests + ((column + 0.5) / grid.width) * lean + 2.3 * (sway[i] - 0.5);
      const place = phase - Math.floor(phase);
      // The wind side climbs slowly, the lee side falls at once.
      const rise = place < 0.68 ? smoothstep(0, 0.68, place) : smoothstep(1, 0.68, place);
      const strength = (1 - 0.85 * wear) * mix(0.55, 1, smoothstep(0.3, 0.65, power[i]));
      const speck = hash2(i, 0, seed) / 4294967296;
      heights[i] =
        0.4 +
        0.34 * strength * (rise - 0.5) +
        0.14 * (second[i] - 0.5) +
        0.3 * (dunes[i] - 0.5) +
        0.04 * (grain[i] - 0.5) +
        0.02 * (speck - 0.5);
      const hollow = 1 - rise * strength - (1 - strength) * 0.5;
      setColour(surface, i, colour, light, clamp01(rise * strength), 0.84 + 0.22 * grain[i] + 0.14 * (speck - 0.5));
      coverColour(surface, i, secondColour, 0.34 * hollow * smoothstep(0.3, 0.7, second[i]) + 0.12 * (1 - dunes[i]));
      if (speck > 0.965) coverColour(surface, i, dark, 0.6);
      else if (speck < 0.03) coverColour(surface, i, light, 0.7, 1.25);
      roughness[i] = 0.93 - (speck > 0.995 ? 0.5 : 0);
      layout[i] = 0;
    }
    strewPebbles(
      surface,
      {
        count: Math.round(9 * density * density * grid.across * grid.down),
        radius: [0.006 / density, 0.018 / density],
        colours: [secondColour, rgbFromHex(0xb5aca0)],
        rise: 0.22,
        grain,
      },
      random,
    );
  },
};

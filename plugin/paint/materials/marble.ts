import { rgbFromHex } from "../maps/srgb.ts";
import { clamp01, smoothstep } from "../noise/curves.ts";
import { fbm } from "../noise/fbm.ts";
import { warpField } from "../noise/warp.ts";
import { worley } from "../noise/worley.ts";
import type { MaterialClass } from "./material-class.ts";
import { coverColour, mixRgb, scaleRgb, setColour } from "./surface.ts";

/** Polished marble with veins. */
export const marble: MaterialClass = {
  name: "marble",
  describe: "Polished marble with broad and hair-fine veins.",
  defaults: {
    scale: 0.5,
    colour: rgbFromHex(0xe9e6e0),
    secondColour: rgbFromHex(0x6d7075),
    wear: 0.05,
    moss: 0,
    wetness: 0,
    cracks: 0,
    dirt: 0,
  },
  palettes: [
    [rgbFromHex(0xe9e6e0), rgbFromHex(0x6d7075)],
    [rgbFromHex(0x23211f), rgbFromHex(0xd8c9a8)],
    [rgbFromHex(0x2f4a3c), rgbFromHex(0xc5d2c4)],
    [rgbFromHex(0xd9b79c), rgbFromHex(0x7c3f30)],
    [rgbFromHex(0x7c2f2a), rgbFromHex(0xe2cfc4)],
  ],
  relief: 0.003,
  weather: { porosity: 0.12, puddles: false, crackFrequency: [2, 2], crackDepth: 0.8, mossHeight: 1 },
  draw(surface, { colour, secondColour, wear }, density, random) {
    const { grid, heights, roughness, layout } = surface;
    const warp = warpField(grid, 0.15 / density, {
      seed: random.uint32(),
      frequency: 2 * density,
      octaves: 6,
      gain: 0.52,
    });
    const wide = worley(grid, { seed: random.uint32(), frequency: [1.6 * density, 2.2 * density], jitter: 1, warp });
    const middle = worley(grid, { seed: random.uint32(), frequency: [3 * density, 4.2 * density], jitter: 1, warp });
    const hair = fbm(grid, {
      seed: random.uint32(),
      frequency: 4 * density,
      octaves: 5,
      gain: 0.55,
      shape: "ridged",
      warp,
    });
    const clouds = fbm(grid, { seed: random.uint32(), frequency: 2 * density, octaves: 6, gain: 0.55, warp });
    const presence = fbm(grid, { seed: random.uint32(), frequency: 3 * density, octaves: 3 });
    const sugar = fbm(grid, { seed: random.uint32(), frequency: 56, octaves: 2, gain: 0.9 });
    const haze = mixRgb(colour, secondColour, 0.42);
    const glow = scaleRgb(colour, 1.06);
    const chalk = mixRgb(colour, rgbFromHex(0xb3ada2), 0.7);
    const rust = mixRgb(secondColour, rgbFromHex(0xa8804c), 0.5);
    for (let i = 0; i < heights.length; i++) {
      const strong = smoothstep(0.35, 0.65, presence[i]);
      const width = (0.01 + 0.045 * strong * clouds[i]) / density;
      const broad = 1 - smoothstep(0, width, wide.edge[i]);
      const halo = 1 - smoothstep(0, width * 6, wide.edge[i]);
      const thin = (1 - smoothstep(0, 0.011 / density, middle.edge[i])) * (1 - strong);
      const fine = smoothstep(0.9, 0.985, hair[i]) * smoothstep(0.3, 0.7, presence[i]);
      const vein = clamp01(Math.max(broad * (0.45 + 0.55 * strong), thin * 0.55, fine * 0.5));
      const haziness = clamp01(0.55 * halo * halo + 0.75 * smoothstep(0.45, 0.85, clouds[i]));
      setColour(surface, i, glow, haze, haziness, 0.97 + 0.06 * (sugar[i] - 0.5));
      coverColour(surface, i, secondColour, vein * 0.85, 0.85 + 0.4 * (sugar[i] - 0.5));
      coverColour(surface, i, rust, 0.4 * broad * strong * smoothstep(0.5, 0.75, clouds[i]));
      const worn = wear * smoothstep(0.4, 0.75, sugar[i] * 0.4 + clouds[i] * 0.6);
      coverColour(surface, i, chalk, 0.5 * worn, 0.8 + 0.3 * sugar[i]);
      heights[i] =
        0.9 -
        0.16 * vein +
        0.04 * (sugar[i] - 0.5) -
        wear * 0.5 * smoothstep(0.62, 0.85, sugar[i] * 0.5 + clouds[i] * 0.5);
      roughness[i] = 0.12 + 0.1 * vein + 0.04 * haziness + wear * (0.3 + 0.35 * (clouds[i] - 0.3));
      layout[i] = vein > 0.4 ? 1 : 0;
    }
    if (surface.parts) {
      const ids = layout.map((vein) => 1 - vein);
      const [across, down] = [1.6 * density * grid.across, 2.2 * density * grid.down];
      surface.parts.said = { kind: "veins", across, down, ids, numbers: null };
    }
  },
};

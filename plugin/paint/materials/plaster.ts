import { rgbFromHex } from "../maps/srgb.ts";
import { blurWrapped } from "../noise/blur.ts";
import { mix, smoothstep } from "../noise/curves.ts";
import { fbm } from "../noise/fbm.ts";
import { quantile } from "../noise/quantile.ts";
import { drawStroke } from "../noise/strokes.ts";
import { warpField } from "../noise/warp.ts";
import type { MaterialClass } from "./material-class.ts";
import { coverColour, scaleRgb, setColour } from "./surface.ts";

/** Trowelled plaster, painted. */
export const plaster: MaterialClass = {
  name: "plaster",
  describe: "Trowelled and painted plaster; wear lets the paint flake off.",
  defaults: {
    scale: 0.5,
    colour: rgbFromHex(0xd9c7a6),
    secondColour: rgbFromHex(0xa19a86),
    wear: 0.15,
    moss: 0,
    wetness: 0,
    cracks: 0,
    dirt: 0.15,
  },
  palettes: [
    [rgbFromHex(0xd9c7a6), rgbFromHex(0xa19a86)],
    [rgbFromHex(0xe6e2da), rgbFromHex(0xb3aca2)],
    [rgbFromHex(0xc97f5c), rgbFromHex(0xcbb9a2)],
    [rgbFromHex(0x7f9ca0), rgbFromHex(0xc2b8a8)],
    [rgbFromHex(0xc9a34c), rgbFromHex(0x9a8f80)],
  ],
  relief: 0.022,
  weather: { porosity: 0.55, puddles: false, crackFrequency: [2, 2], crackDepth: 0.35, mossHeight: 0.25 },
  draw(surface, { colour, secondColour, wear }, density, random) {
    const { grid, heights, roughness, layout } = surface;
    const warp = warpField(grid, 0.03 / density, { seed: random.uint32(), frequency: 6 * density, octaves: 4 });
    const waves = fbm(grid, { seed: random.uint32(), frequency: 3 * density, octaves: 4 });
    const peel = fbm(grid, { seed: random.uint32(), frequency: 26, octaves: 4, gain: 0.7 });
    const flakes = fbm(grid, { seed: random.uint32(), frequency: 3 * density, octaves: 7, gain: 0.6, warp });
    const stains = fbm(grid, { seed: random.uint32(), frequency: [5 * density, 2 * density], octaves: 6, gain: 0.55 });
    const grit = fbm(grid, { seed: random.uint32(), frequency: 60, octaves: 2, gain: 0.9 });

    // Step 1. The trowel's sweeps: each levels what it crosses and leaves a ridge at its sides.
    const sweeps = new Float32Array(heights.length).fill(0.5);
    const count = Math.round(60 * density * density * grid.across * grid.down);
    for (let sweep = 0; sweep < count; sweep++) {
      const level = random.between(0.3, 0.7);
      const lean = random.between(-0.22, 0.22);
      const stroke = {
        x: random.uniform() * grid.across,
        y: random.uniform() * grid.down,
        turns: random.uniform(),
        length: random.between(0.16, 0.4) / density,
        bend: random.between(-0.5, 0.5),
        halfWidth: random.between(0.03, 0.065) / density,
      };
      drawStroke(grid, stroke, (pixel, t, across) => {
        const side = Math.abs(across);
        const press = smoothstep(0, 0.12, t) * smoothstep(1, 0.7, t) * smoothstep(1, 0.9, side) * 0.75;
        const ridge = 0.16 * smoothstep(0.72, 0.9, side);
        sweeps[pixel] = mix(sweeps[pixel], level + lean * across + ridge, press);
      });
    }
    const smooth = blurWrapped(grid, sweeps, 0.006);

    // Step 2. Paint over it, as far as it holds.
    const bare = quantile(flakes, 1 - 0.62 * wear * wear - 0.1 * wear);
    const under = scaleRgb(secondColour, 0.7);
    for (let i = 0; i < heights.length; i++) {
      const trowel = smooth[i];
      const level =
        0.5 + 0.34 * (trowel - 0.5) + 0.3 * (waves[i] - 0.5) + 0.13 * (peel[i] - 0.5) + 0.03 * (grit[i] - 0.5);
      const flaked = wear > 0 ? smoothstep(bare - 0.004, bare + 0.006, flakes[i]) : 0;
      const rim = wear > 0 ? smoothstep(bare - 0.03, bare, flakes[i]) * (1 - flaked) : 0;
      const tone = 0.94 + 0.22 * (waves[i] - 0.5) + 0.16 * (trowel - 0.5) + 0.12 * (peel[i] - 0.5);
      setColour(surface, i, colour, scaleRgb(colour, 0.62), 0.7 * smoothstep(0.45, 0.85, stains[i]), tone);
      coverColour(surface, i, scaleRgb(colour, 1.18), 0.5 * rim);
      if (flaked > 0) {
        coverColour(surface, i, secondColour, flaked, 0.75 + 0.5 * peel[i] + 0.2 * (grit[i] - 0.5));
        coverColour(surface, i, under, flaked * 0.5 * smoothstep(0.5, 0.75, stains[i]));
      }
      heights[i] = level - 0.14 * flaked + 0.05 * rim + flaked * 0.1 * (grit[i] - 0.5);
      roughness[i] = mix(0.78 + 0.1 * (peel[i] - 0.5) - 0.1 * trowel, 0.95, flaked);
      layout[i] = flaked > 0.5 ? 0 : 1;
    }
  },
};

import { rgbFromHex } from "../maps/srgb.ts";
import { clamp01, mix, smoothstep } from "../noise/curves.ts";
import { fbm } from "../noise/fbm.ts";
import { chanceOf } from "../noise/hash.ts";
import { warpField } from "../noise/warp.ts";
import { worley } from "../noise/worley.ts";
import type { MaterialClass } from "./material-class.ts";
import { coverColour, scaleRgb, setColour } from "./surface.ts";

/** A broken rock face. */
export const roughStone: MaterialClass = {
  name: "roughStone",
  describe: "A broken rock face with facets and crevices.",
  defaults: {
    scale: 0.5,
    colour: rgbFromHex(0x837a6e),
    secondColour: rgbFromHex(0x57483a),
    wear: 0.3,
    moss: 0,
    wetness: 0,
    cracks: 0,
    dirt: 0.2,
  },
  palettes: [
    [rgbFromHex(0x837a6e), rgbFromHex(0x57483a)],
    [rgbFromHex(0x6a6f74), rgbFromHex(0x3d4248)],
    [rgbFromHex(0xb59a76), rgbFromHex(0x8a5d3a)],
    [rgbFromHex(0x8d6450), rgbFromHex(0x54352b)],
  ],
  relief: 0.16,
  weather: { porosity: 0.6, puddles: false, crackFrequency: [3, 3], crackDepth: 0.16, mossHeight: 0.06 },
  draw(surface, { colour, secondColour, wear }, density, random) {
    const { grid, heights, roughness, layout } = surface;
    const warp = warpField(grid, 0.05 / density, {
      seed: random.uint32(),
      frequency: 5 * density,
      octaves: 5,
      gain: 0.55,
    });
    const scales = [2.6, 6, 13].map((frequency) => ({
      frequency: frequency * density,
      cells: worley(grid, {
        seed: random.uint32(),
        frequency: [frequency * density, frequency * density * 1.35],
        jitter: 1,
        warp,
      }),
      seed: random.uint32(),
    }));
    const mass = fbm(grid, { seed: random.uint32(), frequency: 2 * density, octaves: 5, gain: 0.5 });
    const crag = fbm(grid, {
      seed: random.uint32(),
      frequency: 7 * density,
      octaves: 6,
      gain: 0.6,
      shape: "ridged",
      warp,
    });
    const grain = fbm(grid, { seed: random.uint32(), frequency: 40, octaves: 3, gain: 0.8 });
    const stain = fbm(grid, { seed: random.uint32(), frequency: 3 * density, octaves: 6, gain: 0.58, warp });
    const pale = scaleRgb(colour, 1.5);
    const dark = scaleRgb(secondColour, 0.5);
    const sharpness = mix(1, 0.7, wear);
    for (let i = 0; i < heights.length; i++) {
      let facets = 0;
      let crevice = 0;
      let amplitude = 0.5;
      for (const { frequency, cells, seed } of scales) {
        const id = cells.id[i];
        const slope = cells.fromX[i] * (chanceOf(id, seed) - 0.5) + cells.fromY[i] * (chanceOf(id, seed + 1) - 0.5);
        const edge = smoothstep(0, 0.1, cells.edge[i] * frequency);
        facets +=
          amplitude * sharpness * (slope * frequency * 1.5 + 0.6 * (chanceOf(id, seed + 2) - 0.5)) * (0.4 + 0.6 * edge);
        crevice = Math.max(crevice, (1 - edge) * amplitude * 1.3 * chanceOf(id, seed + 3));
        amplitude *= 0.48;
      }
      heights[i] =
        0.5 + 0.8 * facets + 0.34 * (mass[i] - 0.5) + 0.2 * (crag[i] - 0.7) + 0.045 * (grain[i] - 0.5) - 0.14 * crevice;
      const tone = 0.62 + 0.5 * crag[i] + 0.5 * (grain[i] - 0.5) + 0.25 * facets;
      setColour(surface, i, colour, secondColour, smoothstep(0.38, 0.8, stain[i]), tone);
      coverColour(surface, i, pale, 0.4 * smoothstep(0.55, 0.85, crag[i] * 0.6 + grain[i] * 0.4) * (0.4 + wear), tone);
      coverColour(surface, i, dark, clamp01(crevice * 0.8));
      roughness[i] = 0.86 + 0.18 * (grain[i] - 0.5) - 0.1 * wear * crag[i];
      layout[i] = scales[0].cells.id[i] + 1;
    }
  },
};

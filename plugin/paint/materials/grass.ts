import { rgbFromHex } from "../maps/srgb.ts";
import { clamp01, mix, smoothstep } from "../noise/curves.ts";
import { fbm } from "../noise/fbm.ts";
import { drawStroke } from "../noise/strokes.ts";
import type { MaterialClass } from "./material-class.ts";
import { mixRgb, scaleRgb, setColour } from "./surface.ts";

const STRAW = rgbFromHex(0xb3a25c);

/** A lawn seen from above. */
export const grass: MaterialClass = {
  name: "grass",
  describe: "A lawn seen from above; wear dries and thins it.",
  defaults: {
    scale: 0.5,
    colour: rgbFromHex(0x5d8430),
    secondColour: rgbFromHex(0x3d2f20),
    wear: 0.2,
    moss: 0,
    wetness: 0,
    cracks: 0,
    dirt: 0,
  },
  palettes: [
    [rgbFromHex(0x5d8430), rgbFromHex(0x3d2f20)],
    [rgbFromHex(0x7f9440), rgbFromHex(0x54432c)],
    [rgbFromHex(0x3f6a2f), rgbFromHex(0x2b2418)],
    [rgbFromHex(0x9c9850), rgbFromHex(0x6b563a)],
  ],
  relief: 0.06,
  weather: { porosity: 0.35, puddles: true, crackFrequency: [4, 4], crackDepth: 0.1, mossHeight: 0.08 },
  draw(surface, { colour, secondColour, wear }, density, random) {
    const { grid, albedo, heights, roughness, layout } = surface;
    const clumps = fbm(grid, { seed: random.uint32(), frequency: 4 * density, octaves: 4 });
    const lean = fbm(grid, { seed: random.uint32(), frequency: 3 * density, octaves: 3 });
    const earth = fbm(grid, { seed: random.uint32(), frequency: 18, octaves: 4, gain: 0.7 });
    for (let i = 0; i < heights.length; i++) {
      setColour(surface, i, scaleRgb(secondColour, 0.5), secondColour, earth[i]);
      heights[i] = 0.1 * earth[i] + 0.06 * clumps[i];
      roughness[i] = 0.95;
    }
    const deep = scaleRgb(colour, 0.34);
    const fresh = mixRgb(scaleRgb(colour, 1.5), rgbFromHex(0x9bb04c), 0.3);
    const blades = Math.round(4300 * density * density * grid.across * grid.down);
    const taper = (t: number): number => (1 - t) * (0.7 + 1.5 * t) + 0.08;
    for (let blade = 0; blade < blades; blade++) {
      const x = random.uniform() * grid.across;
      const y = random.uniform() * grid.down;
      const turn = random.uniform();
      const grows = random.uniform();
      const tint = random.uniform();
      const bend = random.between(-0.5, 0.5);
      const length = (random.between(0.045, 0.11) * mix(1, 0.8, wear)) / density;
      const halfWidth = (random.between(0.0026, 0.0046) * (1 + 0.2 * tint)) / density;
      const root =
        Math.min(grid.height - 1, Math.floor(y / grid.pixel)) * grid.width +
        Math.min(grid.width - 1, Math.floor(x / grid.pixel));
      // Wear thins the lawn where it is thin already.
      if (grows < wear * 1.5 * smoothstep(0.6, 0.3, clumps[root])) continue;
      const turns = turn * 0.75 + lean[root] * 1.5;
      const base = 0.05 + 0.5 * (blade / blades) + 0.12 * clumps[root];
      const dry = clamp01((tint - 0.84 + 0.5 * wear * smoothstep(0.55, 0.3, clumps[root])) * 4);
      const bladeTone = 0.7 + 0.55 * grows;
      const tip = mixRgb(mixRgb(colour, fresh, clamp01(tint * 1.2) * 0.8), STRAW, dry * 0.8);
      const rootColour = mixRgb(deep, scaleRgb(STRAW, 0.4), dry * 0.6);
      drawStroke(grid, { x, y, turns, length, bend, halfWidth, taper }, (pixel, t, across) => {
        const arch = t * (1.5 - t * 0.75);
        const fold = 1 - Math.abs(across) * 0.35;
        const level = base + 0.3 * arch * fold;
        if (level <= heights[pixel]) return;
        heights[pixel] = level;
        const lit = clamp01(0.15 + t * 0.8) * (0.55 + 0.55 * base);
        const rib = Math.abs(across) < 0.34 ? 1.1 : 0.94;
        const at = 3 * pixel;
        for (let channel = 0; channel < 3; channel++) {
          albedo[at + channel] = (rootColour[channel] + (tip[channel] - rootColour[channel]) * lit) * rib * bladeTone;
        }
        roughness[pixel] = 0.62 + 0.2 * dry;
        layout[pixel] = 1 + (blade % 65535);
      });
    }
  },
};

import { rgbFromHex } from "../maps/srgb.ts";
import { mix, smoothstep } from "../noise/curves.ts";
import { fbm } from "../noise/fbm.ts";
import { wrap } from "../noise/grid.ts";
import type { MaterialClass } from "./material-class.ts";
import { coverColour, scaleRgb, setColour } from "./surface.ts";
import { ringShade, woodFigure } from "./wood-figure.ts";

/** Planed, oiled wood in one piece. */
export const woodGrain: MaterialClass = {
  name: "woodGrain",
  describe: "Planed, oiled wood in one piece, with rings, pores and a knot.",
  defaults: {
    scale: 0.5,
    colour: rgbFromHex(0xbd8a55),
    secondColour: rgbFromHex(0x70421f),
    wear: 0.15,
    moss: 0,
    wetness: 0,
    cracks: 0,
    dirt: 0,
  },
  palettes: [
    [rgbFromHex(0xbd8a55), rgbFromHex(0x70421f)],
    [rgbFromHex(0xd9b584), rgbFromHex(0xa8743f)],
    [rgbFromHex(0x7c4a2b), rgbFromHex(0x33190d)],
    [rgbFromHex(0x9c4f30), rgbFromHex(0x4d1d12)],
    [rgbFromHex(0xcfc0a4), rgbFromHex(0x8e7654)],
  ],
  relief: 0.006,
  weather: { porosity: 0.5, puddles: false, crackFrequency: [1, 6], crackDepth: 0.5, mossHeight: 0.6 },
  draw(surface, { colour, secondColour, wear }, density, random) {
    const { grid, heights, roughness, layout } = surface;
    const rings = Math.max(2, Math.round(15 * density * grid.down));
    const figure = woodFigure(grid, { density, sway: 6, knots: random.integer(3), frequency: 1.5 * density }, random);
    const clouds = fbm(grid, { seed: random.uint32(), frequency: [2, 4], octaves: 4 });
    const scuffs = fbm(grid, { seed: random.uint32(), frequency: [6, 12], octaves: 5, gain: 0.65 });
    const parts = surface.parts && { ids: layout.slice(), numbers: new Float32Array(layout.length) };
    const dark = scaleRgb(secondColour, 0.35);
    const grey = rgbFromHex(0x9b948a);
    for (let i = 0; i < heights.length; i++) {
      const row = Math.floor(i / grid.width);
      const phase = ((row + 0.5) / grid.height) * rings + figure.bend[i];
      const ring = ringShade(phase);
      const fibre = figure.fibres[i];
      const pore = figure.pores[i] * (0.35 + 0.65 * (1 - ring));
      const knot = figure.knots[i];
      const shade = Math.min(1, 0.12 + 0.62 * ring + 0.34 * (fibre - 0.5) + 0.3 * (clouds[i] - 0.5) + 0.6 * knot);
      setColour(
        surface,
        i,
        colour,
        secondColour,
        Math.max(0, shade),
        0.9 + 0.26 * (fibre - 0.5) + 0.2 * (clouds[i] - 0.5),
      );
      coverColour(surface, i, dark, 0.55 * pore + 0.45 * knot * ring);
      const scuff = wear * smoothstep(0.5, 0.8, scuffs[i]);
      coverColour(surface, i, grey, 0.55 * scuff, 0.7 + 0.5 * fibre);
      heights[i] = 0.62 + 0.18 * ring + 0.2 * (fibre - 0.5) * (1 + wear) - 0.42 * pore + 0.1 * knot - 0.12 * scuff;
      roughness[i] = mix(0.42, 0.34, ring) + 0.14 * (fibre - 0.5) + 0.25 * pore + 0.35 * scuff + 0.1 * wear;
      layout[i] = knot > 0.5 ? 2 : 1;
      if (!parts) continue;
      parts.ids[i] = 1 + wrap(Math.floor(phase), rings);
      parts.numbers[i] = 2 * (phase - Math.floor(phase)) - 1;
    }
    if (parts) surface.parts.said = { kind: "grain", across: density * grid.across, down: rings, ...parts };
  },
};

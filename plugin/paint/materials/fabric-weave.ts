import { rgbFromHex } from "../maps/srgb.ts";
import { clamp01, cosineOfTurns, mix, sineOfTurns, smoothstep } from "../noise/curves.ts";
import { fbm } from "../noise/fbm.ts";
import { wrap } from "../noise/grid.ts";
import { chanceOf } from "../noise/hash.ts";
import { warpField } from "../noise/warp.ts";
import type { MaterialClass } from "./material-class.ts";
import { coverColour, scaleRgb, setColour } from "./surface.ts";

/** Where the upright thread lies on top, by the sum of thread numbers modulo 4. */
const WEAVES = {
  plain: [true, false, true, false],
  twill: [true, true, false, false],
} as const;

/** Woven cloth. */
export const fabricWeave: MaterialClass = {
  name: "fabricWeave",
  describe: "Woven cloth, in plain weave or twill by seed; wear bleaches and frays it.",
  defaults: {
    scale: 0.5,
    colour: rgbFromHex(0x46617f),
    secondColour: rgbFromHex(0xcfc4ae),
    wear: 0.2,
    moss: 0,
    wetness: 0,
    cracks: 0,
    dirt: 0.05,
  },
  palettes: [
    [rgbFromHex(0x46617f), rgbFromHex(0xcfc4ae)],
    [rgbFromHex(0xc9b48f), rgbFromHex(0xb29a72)],
    [rgbFromHex(0x8c3b34), rgbFromHex(0x4a2420)],
    [rgbFromHex(0x5c6b45), rgbFromHex(0xa39a72)],
    [rgbFromHex(0x3a3a3f), rgbFromHex(0x6b6a6c)],
  ],
  relief: 0.013,
  weather: { porosity: 0.7, puddles: false, crackFrequency: [3, 3], crackDepth: 0.4, mossHeight: 0.5 },
  draw(surface, { colour, secondColour, wear }, density, random) {
    const { grid, heights, roughness, layout } = surface;
    const columns = 4 * Math.max(1, Math.round(7 * density * grid.across));
    const rows = 4 * Math.max(1, Math.round(7 * density * grid.down));
    const isTwill = random.uniform() >= 0.5;
    const weave = WEAVES[isTwill ? "twill" : "plain"];
    const seed = random.uint32();
    const warp = warpField(grid, (0.1 * grid.down) / rows, {
      seed: random.uint32(),
      frequency: 6,
      octaves: 4,
      gain: 0.6,
    });
    const fuzz = fbm(grid, { seed: random.uint32(), frequency: 80, octaves: 2, gain: 0.9 });
    const slubX = fbm(grid, { seed: random.uint32(), frequency: [4, rows], octaves: 2 });
    const slubY = fbm(grid, { seed: random.uint32(), frequency: [columns, 4], octaves: 2 });
    const fade = fbm(grid, { seed: random.uint32(), frequency: 3, octaves: 5, gain: 0.6 });
    const over = (x: number, y: number): number => (weave[wrap(x + y, 4)] ? 1 : 0);
    for (let i = 0; i < heights.length; i++) {
      const column = i % grid.width;
      const row = (i - column) / grid.width;
      const x = ((column + 0.5) / grid.width) * columns + (warp.x[i] * columns) / grid.across;
      const y = ((row + 0.5) / grid.height) * rows + (warp.y[i] * rows) / grid.down;
      const threadX = Math.floor(x);
      const threadY = Math.floor(y);
      const fx = x - threadX - 0.5;
      const fy = y - threadY - 0.5;

      // How high each thread runs here: between this crossing and the next one along it.
      const here = over(threadX, threadY);
      const alongUpright = bridge(here, over(threadX, threadY - 1), over(threadX, threadY + 1), fy);
      const alongLevel = bridge(1 - here, 1 - over(threadX - 1, threadY), 1 - over(threadX + 1, threadY), fx);
      const uprightWidth = 0.86 + 0.24 * (slubY[i] - 0.5);
      const levelWidth = 0.86 + 0.24 * (slubX[i] - 0.5);
      const upright = roundness(fx / uprightWidth) * (0.42 + 0.58 * alongUpright);
      const level = roundness(fy / levelWidth) * (0.42 + 0.58 * alongLevel);
      const isUpright = upright > level;
      const height = Math.max(upright, level);

      // Yarn is twisted: slanting fibres on each thread.
      const twist = isUpright ? sineOfTurns(y * 2.5 + fx * 1.6) : sineOfTurns(x * 2.5 + fy * 1.6);
      const id = isUpright ? wrap(threadX, columns) : columns + wrap(threadY, rows);
      const tone = 0.84 + 0.3 * chanceOf(id, seed) + 0.17 * twist + 0.46 * (fuzz[i] - 0.5);
      const gap = smoothstep(0.42, 0.16, height);
      const thread = isUpright ? colour : secondColour;
      setColour(surface, i, thread, scaleRgb(thread, 0.25), gap, tone * (0.7 + 0.36 * height));
      const bleached = wear * smoothstep(0.42, 0.8, fade[i]) * smoothstep(0.55, 0.9, height);
      coverColour(surface, i, scaleRgb(secondColour, 1.15), 0.6 * bleached, tone);
      heights[i] = clamp01(0.08 + 0.8 * height + 0.08 * twist * height + (0.08 + 0.16 * wear) * (fuzz[i] - 0.5));
      roughness[i] = 0.86 + 0.1 * gap - 0.06 * twist * height;
      layout[i] = gap > 0.6 ? 0 : 1 + id;
    }
    if (surface.parts) {
      // As `Weave` of plugin/nets tells threads apart: above 0 upright ones, below 0 level ones, the lighter the farther.
      const tones = Float64Array.from({ length: columns + rows }, (_, id) => 0.4 + 0.6 * chanceOf(id, seed));
      const numbers = Float32Array.from(layout, (part) => {
        return part === 0 ? 0 : part <= columns ? tones[part - 1] : -tones[part - 1];
      });
      const kind = isTwill ? "twill" : "weave";
      surface.parts.said = { kind, across: columns, down: rows, ids: layout, numbers };
    }
  },
};

/** The height of a thread around a crossing: smooth towards the neighbouring crossings. */
function bridge(here: number, before: number, after: number, place: number): number {
  const next = place < 0 ? before : after;
  if (next === here) return here;
  return mix(here, (here + next) / 2, 0.5 - 0.5 * cosineOfTurns(Math.abs(place)));
}

/** The cross section of a thread: 1 in the middle, 0 at ±0.5. */
function roundness(place: number): number {
  const inside = 1 - 4 * place * place;
  return inside > 0 ? Math.sqrt(inside) : 0;
}

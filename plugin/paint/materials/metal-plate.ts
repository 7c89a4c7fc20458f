import { rgbFromHex } from "../maps/srgb.ts";
import { clamp01, mix, smoothstep } from "../noise/curves.ts";
import { fbm } from "../noise/fbm.ts";
import { cellsOf } from "../noise/grid.ts";
import { chanceOf } from "../noise/hash.ts";
import { drawStroke } from "../noise/strokes.ts";
import { valueNoise } from "../noise/value.ts";
import { bond } from "./bond.ts";
import type { MaterialClass } from "./material-class.ts";
import { coverColour, scaleColour, scaleRgb, setColour } from "./surface.ts";
import { hollows } from "./weather.ts";

/** Riveted steel plates. */
export const metalPlate: MaterialClass = {
  name: "metalPlate",
  describe: "Riveted, brushed steel plates; wear scratches and rusts them.",
  defaults: {
    scale: 0.5,
    colour: rgbFromHex(0xb4b6b8),
    secondColour: rgbFromHex(0x74462b),
    wear: 0.35,
    moss: 0,
    wetness: 0,
    cracks: 0,
    dirt: 0.15,
  },
  palettes: [
    [rgbFromHex(0xb4b6b8), rgbFromHex(0x74462b)],
    [rgbFromHex(0x8b9096), rgbFromHex(0x6e3a20)],
    [rgbFromHex(0xc79a5b), rgbFromHex(0x4f7a68)],
    [rgbFromHex(0xc98a6a), rgbFromHex(0x4f8a78)],
    [rgbFromHex(0x6a6c70), rgbFromHex(0x9a5328)],
  ],
  relief: 0.016,
  weather: { porosity: 0.1, puddles: false, crackFrequency: [3, 3], crackDepth: 0.3, mossHeight: 0.3 },
  draw(surface, { colour, secondColour, wear }, density, random) {
    const { grid, heights, roughness, metallic, layout } = surface;
    const columns = Math.max(1, Math.round(2 * density * grid.across));
    const rows = 2 * Math.max(1, Math.round(density * grid.down));
    const cellWidth = grid.across / columns;
    const cellHeight = grid.down / rows;
    const unit = Math.min(cellWidth, cellHeight);
    const seed = random.uint32();
    const plates = bond(grid, {
      columns,
      rows,
      shift: (row) => (row % 2) * 0.5,
      gap: unit * 0.022,
      rounding: unit * 0.025,
      seed,
    });
    const fine = Math.min(256, 0.5 / grid.pixel);
    const brushed = valueNoise(grid, { seed: random.uint32(), cells: cellsOf(grid, [5, fine]) });
    const brushedWide = valueNoise(grid, { seed: random.uint32(), cells: cellsOf(grid, [3, fine / 3]) });
    const dents = fbm(grid, { seed: random.uint32(), frequency: 4 * density, octaves: 3 });
    const smudges = fbm(grid, { seed: random.uint32(), frequency: 4, octaves: 5, gain: 0.6 });
    const corrosion = fbm(grid, { seed: random.uint32(), frequency: 5, octaves: 7, gain: 0.66 });
    const pits = fbm(grid, { seed: random.uint32(), frequency: 32, octaves: 3, gain: 0.8 });
    const streaks = fbm(grid, { seed: random.uint32(), frequency: [26, 2], octaves: 3, gain: 0.6 });
    const parts = surface.parts && layout.slice();
    const across = Math.max(2, Math.round(cellWidth / (unit * 0.26)));
    const down = Math.max(2, Math.round(cellHeight / (unit * 0.26)));
    for (let i = 0; i < heights.length; i++) {
      const id = plates.id[i];
      const inside = plates.inside[i] / unit;
      const share = smoothstep(0, (1.4 * grid.pixel) / unit, inside);
      const bevel = smoothstep(0, 0.03, inside);
      const x = plates.u[i] * cellWidth;
      const y = plates.v[i] * cellHeight;
      const rivet = fromRivet(x, y, { cellWidth, cellHeight, across, down, inset: unit * 0.085 }) / (unit * 0.03);
      const head = rivet < 1 ? Math.sqrt(1 - rivet * rivet) : 0;
      const ring = smoothstep(1.5, 1.05, rivet) * (1 - smoothstep(1.05, 0.9, rivet));
      const brush = brushed[i] * 0.6 + brushedWide[i] * 0.4;
      heights[i] = mix(
        0.05,
        0.5 + 0.1 * (chanceOf(id, seed) - 0.5) + 0.16 * (dents[i] - 0.5) * (0.3 + wear),
        share * (0.5 + 0.5 * bevel),
      );
      heights[i] += 0.34 * head - 0.06 * ring + 0.012 * (brush - 0.5);
      const tone =
        0.9 + 0.16 * (chanceOf(id, seed + 1) - 0.5) + 0.14 * (brush - 0.5) * (1 - head) + 0.1 * (smudges[i] - 0.5);
      setColour(surface, i, colour, colour, 0, tone);
      roughness[i] =
        0.3 + 0.14 * (brush - 0.5) + 0.22 * (smudges[i] - 0.4) + 0.06 * chanceOf(id, seed + 2) - 0.06 * head;
      metallic[i] = 1;
      scaleColour(surface, i, mix(0.16, 1, share) * (1 - 0.3 * ring));
      roughness[i] = mix(0.8, roughness[i], share);
      layout[i] = share > 0.5 ? id : 0;
      if (parts) parts[i] = share > 0.5 ? id + (rivet < 1 ? columns * rows : 0) : 0;
    }
    if (parts) surface.parts.said = { kind: "plates", across: columns, down: rows, ids: parts, numbers: null };

    // Scratches.
    const scratches = Math.round(70 * wear * density * grid.across * grid.down);
    for (let scratch = 0; scratch < scratches; scratch++) {
      const depth = random.between(0.2, 1);
      const stroke = {
        x: random.uniform() * grid.across,
        y: random.uniform() * grid.down,
        turns: random.uniform(),
        length: random.between(0.03, 0.22),
        bend: random.between(-0.12, 0.12),
        halfWidth: grid.pixel * 0.4,
      };
      drawStroke(grid, stroke, (pixel, t) => {
        const strength = depth * 4 * t * (1 - t);
        heights[pixel] -= 0.012 * strength;
        roughness[pixel] = mix(roughness[pixel], 0.22, 0.5 * strength);
        coverColour(surface, pixel, scaleRgb(colour, 1.25), 0.35 * strength);
      });
    }

    // Rust begins in hollows: at seams, around rivets, and runs down from there.
    const deep = hollows(surface, 0.03);
    const orange = scaleRgb(secondColour, 1.25);
    const brown = scaleRgb(secondColour, 0.42);
    for (let i = 0; i < heights.length; i++) {
      const likely = corrosion[i] * 0.85 + 0.5 * Math.max(-0.1, Math.min(0.25, deep[i])) + 0.14 * (streaks[i] - 0.5);
      const limit = 1.02 - 0.62 * wear;
      const stain = wear * 0.75 * smoothstep(limit - 0.24, limit, likely);
      const rust = smoothstep(limit, limit + 0.05, likely) * smoothstep(0, 0.12, wear);
      coverColour(surface, i, secondColour, 0.6 * stain, 0.6 + 0.8 * streaks[i]);
      roughness[i] = mix(roughness[i], 0.62, 0.7 * stain);
      if (rust === 0) continue;
      coverColour(surface, i, brown, rust, 0.7 + 0.7 * pits[i]);
      coverColour(surface, i, orange, rust * clamp01(1.5 * (pits[i] - 0.36)), 0.9);
      roughness[i] = mix(roughness[i], 0.93, rust);
      metallic[i] *= 1 - rust;
      heights[i] += rust * (0.05 + 0.12 * (pits[i] - 0.5));
    }
  },
};

interface RivetRow {
  readonly cellWidth: number;
  readonly cellHeight: number;
  readonly across: number;
  readonly down: number;
  readonly inset: number;
}

/** Distance to the nearest rivet of a plate, which has them along its four sides. */
function fromRivet(x: number, y: number, { cellWidth, cellHeight, across, down, inset }: RivetRow): number {
  const spanX = (cellWidth - 2 * inset) / across;
  const spanY = (cellHeight - 2 * inset) / down;
  const alongX = clampTo(Math.round((x + cellWidth / 2 - inset) / spanX), across) * spanX - cellWidth / 2 + inset;
  const alongY = clampTo(Math.round((y + cellHeight / 2 - inset) / spanY), down) * spanY - cellHeight / 2 + inset;
  const sideX = cellWidth / 2 - inset - Math.abs(x);
  const sideY = cellHeight / 2 - inset - Math.abs(y);
  const level = (x - alongX) * (x - alongX) + sideY * sideY;
  const upright = (y - alongY) * (y - alongY) + sideX * sideX;
  return Math.sqrt(Math.min(level, upright));
}

function clampTo(index: number, most: number): number {
  return index < 0 ? 0 : index > most ? most : index;
}

import type { Random } from "../../../../plugin/core/random.ts";
import type { SurfaceMaps } from "../../../../plugin/paint/maps/surface-maps.ts";
import { mix, smoothstep } from "../../../../plugin/paint/noise/curves.ts";
import { fbm } from "../../../../plugin/paint/noise/fbm.ts";
import { createGrid, type Grid } from "../../../../plugin/paint/noise/grid.ts";
import { clampSurface, createSurface, type Surface } from "../../../../plugin/paint/materials/surface.ts";
import { weather } from "../../../../plugin/paint/materials/weather.ts";
import { drawStroke } from "../../../../plugin/paint/noise/strokes.ts";
import { randomPaint } from "./random-paint.ts";
import { facets, ledges } from "./broken-layers.ts";
import { lappedRows } from "./lapped-rows.ts";
import { evenly, levelled, type DrawRelief, type Relief } from "./relief.ts";
import { cells, hills, stripes, terraced } from "./relief-layers.ts";
import { strewnShapes } from "./strewn-shapes.ts";

/** One named twice is taken twice as often. */
const LAYERS: readonly DrawRelief[] = [
  hills,
  cells,
  cells,
  stripes,
  strewnShapes,
  strewnShapes,
  lappedRows,
  lappedRows,
  lappedRows,
  facets,
  ledges,
];

/** From the deepest to the highest point, in shorter sides of the tile. */
const RELIEF = [0.012, 0.14] as const;
/** How often each kind of weather, and how much of it. */
const WEATHERED = 0.5;
const MUCH = [0.1, 0.9] as const;

/**
 * A material that is nothing in particular: shapes of any kind over each other, in colours of any kind, and whatever weather leaves on
 * everything outdoors. Whoever learns from these has no kinds of material to remember, has to read light and shade, and learns that moss
 * is no hill.
 *
 * Tiles on both axes. Takes some 0.3 s for 256 × 256 pixels.
 *
 * @param size - Pixels on each side.
 */
export function abstractMaterial(random: Random, size = 256): SurfaceMaps {
  const grid = createGrid(size, size);
  const relief = randomRelief(grid, random);
  const surface: Surface = {
    ...createSurface(grid),
    ...randomPaint(grid, relief, random),
    heights: relief.heights,
  };
  weatherAnyhow(surface, random);
  const { albedo, heights, roughness, metallic } = surface;
  return { width: size, height: size, albedo, heights, relief: evenly(random, ...RELIEF), roughness, metallic };
}

/** Cracks, dirt, moss and water, each or none, on a material that holds them as it may. */
function weatherAnyhow(surface: Surface, random: Random): void {
  const amount = (): number => (random.uniform() < WEATHERED ? random.between(...MUCH) : 0);
  const kinds = { cracks: amount(), dirt: amount(), moss: amount(), wetness: amount() };
  const cracks = evenly(random, 2, 8);
  const traits = {
    porosity: random.between(0.1, 1),
    puddles: random.uniform() < 0.3,
    crackFrequency: [cracks, cracks] as const,
    crackDepth: random.between(0.1, 0.4),
    mossHeight: evenly(random, 0.05, 0.4),
    density: 1,
  };
  weather(surface, kinds, traits, random);
  // Moss rises above what was the highest point.
  levelled(surface.heights);
  clampSurface(surface);
}

function randomRelief(grid: Grid, random: Random): Relief {
  const layer = (): Relief => random.pick(LAYERS)(grid, random);
  let { heights, pieces } = layer();
  const more = random.pick([0, 1, 1, 2]);
  for (let i = 0; i < more; i++) {
    const other = layer();
    heights = joined(heights, other.heights, random);
    pieces ??= other.pieces;
  }
  if (random.uniform() < 0.15) ({ heights } = terraced({ heights, pieces }, random));
  if (random.uniform() < 0.2) gouge(grid, heights, random);
  const grain = fbm(grid, {
    seed: random.uint32(),
    frequency: evenly(random, 8, 60),
    octaves: 1 + random.integer(5),
    gain: random.between(0.5, 0.85),
  });
  const strength = random.uniform() ** 2 * 0.4;
  for (let i = 0; i < heights.length; i++) heights[i] += strength * (grain[i] - 0.5);
  return { heights: levelled(heights), pieces };
}

/** Two shapes in one: added up, whichever is higher or deeper, or the second on the first's heights. */
function joined(one: Float32Array, other: Float32Array, random: Random): Float32Array {
  const share = random.between(0.15, 0.85);
  const shift = random.between(-0.3, 0.3);
  const way = random.integer(4);
  const result = one.map((height, i) => {
    if (way === 0) return mix(height, other[i], share);
    if (way === 1) return Math.max(height, other[i] + shift);
    if (way === 2) return Math.min(height, other[i] + shift);
    return height + share * other[i] * smoothstep(0.3, 0.7, height);
  });
  return levelled(result);
}

/** Scratches and grooves. */
function gouge(grid: Grid, heights: Float32Array, random: Random): void {
  const count = 3 + random.integer(40);
  const [turns, spread] = [random.uniform(), random.pick([0.03, 0.5])];
  const depth = random.between(0.05, 0.4);
  for (let i = 0; i < count; i++) {
    const stroke = {
      x: random.uniform(),
      y: random.uniform(),
      turns: turns + spread * random.between(-1, 1),
      length: evenly(random, 0.05, 0.7),
      bend: random.between(-0.4, 0.4),
      halfWidth: evenly(random, 0.003, 0.025),
    };
    const groove = new Map<number, number>();
    drawStroke(grid, stroke, (pixel, t, across) => {
      const deep = depth * (1 - across * across) * smoothstep(0, 0.1, t) * smoothstep(1, 0.9, t);
      groove.set(pixel, Math.max(groove.get(pixel) ?? 0, deep));
    });
    for (const [pixel, deep] of groove) heights[pixel] -= deep;
  }
}

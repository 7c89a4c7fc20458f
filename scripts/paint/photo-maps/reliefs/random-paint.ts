import type { Random } from "../../../../plugin/core/random.ts";
import type { Rgb } from "../../../../plugin/paint/maps/srgb.ts";
import { blurWrapped } from "../../../../plugin/paint/noise/blur.ts";
import { clamp01, mix, smoothstep } from "../../../../plugin/paint/noise/curves.ts";
import { fbm } from "../../../../plugin/paint/noise/fbm.ts";
import type { Field, Grid } from "../../../../plugin/paint/noise/grid.ts";
import { chanceOf } from "../../../../plugin/paint/noise/hash.ts";
import { worley } from "../../../../plugin/paint/noise/worley.ts";
import { evenly, levelled, type Relief } from "./relief.ts";

/** Colours and gloss of a relief. */
export interface Paint {
  /** Linear, [height, width, 3]. */
  readonly albedo: Field;
  /** [height, width], in [0, 1]. */
  readonly roughness: Field;
}

/**
 * Paints a relief by chance: in spots, clouds and grain that know nothing of its heights, and often also piece by piece, darker or
 * lighter in its hollows, or worn on its edges. So neither can a network take colour for height, nor may it forget that dirt gathers.
 */
export function randomPaint(grid: Grid, relief: Relief, random: Random): Paint {
  const size = grid.width * grid.height;
  const albedo = new Float32Array(3 * size);
  const base = randomColour(random);
  for (let i = 0; i < albedo.length; i++) albedo[i] = base[i % 3];
  const roughness = new Float32Array(size).fill(random.between(0.25, 0.95));
  const cover = (where: Field, colour: Rgb, strength: number, rough: number): void => {
    for (let i = 0; i < size; i++) {
      const share = strength * where[i];
      for (let c = 0; c < 3; c++) albedo[3 * i + c] = mix(albedo[3 * i + c], colour[c], share);
      roughness[i] = mix(roughness[i], rough, share);
    }
  };
  const coats = random.integer(4);
  for (let coat = 0; coat < coats; coat++) {
    cover(spots(grid, random), near(base, random), random.between(0.2, 1), random.between(0.2, 1));
  }
  const { pieces, heights } = relief;
  if (pieces && random.uniform() < 0.7) {
    const [seed, contrast] = [random.uint32(), random.between(0.1, 0.6)];
    for (let i = 0; i < size; i++) scale(albedo, i, Math.exp(contrast * 2 * (chanceOf(pieces[i], seed) - 0.5)));
    const tint = near(base, random);
    const some = heights.map((_, i) => (chanceOf(pieces[i], seed + 1) < 0.3 ? 1 : 0));
    if (random.uniform() < 0.5) cover(some, tint, random.between(0.2, 0.9), random.between(0.3, 1));
  }
  const [dirt, wear] = [random.uniform(), random.uniform()];
  if (dirt < 0.6) {
    const deep = hollows(grid, heights, evenly(random, 0.012, 0.1));
    const colour: Rgb = dirt < 0.5 ? scaled(near(base, random), random.between(0.15, 0.7)) : near(base, random);
    cover(softly(deep, random), colour, random.between(0.2, 0.9), random.between(0.6, 1));
  }
  if (wear < 0.3) {
    const edges = hollows(grid, heights, evenly(random, 0.008, 0.05)).map((value) => 1 - value);
    cover(
      softly(edges, random),
      scaled(near(base, random), random.between(1, 1.8)),
      random.between(0.2, 0.7),
      random.between(0.2, 0.9),
    );
  }
  const grain = fbm(grid, { seed: random.uint32(), frequency: evenly(random, 12, 90), octaves: 3, gain: 0.75 });
  const strength = random.between(0, 1) ** 2 * 1.2;
  for (let i = 0; i < size; i++) {
    scale(albedo, i, Math.exp(strength * (grain[i] - 0.5) * 2));
    roughness[i] = clamp01(roughness[i] + 0.3 * strength * (grain[i] - 0.5));
  }
  for (let i = 0; i < albedo.length; i++) albedo[i] = Math.min(0.95, Math.max(0.004, albedo[i]));
  return { albedo, roughness };
}

/** Where something is, [height, width], in [0, 1]: clouds, blotches or patches, with hard borders or soft. */
function spots(grid: Grid, random: Random): Field {
  if (random.uniform() < 0.25) {
    const { id } = worley(grid, { seed: random.uint32(), frequency: evenly(random, 3, 40), jitter: 1 });
    const [seed, share] = [random.uint32(), random.between(0.1, 0.6)];
    return Float32Array.from(id, (one) => (chanceOf(one, seed) < share ? 1 : 0));
  }
  const clouds = fbm(grid, {
    seed: random.uint32(),
    frequency: evenly(random, 1.5, 30),
    octaves: 1 + random.integer(6),
    gain: random.between(0.4, 0.7),
    shape: random.pick(["smooth", "smooth", "ridged", "billow"] as const),
  });
  return softly(levelled(clouds), random);
}

/** A field through a step that is anywhere, hard or soft. */
function softly(field: Field, random: Random): Field {
  const soft = evenly(random, 0.02, 0.5);
  const middle = random.between(0.3, 0.7);
  return field.map((value) => smoothstep(middle - soft, middle + soft, value));
}

/** How deep each pixel lies among those around it, [height, width], in [0, 1]. */
function hollows(grid: Grid, heights: Field, radius: number): Field {
  const around = blurWrapped(grid, heights, radius);
  return levelled(around.map((value, i) => value - heights[i]));
}

/** Mostly muted, from nearly black to nearly white. */
function randomColour(random: Random): Rgb {
  const light = evenly(random, 0.03, 0.7);
  const vivid = random.uniform() ** 2;
  const hue = random.uniform() * 2 * Math.PI;
  const channel = (turn: number): number => light * (1 + 0.9 * vivid * Math.cos(hue - turn));
  return [channel(0), channel((2 * Math.PI) / 3), channel((4 * Math.PI) / 3)];
}

/** A colour that goes with another, or any. */
function near(colour: Rgb, random: Random): Rgb {
  const other = randomColour(random);
  if (random.uniform() < 0.3) return other;
  const [share, light] = [random.between(0, 0.4), Math.exp(0.5 * random.normal())];
  return scaled([0, 1, 2].map((c) => mix(colour[c], other[c], share)) as unknown as Rgb, light);
}

function scaled(colour: Rgb, factor: number): Rgb {
  return [colour[0] * factor, colour[1] * factor, colour[2] * factor];
}

function scale(albedo: Field, pixel: number, factor: number): void {
  for (let c = 0; c < 3; c++) albedo[3 * pixel + c] *= factor;
}

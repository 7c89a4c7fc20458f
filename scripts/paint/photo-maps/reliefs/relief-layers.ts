import type { Random } from "../../../../plugin/core/random.ts";
import { sineOfTurns, smoothstep } from "../../../../plugin/paint/noise/curves.ts";
import { fbm } from "../../../../plugin/paint/noise/fbm.ts";
import type { Grid } from "../../../../plugin/paint/noise/grid.ts";
import { chanceOf } from "../../../../plugin/paint/noise/hash.ts";
import { warpField, type Warp } from "../../../../plugin/paint/noise/warp.ts";
import { worley } from "../../../../plugin/paint/noise/worley.ts";
import { evenly, levelled, randomProfile, sharedLean, type DrawRelief, type Relief } from "./relief.ts";

/** Hills, pillows or crests of any size, alike in all directions or drawn out. */
export const hills: DrawRelief = (grid, random) => {
  const frequency = evenly(random, 1.5, 24);
  const drawnOut = random.uniform() < 0.25 ? evenly(random, 2, 8) : 1;
  const heights = fbm(grid, {
    seed: random.uint32(),
    frequency:
      drawnOut > 1
        ? random.pick([[frequency, frequency * drawnOut] as const, [frequency * drawnOut, frequency] as const])
        : frequency,
    octaves: 1 + random.integer(6),
    gain: random.between(0.35, 0.75),
    shape: random.pick(["smooth", "smooth", "billow", "ridged"] as const),
    ...maybeWarp(grid, frequency, random),
  });
  return { heights: levelled(heights), pieces: null };
};

/** Cells: each raised, sunken, leaning or flat, with a seam between them or none. */
export const cells: DrawRelief = (grid, random) => {
  const frequency = evenly(random, 2.5, 26);
  const drawnOut = random.uniform() < 0.35 ? evenly(random, 1.4, 4) : 1;
  const found = worley(grid, {
    seed: random.uint32(),
    frequency: random.pick([[frequency, frequency * drawnOut] as const, [frequency * drawnOut, frequency] as const]),
    jitter: random.between(0.2, 1),
    rounded: random.uniform() < 0.4,
    staggered: random.uniform() < 0.3,
    stretched: drawnOut > 1,
    ...maybeWarp(grid, frequency, random),
  });
  const profile = randomProfile(random);
  const [reach, seam] = [random.between(0.2, 0.5), random.uniform() < 0.5 ? 0 : random.between(0, 0.12)];
  const [uneven, leaning] = [random.uniform() ** 2, random.uniform() < 0.5 ? 0 : random.between(0.2, 2)];
  const isSunken = random.uniform() < 0.2;
  const [right, down] = sharedLean(random);
  const seed = random.uint32();
  const heights = found.edge.map((edge, i) => {
    const id = found.id[i];
    const inside = Math.min(1, Math.max(0, (edge * frequency - seam) / reach));
    const lean =
      found.fromX[i] * (right + chanceOf(id, seed) - 0.5) + found.fromY[i] * (down + chanceOf(id, seed + 1) - 0.5);
    const rise =
      profile(inside) * (1 + uneven * (chanceOf(id, seed + 2) - 0.5)) +
      smoothstep(0, 0.1, inside) * leaning * frequency * lean;
    return isSunken ? -rise : rise;
  });
  return { heights: levelled(heights), pieces: found.id };
};

/** Waves, ribs, steps or grooves side by side, in any direction, bent or straight. */
export const stripes: DrawRelief = (grid, random) => {
  const waves = Math.round(evenly(random, 3, 30));
  const slant = random.uniform() < 0.5 ? 0 : random.integer(waves + 1);
  const [across, down] = random.pick([
    [waves, slant],
    [slant, waves],
    [waves, -slant],
    [-slant, waves],
  ]);
  const { warp } = maybeWarp(grid, random.between(2, 6), random);
  const profile = randomProfile(random);
  const shape = random.integer(3);
  const seed = random.uint32();
  const uneven = random.uniform() ** 2;
  const pieces = new Int32Array(grid.width * grid.height);
  const heights = new Float32Array(grid.width * grid.height);
  for (let row = 0, i = 0; row < grid.height; row++) {
    for (let column = 0; column < grid.width; column++, i++) {
      const x = (column + 0.5) / grid.width + (warp ? warp.x[i] : 0);
      const y = (row + 0.5) / grid.height + (warp ? warp.y[i] : 0);
      const phase = across * x + down * y;
      const stripe = Math.floor(phase);
      const within = phase - stripe;
      // The same stripe goes on at the other side only where it is straight: its number counts in one direction.
      pieces[i] = slant === 0 ? ((stripe % waves) + waves) % waves : 0;
      const rise =
        shape === 0 ? 0.5 + 0.5 * sineOfTurns(within) : shape === 1 ? within : profile(1 - Math.abs(2 * within - 1));
      heights[i] = rise * (1 + uneven * (chanceOf(pieces[i], seed) - 0.5));
    }
  }
  return { heights: levelled(heights), pieces: slant === 0 ? pieces : null };
};

/** Another relief cut into terraces. */
export function terraced({ heights, pieces }: Relief, random: Random): Relief {
  const steps = 2 + random.integer(7);
  const soft = random.between(0.05, 0.6);
  const cut = heights.map((height) => {
    const level = Math.min(steps - 1, Math.floor(height * steps));
    return (level + smoothstep(1 - soft, 1, height * steps - level)) / steps;
  });
  return { heights: levelled(cut), pieces };
}

function maybeWarp(grid: Grid, frequency: number, random: Random): { readonly warp?: Warp } {
  if (random.uniform() < 0.45) return {};
  const amount = random.between(0.05, 0.5) / frequency;
  const options = {
    seed: random.uint32(),
    frequency: Math.min(40, frequency * random.between(0.5, 2)),
    octaves: 1 + random.integer(4),
  };
  return { warp: warpField(grid, amount, options) };
}

import { smoothstep } from "../../../../plugin/paint/noise/curves.ts";
import { fbm } from "../../../../plugin/paint/noise/fbm.ts";
import { chanceOf } from "../../../../plugin/paint/noise/hash.ts";
import { warpField } from "../../../../plugin/paint/noise/warp.ts";
import { worley } from "../../../../plugin/paint/noise/worley.ts";
import { evenly, levelled, sharedLean, type DrawRelief } from "./relief.ts";

/** Facets that lean in all directions, large ones broken into smaller: what is left where pieces have been struck off. */
export const facets: DrawRelief = (grid, random) => {
  const heights = new Float32Array(grid.width * grid.height);
  let pieces: Int32Array | null = null;
  let frequency = evenly(random, 2, 9);
  const [gain, steep, offset] = [random.between(0.35, 0.75), random.between(0.6, 2), random.between(0, 0.7)];
  const bend = random.between(0.05, 0.6);
  const [right, down] = sharedLean(random);
  const sizes = 1 + random.integer(3);
  for (let size = 0, amplitude = 1; size < sizes; size++, amplitude *= gain, frequency *= random.between(1.8, 3)) {
    const seed = random.uint32();
    const warp = warpField(grid, bend / frequency, { seed: random.uint32(), frequency, octaves: 4 });
    const cells = worley(grid, { seed, frequency: Math.min(60, frequency), jitter: 1, warp });
    for (let i = 0; i < heights.length; i++) {
      const id = cells.id[i];
      const lean =
        cells.fromX[i] * (right + chanceOf(id, seed) - 0.5) + cells.fromY[i] * (down + chanceOf(id, seed + 1) - 0.5);
      heights[i] += amplitude * (steep * frequency * lean + offset * (chanceOf(id, seed + 2) - 0.5));
    }
    pieces ??= cells.id;
  }
  return { heights: levelled(heights), pieces };
};

/** Beds that break off in ledges, each at another angle: slow rises and sudden falls along bent lines, and their rubble. */
export const ledges: DrawRelief = (grid, random) => {
  const beds = Math.round(evenly(random, 2, 14));
  const slant = random.integer(beds + 1);
  const clouds = (frequency: number, octaves: number): Float32Array =>
    fbm(grid, { seed: random.uint32(), frequency, octaves, gain: random.between(0.4, 0.65) });
  const bent = clouds(evenly(random, 1.5, 6), 1 + random.integer(6));
  const strength = clouds(evenly(random, 2, 8), 3);
  const [bending, fall, power] = [evenly(random, 0.5, 6), random.between(0.04, 0.4), evenly(random, 0.6, 2)];
  const rubble = clouds(evenly(random, 8, 30), 5);
  const rough = random.uniform() ** 2 * 0.5;
  const heights = new Float32Array(grid.width * grid.height);
  for (let row = 0, i = 0; row < grid.height; row++) {
    for (let column = 0; column < grid.width; column++, i++) {
      const phase = (slant * (column + 0.5)) / grid.width + (beds * (row + 0.5)) / grid.height + bending * bent[i];
      const within = phase - Math.floor(phase);
      const rise = (within / (1 - fall)) ** power;
      const ledge = within < 1 - fall ? rise : smoothstep(1, 1 - fall, within);
      heights[i] = ledge * (0.3 + strength[i]) + rough * (rubble[i] - 0.5);
    }
  }
  return { heights: levelled(heights), pieces: null };
};

import type { Random } from "../../core/random.ts";
import { rgbFromHex } from "../maps/srgb.ts";
import { blurWrapped } from "../noise/blur.ts";
import { clamp01, mix, smoothstep } from "../noise/curves.ts";
import { fbm } from "../noise/fbm.ts";
import type { Field } from "../noise/grid.ts";
import { quantile } from "../noise/quantile.ts";
import { warpField } from "../noise/warp.ts";
import { worley } from "../noise/worley.ts";
import type { Attributes } from "./attributes.ts";
import type { WeatherTraits } from "./material-class.ts";
import { coverColour, scaleColour, type Surface } from "./surface.ts";

const DIRT = rgbFromHex(0x3a2f22);
const DARK_MOSS = rgbFromHex(0x1e270d);
const LIGHT_MOSS = rgbFromHex(0x5e6630);

/** How much of each happens, in [0, 1]. */
export type WeatherAmounts = Pick<Attributes, "cracks" | "dirt" | "moss" | "wetness">;

/** What happens to a material outdoors, in the order in which it happens: cracks, dirt, moss, water. */
export function weather(
  surface: Surface,
  attributes: WeatherAmounts,
  traits: WeatherTraits & { readonly density: number },
  random: Random,
): void {
  if (attributes.cracks > 0) crack(surface, attributes.cracks, traits, random.fork(1));
  if (attributes.dirt > 0) soil(surface, attributes.dirt, random.fork(2));
  if (attributes.moss > 0) overgrow(surface, attributes.moss, traits, random.fork(3));
  if (attributes.wetness > 0) wet(surface, attributes.wetness, traits, random.fork(4));
}

/** How much deeper each pixel lies than what is around it; negative on edges. */
export function hollows(surface: Surface, radius: number): Field {
  const around = blurWrapped(surface.grid, surface.heights, radius);
  for (let i = 0; i < around.length; i++) around[i] -= surface.heights[i];
  return around;
}

function crack(
  surface: Surface,
  amount: number,
  { crackFrequency, crackDepth, density }: WeatherTraits & { readonly density: number },
  random: Random,
): void {
  const { grid, heights, roughness } = surface;
  const [across, down] = [crackFrequency[0] * density, crackFrequency[1] * density];
  const frequency = Math.max(across, down);
  const warp = warpField(grid, 0.28 / frequency, {
    seed: random.uint32(),
    frequency: frequency * 1.5,
    octaves: 5,
    gain: 0.5,
  });
  const wide = worley(grid, { seed: random.uint32(), frequency: [across, down], jitter: 1, stretched: true, warp });
  const fine = worley(grid, {
    seed: random.uint32(),
    frequency: [across * 2.3, down * 2.3],
    jitter: 1,
    stretched: true,
    warp,
  });
  const where = fbm(grid, { seed: random.uint32(), frequency: 2, octaves: 4 });
  const limit = quantile(where, 1 - amount);
  const width = (0.012 + 0.022 * amount) / frequency;
  const soft = Math.max(width, grid.pixel);
  for (let i = 0; i < heights.length; i++) {
    const present = smoothstep(limit - 0.06, limit + 0.06, where[i]);
    const presentFine = smoothstep(limit + 0.06, limit + 0.2, where[i]);
    const coarse = present * (1 - smoothstep(width * 0.4, width * 0.4 + soft, wide.edge[i]));
    const thin = 0.7 * presentFine * (1 - smoothstep(0, soft * 0.8, fine.edge[i]));
    const depth = Math.max(coarse, thin);
    heights[i] -= crackDepth * depth;
    roughness[i] = mix(roughness[i], 0.95, depth);
    scaleColour(surface, i, 1 - 0.72 * depth);
  }
}

function soil(surface: Surface, amount: number, random: Random): void {
  const { grid, roughness, metallic } = surface;
  const deep = hollows(surface, 0.04);
  const patches = fbm(grid, { seed: random.uint32(), frequency: 3, octaves: 6, gain: 0.6 });
  const specks = fbm(grid, { seed: random.uint32(), frequency: 24, octaves: 3, gain: 0.7 });
  for (let i = 0; i < deep.length; i++) {
    const inHollow = smoothstep(-0.02, 0.22, deep[i]);
    const inPatch = smoothstep(0.72 - 0.42 * amount, 1.02 - 0.42 * amount, patches[i] * 0.8 + specks[i] * 0.2);
    const cover = amount * clamp01(0.85 * inHollow + 0.65 * inPatch + 0.12);
    coverColour(surface, i, DIRT, cover * 0.85, 0.7 + 0.6 * specks[i]);
    roughness[i] = mix(roughness[i], 0.93, cover * 0.9);
    metallic[i] *= 1 - cover;
  }
}

function overgrow(
  surface: Surface,
  amount: number,
  { mossHeight }: WeatherTraits & { readonly density: number },
  random: Random,
): void {
  const { grid, heights, roughness, metallic } = surface;
  const deep = hollows(surface, 0.05);
  const patches = fbm(grid, { seed: random.uint32(), frequency: 3, octaves: 6, gain: 0.6 });
  const tufts = worley(grid, { seed: random.uint32(), frequency: 44, jitter: 1 });
  const fuzz = fbm(grid, { seed: random.uint32(), frequency: 40, octaves: 3, gain: 0.8 });
  const tone = fbm(grid, { seed: random.uint32(), frequency: 5, octaves: 4 });
  const likely = new Float32Array(deep.length);
  for (let i = 0; i < likely.length; i++) {
    const tuft = clamp01(1 - tufts.nearest[i] * 44 * 0.9);
    likely[i] = patches[i] + 1.1 * Math.max(-0.25, Math.min(0.35, deep[i])) + 0.1 * (fuzz[i] - 0.5) + 0.06 * tuft;
  }
  const limit = quantile(likely, 1 - 0.68 * amount);
  for (let i = 0; i < likely.length; i++) {
    const cover = smoothstep(limit - 0.015, limit + 0.04, likely[i]);
    if (cover === 0) continue;
    const tuft = clamp01(1 - tufts.nearest[i] * 44 * 0.9);
    const thickness = smoothstep(limit, limit + 0.25, likely[i]);
    const light = clamp01(0.15 + 0.5 * (tone[i] - 0.3) + 0.4 * tuft * fuzz[i] + 0.25 * thickness);
    coverColour(surface, i, DARK_MOSS, cover * 0.96);
    coverColour(surface, i, LIGHT_MOSS, cover * 0.9 * light);
    scaleColour(surface, i, mix(1, 0.72 + 0.45 * fuzz[i], cover));
    heights[i] += cover * mossHeight * (0.25 + 0.5 * thickness + 0.3 * tuft * fuzz[i]);
    roughness[i] = mix(roughness[i], 0.97, cover);
    metallic[i] *= 1 - cover;
  }
}

function wet(
  surface: Surface,
  amount: number,
  { porosity, puddles }: WeatherTraits & { readonly density: number },
  random: Random,
): void {
  const { grid, heights, roughness, metallic } = surface;
  const patches = fbm(grid, { seed: random.uint32(), frequency: 3, octaves: 5 });
  const flooded = puddles ? Math.max(0, amount - 0.4) * 0.75 : 0;
  const around = blurWrapped(grid, heights, 0.02);
  const level = flooded > 0 ? quantile(around, flooded) : -1;
  for (let i = 0; i < heights.length; i++) {
    const film = clamp01(amount * 1.5 - 0.5 * patches[i]);
    scaleColour(surface, i, 1 - 0.62 * porosity * film * (1 - metallic[i]));
    roughness[i] *= 1 - (0.35 + 0.35 * porosity) * film;
    if (level < 0) continue;
    const under = smoothstep(level + 0.03, level - 0.02, heights[i] * 0.5 + around[i] * 0.5);
    if (under === 0) continue;
    scaleColour(surface, i, 1 - 0.3 * under);
    roughness[i] = mix(roughness[i], 0.04, under);
    heights[i] = mix(heights[i], Math.max(heights[i], level), under);
  }
}

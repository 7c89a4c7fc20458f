import type { Attributes } from "../../../plugin/paint/materials/attributes.ts";
import type { MaterialMaps } from "../../../plugin/paint/materials/material-maps.ts";
import { proceduralMaterial } from "../../../plugin/paint/materials/procedural-material.ts";
import type { Picture } from "../../../plugin/paint/picture.ts";

/** A small material. */
export function sample(name: string, attributes: Partial<Attributes> = {}, seed = 3): MaterialMaps {
  return proceduralMaterial(name, { seed, size: 64, attributes });
}

/** The maps that a renderer sees, as pictures. */
export function pictures(maps: MaterialMaps): Record<"albedo" | "heights" | "roughness" | "metallic", Picture> {
  const { width, height } = maps;
  return {
    albedo: { width, height, channels: 3, pixels: maps.albedo },
    heights: { width, height, channels: 1, pixels: maps.heights },
    roughness: { width, height, channels: 1, pixels: maps.roughness },
    metallic: { width, height, channels: 1, pixels: maps.metallic },
  };
}

export function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return sum / values.length;
}

/** The mean of one channel of a colour map, [height, width, 3]. */
export function channelMean(values: ArrayLike<number>, channel: number): number {
  let sum = 0;
  for (let i = channel; i < values.length; i += 3) sum += values[i];
  return (sum * 3) / values.length;
}

export function variance(values: Float32Array): number {
  const middle = mean(values);
  return mean(values.map((value) => (value - middle) * (value - middle)));
}

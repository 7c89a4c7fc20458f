import { ambientOcclusion } from "../../../plugin/paint/maps/ambient-occlusion.ts";
import { normalVectors } from "../../../plugin/paint/maps/normal-map.ts";
import { packOrm } from "../../../plugin/paint/maps/pack-orm.ts";
import { srgbFromLinear } from "../../../plugin/paint/maps/srgb.ts";
import type { SurfaceMaps } from "../../../plugin/paint/maps/surface-maps.ts";
import type { Picture } from "../../../plugin/paint/picture.ts";

/** The maps that are held against the bar, in the order in which they are shown. */
export const MAP_NAMES = ["albedo", "heights", "roughness", "metallic", "normal", "occlusion", "orm"] as const;

/** Every map of a material as a picture, those computed from others included; albedo in sRGB, as people see it. */
export function surfacePictures(maps: SurfaceMaps): Record<(typeof MAP_NAMES)[number], Picture> {
  const { width, height, albedo, heights, roughness, metallic } = maps;
  const occlusion = ambientOcclusion(maps);
  const normal = normalVectors(maps).map((value) => 0.5 + 0.5 * value);
  const orm = Float32Array.from(packOrm(occlusion, roughness, metallic), (byte) => byte / 255);
  const as = (channels: number, pixels: Float32Array): Picture => ({ width, height, channels, pixels });
  return {
    albedo: as(3, albedo.map(srgbFromLinear)),
    heights: as(1, heights),
    roughness: as(1, roughness),
    metallic: as(1, metallic),
    normal: as(3, normal),
    occlusion: as(1, occlusion),
    orm: as(3, orm),
  };
}

import { ambientOcclusion } from "../../plugin/paint/maps/ambient-occlusion.ts";
import { normalVectors } from "../../plugin/paint/maps/normal-map.ts";
import { srgbBytes } from "../../plugin/paint/maps/srgb.ts";
import { MATERIAL_NAMES } from "../../plugin/paint/materials/material-classes.ts";
import { proceduralMaterial } from "../../plugin/paint/materials/procedural-material.ts";
import { decodePng, encodePng } from "../../plugin/paint/png.ts";

/** A number for each class that any changed bit of any of its maps, or of its PNG file, changes. */
export function materialFingerprints(): Record<string, number> {
  const attributes = { moss: 0.3, wetness: 0.7, cracks: 0.5, dirt: 0.4, wear: 0.6 };
  return Object.fromEntries(
    MATERIAL_NAMES.map((name) => {
      const maps = proceduralMaterial(name, { seed: 5, size: { width: 96, height: 80 }, attributes });
      const { width, height, albedo, heights, roughness, metallic, layout } = maps;
      const file = encodePng({ width, height, channels: 3, pixels: srgbBytes(albedo) });
      const { pixels } = decodePng(file);
      const all = [
        albedo,
        heights,
        roughness,
        metallic,
        layout,
        normalVectors(maps),
        ambientOcclusion(maps),
        file,
        pixels,
      ];
      return [name, all.reduce((hash, map) => hashBytes(map, hash), 0x811c9dc5)];
    }),
  );
}

/** FNV-1a over the bytes of an array. */
function hashBytes(map: Float32Array | Uint16Array | Uint8Array, start: number): number {
  let hash = start;
  for (const byte of new Uint8Array(map.buffer, map.byteOffset, map.byteLength))
    hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}

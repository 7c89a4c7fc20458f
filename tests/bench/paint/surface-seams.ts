import type { SurfaceMaps } from "../../../plugin/paint/maps/surface-maps.ts";
import { seamScore, type SeamScore } from "../../../plugin/paint/metrics/seam-score.ts";
import { rolled, type Picture } from "../../../plugin/paint/picture.ts";
import { MAP_NAMES, surfacePictures } from "./surface-pictures.ts";

/** The seams of one material's maps. */
export interface SurfaceSeams {
  /** By map; maps that are flat have none. */
  readonly seams: Readonly<Record<string, SeamScore>>;
  /** The same score on lines that are no seam, of all maps that are not flat: what the material's own edges score. */
  readonly inside: readonly number[];
}

/** Where else in the picture is measured, in shares of its side. */
const INSIDE = [0.23, 0.41, 0.67] as const;

/** Measures both seams of every map of a material, those computed from others included. */
export function surfaceSeams(maps: SurfaceMaps): SurfaceSeams {
  const pictures = surfacePictures(maps);
  const seams: Record<string, SeamScore> = {};
  const inside: number[] = [];
  for (const name of MAP_NAMES) {
    if (isFlat(pictures[name])) continue;
    seams[name] = seamScore(pictures[name]);
    for (const share of INSIDE) {
      const [down, right] = [maps.height, maps.width].map((side) => Math.round(share * side));
      const { sideBySide, oneAboveOther } = seamScore(rolled(pictures[name], down, right));
      inside.push(sideBySide, oneAboveOther);
    }
  }
  return { seams, inside };
}

/** Whether there is nothing in it that a seam could break. */
export function isFlat({ pixels, channels }: Picture): boolean {
  return pixels.every((value, i) => Math.abs(value - pixels[i % channels]) <= 1 / 512);
}

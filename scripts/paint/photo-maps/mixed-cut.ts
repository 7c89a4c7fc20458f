import type { Random } from "../../../plugin/core/random.ts";
import type { SurfaceMaps } from "../../../plugin/paint/maps/surface-maps.ts";
import { cutOut, type ShelvedMaterial } from "./material-shelf.ts";

/** How often colours and gloss are those of another material, so that they tell nothing of heights. */
const OTHER_COLOURS = 0.3;
/** How often another material's heights lie on its own. */
const TWO_HEIGHTS = 0.25;
/** By how much reliefs are steeper or flatter than their own, as the standard deviation of a logarithm. */
const STEEPNESS = 0.35;

/** What is cut out. */
export interface CutSize {
  /** Pixels on each side. */
  readonly size: number;
  /** Whether it shows a whole tile, and so tiles itself. */
  readonly isWhole: boolean;
}

/**
 * A part of a material, laid down in any way; partly in the colours of another one, or with another one's heights on its own: there are
 * more such surfaces than anybody can remember.
 */
export function mixedCut(shelf: readonly ShelvedMaterial[], index: number, size: CutSize, random: Random): SurfaceMaps {
  const own = someCut(shelf[index], size, random);
  const other = (): SurfaceMaps => someCut(random.pick(shelf), size, random);
  const steepness = Math.exp(STEEPNESS * random.normal());
  let mixed: SurfaceMaps = { ...own, relief: own.relief * steepness };
  if (random.uniform() < OTHER_COLOURS) {
    const { albedo, roughness, metallic } = other();
    mixed = { ...mixed, albedo, roughness, metallic };
  }
  if (random.uniform() < TWO_HEIGHTS) mixed = { ...mixed, ...raised(mixed, other(), random.between(0.15, 0.8)) };
  return mixed;
}

function someCut(material: ShelvedMaterial, { size, isWhole }: CutSize, random: Random): SurfaceMaps {
  const { width, height } = material;
  const isLarge = width > 2 * size;
  const shrink = isWhole ? width / size : random.pick(isLarge ? [1, 1, 2] : [1]);
  const [top, left] = [random.integer(height), random.integer(width)];
  return cutOut(material, { size, top, left, shrink, way: random.integer(8) });
}

/** One surface's heights with a share of another's on it. */
function raised(one: SurfaceMaps, other: SurfaceMaps, share: number): { heights: Float32Array; relief: number } {
  const relief = one.relief + share * other.relief;
  const [own, more] = [one.relief / relief, (share * other.relief) / relief];
  return { heights: one.heights.map((height, i) => own * height + more * other.heights[i]), relief };
}

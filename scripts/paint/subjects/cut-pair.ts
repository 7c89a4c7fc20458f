import type { Random } from "../../../plugin/core/random.ts";
import { seamScore } from "../../../plugin/paint/metrics/seam-score.ts";
import { cropped, type Picture } from "../../../plugin/paint/picture.ts";

/** Two places of one texture. */
export interface CropPair {
  /** Does not tile, if any place of the texture doesn't. */
  readonly source: Picture;
  /** Does not overlap with `source`; null where the picture has no room for it. */
  readonly otherCrop: Picture | null;
}

/** Above this score on both axes, everybody sees that a crop does not tile. */
export const VISIBLE_SEAM = 1.2;
const PLACES = 24;

/**
 * Cuts two squares that do not overlap out of a picture. Of some places by chance the first one is taken where both seams of
 * the source would be visible, or else the one where the fainter seam is strongest.
 *
 * @param side - In pixels, no longer than the picture's shorter side.
 */
export function cutPair(whole: Picture, side: number, random: Random): CropPair {
  let best: CropPair | null = null;
  let strongest = Number.NEGATIVE_INFINITY;
  for (let attempt = 0; attempt < PLACES && strongest <= VISIBLE_SEAM; attempt++) {
    const [here, there] = drawPlaces(whole, side, random);
    const source = cropped(whole, here.top, here.left, side, side);
    const { sideBySide, oneAboveOther } = seamScore(source);
    const faintest = Math.min(sideBySide, oneAboveOther);
    if (faintest <= strongest) continue;
    strongest = faintest;
    best = { source, otherCrop: there && cropped(whole, there.top, there.left, side, side) };
  }
  return best!;
}

interface Place {
  readonly top: number;
  readonly left: number;
}

/** Two places that share no pixel, one after the other along an axis that has room for both; else one and null. */
function drawPlaces({ height, width }: Picture, side: number, random: Random): [Place, Place | null] {
  const anywhere = (): Place => ({ top: random.integer(height - side + 1), left: random.integer(width - side + 1) });
  const axes = (["left", "top"] as const).filter((axis) => (axis === "left" ? width : height) >= 2 * side);
  if (axes.length === 0) return [anywhere(), null];
  const axis = random.pick(axes);
  const spare = (axis === "left" ? width : height) - 2 * side;
  const before = random.integer(spare + 1);
  const between = random.integer(spare - before + 1);
  const first: Place = { ...anywhere(), [axis]: before };
  const second: Place = { ...anywhere(), [axis]: before + side + between };
  return random.uniform() < 0.5 ? [first, second] : [second, first];
}

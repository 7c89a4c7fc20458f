import type { Picture } from "../picture.ts";
import { featureScale, writeFeatures } from "./features.ts";
import type { KernelArena } from "./synthesis-kernels.ts";

/** How a picture repeats itself along its two axes. */
export interface Periods {
  /** Pixels from row to row of what repeats, not whole; 0 if nothing does. */
  readonly down: number;
  /** From column to column. */
  readonly right: number;
  /** How regular it is downwards, from 0 to 1: how much more it is like itself a period away than elsewhere. */
  readonly downRegularity: number;
  /** How regular it is to the right. */
  readonly rightRegularity: number;
}

/** Shorter periods are left to the cuts. */
const LEAST_PERIOD = 6;
/** Shifts by more than this share of a side leave too little to compare. */
const MOST_SHARE = 0.75;
/** How far from a whole multiple of the period a peak may be, as a share of it. */
const JITTER = 0.04;
/** A shift straight along an axis must be nearly as good as one that also moves aside; else it is half a period. */
const ASIDE = 0.06;

/**
 * Finds the periods of a picture in its autocorrelation, which is the Fourier transform of its power spectrum (Wiener and
 * Khinchin): regular textures have peaks at whole multiples of their period.
 *
 * @param picture - At most about 160 pixels a side, else it takes long.
 */
export function measurePeriods(arena: KernelArena, picture: Picture): Periods {
  const { height, width } = picture;
  const scale = featureScale([picture]);
  const mark = arena.mark;
  const count = height * width * scale.groups * 4;
  const features = arena.reserve(4 * count);
  writeFeatures(picture, scale, arena.floats(features, count));
  const variance = varianceOf(arena.floats(features, count), scale.groups * 4);
  const alike = (down: number, right: number): number =>
    1 - arena.kernels.shiftDifference(features, height, width, scale.groups, down, right) / (2 * variance);
  const empty = { period: 0, score: 0 };
  const down = variance > 0 ? periodOf(height, width, alike) : empty;
  const right = variance > 0 ? periodOf(width, height, (along, aside) => alike(aside, along)) : empty;
  arena.rewind(mark);
  return {
    down: down.period,
    right: right.period,
    downRegularity: Math.min(1, Math.max(0, down.score)),
    rightRegularity: Math.min(1, Math.max(0, right.score)),
  };
}

function varianceOf(features: Float32Array, stride: number): number {
  let total = 0;
  for (let c = 0; c < stride; c++) {
    let sum = 0;
    let squares = 0;
    for (let i = c; i < features.length; i += stride) {
      sum += features[i];
      squares += features[i] * features[i];
    }
    const pixels = features.length / stride;
    total += Math.max(0, squares / pixels - (sum / pixels) ** 2);
  }
  return total;
}

function periodOf(
  length: number,
  across: number,
  alike: (along: number, aside: number) => number,
): { period: number; score: number } {
  const most = Math.floor(length * MOST_SHARE);
  const values = Float64Array.from({ length: most + 2 }, (_, d) =>
    d === 0 ? 1 : Math.max(alike(d, -1), alike(d, 0), alike(d, 1)),
  );
  let best = { period: 0, score: 0 };
  for (let d = LEAST_PERIOD; d <= most; d++) {
    if (!(values[d] > values[d - 1] && values[d] >= values[d + 1])) continue;
    const comb = combOf(values, d, most);
    // a longer period has fewer multiples to prove itself by
    if (comb.score > best.score + 0.05) best = comb;
  }
  if (best.period === 0) return best;
  for (let multiple = 1; multiple <= 4 && multiple * best.period <= most; multiple++) {
    const along = Math.round(multiple * best.period);
    let aside = 0;
    for (let right = 3; right <= across / 2; right++) {
      aside = Math.max(aside, alike(along, right), alike(along, -right));
    }
    const double = 2 * along <= most ? values[2 * along] : 0;
    if (values[along] >= Math.max(aside, double) - ASIDE) return { ...best, period: multiple * best.period };
  }
  return best;
}

/** How much alike the picture is at whole multiples of about `d` pixels, more than elsewhere, and the exact period. */
function combOf(values: Float64Array, d: number, most: number): { period: number; score: number } {
  let sum = 0;
  let teeth = 0;
  let period = d;
  // teeth may slide towards shorter periods; without a limit they would on falling slopes, for ever
  for (let k = 1; k * LEAST_PERIOD <= most && Math.round(k * period) <= most; k++) {
    const centre = Math.round(k * period);
    const reach = Math.max(1, Math.round(JITTER * centre));
    let at = centre;
    for (let i = Math.max(2, centre - reach); i <= Math.min(most, centre + reach); i++)
      if (values[i] > values[at]) at = i;
    sum += values[at];
    teeth += 1;
    period = at / k;
  }
  const others = values.slice(Math.max(2, Math.floor(d / 2)), most + 1).sort();
  return { period, score: sum / teeth - others[others.length >> 1] };
}

import type { Picture } from "../picture.ts";
import { measurePeriods } from "./measure-periods.ts";
import { resized } from "./resized.ts";
import type { KernelArena } from "./synthesis-kernels.ts";

/** How far a picture is stretched, and after how many pixels it then repeats. */
export interface PeriodFit {
  /** Factors of the height and width; 1 if nothing need be stretched. */
  readonly down: number;
  readonly right: number;
  /** Periods after stretching: whole numbers of them fit the result; 0 if there is none. */
  readonly periodDown: number;
  readonly periodRight: number;
}

/** Pictures are measured at this size at most. */
const MEASURED_SIDE = 128;
/** From this regularity on periods are held, when nothing is said; chosen between grass and metal plates. */
const USUAL_LEAST = 0.12;
/** How much more regular it must be for each factor of e by which it would be stretched; chosen between cobbles and roof tiles. */
const LEAST_FOR_STRETCH = 0.5;
/** So many times as regular a picture must be whose layout is to be kept: it should not be moved for a doubtful period. */
const KEPT_DEMAND = 2;
/** More than this it may not be stretched or shrunk: the things in it would look wrong. */
const MOST_STRETCH = 1.35;

/**
 * Finds by how much to stretch a picture so that whole numbers of its periods fit a result that tiles.
 *
 * @param kept - Whether things should stay where the picture has them.
 * @param regularity - From 0, never, to 1, on the least sign of a period; undefined: if it is regular.
 */
export function fitPeriods(
  arena: KernelArena,
  source: Picture,
  result: { readonly height: number; readonly width: number },
  regularity: number | undefined,
  kept: boolean,
): PeriodFit {
  const none = { down: 1, right: 1, periodDown: 0, periodRight: 0 };
  if (regularity === 0) return none;
  const usual = kept ? KEPT_DEMAND : 1;
  const demand = regularity === undefined ? usual : 2 * (1 - regularity);
  const scale = Math.min(1, MEASURED_SIDE / Math.max(source.height, source.width));
  const height = Math.max(16, Math.round(source.height * scale));
  const width = Math.max(16, Math.round(source.width * scale));
  const measured = resized(source, height, width, "cut");
  const periods = measurePeriods(arena, measured);
  const [down, periodDown] = stretch(
    result.height,
    (periods.down * source.height) / height,
    periods.downRegularity / demand,
  );
  const [right, periodRight] = stretch(
    result.width,
    (periods.right * source.width) / width,
    periods.rightRegularity / demand,
  );
  return { down, right, periodDown, periodRight };
}

/** The stretched picture; the same one if it fits already. */
export function stretched(source: Picture, { down, right }: PeriodFit): Picture {
  const height = Math.max(16, Math.round(source.height * down));
  const width = Math.max(16, Math.round(source.width * right));
  if (height === source.height && width === source.width) return source;
  return resized(source, height, width, "cut", "sharp");
}

function stretch(length: number, period: number, regularity: number): readonly [factor: number, period: number] {
  if (period === 0 || !(regularity > 0)) return [1, 0];
  const many = length / period;
  let best = Math.max(1, Math.floor(many));
  // the nearer one as a ratio, not as a difference
  if (best * (best + 1) < many * many) best += 1;
  const factor = many / best;
  // ln of a number near 1, without a function whose last bit differs between engines
  const far = Math.abs(factor - 1 / factor) / 2;
  if (factor > MOST_STRETCH || factor < 1 / MOST_STRETCH) return [1, 0];
  return regularity >= USUAL_LEAST + LEAST_FOR_STRETCH * far ? [factor, length / best] : [1, 0];
}

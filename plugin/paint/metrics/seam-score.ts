import { ConfigurationError } from "../../core/errors.ts";
import { median, quantile } from "./quantile.ts";
import type { Picture } from "../picture.ts";
import { assertLeastSide } from "./same-size.ts";

/** How visible the wrap-around seams of one picture are; 1 and below is invisible. */
export interface SeamScore {
  /** The seam between the last and the first column, where two copies meet side by side. */
  readonly sideBySide: number;
  /** The seam between the last and the first row, where two copies meet one above the other. */
  readonly oneAboveOther: number;
}

/** The seam scores of a set of maps. */
export interface SeamSummary {
  /** By map, in the order given. */
  readonly scores: Readonly<Record<string, SeamScore>>;
  /** Over all maps and both axes. */
  readonly mean: number;
  /** The 95th percentile over all maps and both axes. */
  readonly p95: number;
}

/**
 * Measures whether a picture's opposite edges fit together, compared with its own inside.
 *
 * With g(k) the mean absolute step between neighbouring columns (rows), over all channels, and g₀ the step across the
 * seam, the score is g₀ / max(g₋₁, g₊₁, median g): how much larger the step is than those right beside it and than the
 * usual one. A picture without any step at all scores 0; one with a step nowhere but in the seam scores Infinity.
 *
 * @throws ConfigurationError if a side is shorter than 4 pixels.
 */
export function seamScore(picture: Picture): SeamScore {
  assertLeastSide("seamScore", picture, 4);
  return { sideBySide: scoreOf(columnSteps(picture)), oneAboveOther: scoreOf(rowSteps(picture)) };
}

/**
 * The seam scores of every map of a material, or of every picture of a set, with their mean and 95th percentile.
 *
 * @throws ConfigurationError if there is no map, or one has a side shorter than 4 pixels.
 */
export function seamSummary(maps: Readonly<Record<string, Picture>>): SeamSummary {
  const scores: Record<string, SeamScore> = {};
  const all: number[] = [];
  for (const [name, map] of Object.entries(maps)) {
    const score = seamScore(map);
    scores[name] = score;
    all.push(score.sideBySide, score.oneAboveOther);
  }
  if (all.length === 0) {
    throw new ConfigurationError("seamSummary: at least one map is needed, got none. Give maps by name.");
  }
  return { scores, mean: all.reduce((sum, score) => sum + score) / all.length, p95: quantile(all, 0.95) };
}

/** `steps[k]` is the step from line k to line k + 1; the last one is the seam. */
function scoreOf(steps: Float64Array): number {
  const last = steps.length - 1;
  const seam = steps[last];
  const usual = Math.max(steps[last - 1], steps[0], median(steps.subarray(0, last)));
  return seam === 0 ? 0 : seam / usual;
}

function columnSteps({ height, width, channels, pixels }: Picture): Float64Array {
  const steps = new Float64Array(width);
  const row = width * channels;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const here = y * row + x * channels;
      const next = x + 1 < width ? here + channels : y * row;
      for (let c = 0; c < channels; c++) steps[x] += Math.abs(pixels[next + c] - pixels[here + c]);
    }
  }
  return steps;
}

function rowSteps({ height, width, channels, pixels }: Picture): Float64Array {
  const steps = new Float64Array(height);
  const row = width * channels;
  for (let y = 0; y < height; y++) {
    const here = y * row;
    const next = y + 1 < height ? here + row : 0;
    for (let i = 0; i < row; i++) steps[y] += Math.abs(pixels[next + i] - pixels[here + i]);
  }
  return steps;
}

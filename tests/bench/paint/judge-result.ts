import { patchCopyRate } from "../../../plugin/paint/metrics/copy-rate.ts";
import { patchSwd } from "../../../plugin/paint/metrics/patch-swd.ts";
import { seamScore, type SeamScore } from "../../../plugin/paint/metrics/seam-score.ts";
import { spectrumDistance } from "../../../plugin/paint/metrics/spectrum-distance.ts";
import { type Picture } from "../../../plugin/paint/picture.ts";
import type { CropPair } from "../../../scripts/paint/subjects/cut-pair.ts";

/** How good a synthesised picture is, beside another real crop of the texture. */
export interface Judgement {
  /** Patch-SWD of the result to the source ÷ that of the other crop to the source. */
  readonly ratio: number;
  readonly swd: number;
  readonly floor: number;
  readonly spectrum: number;
  /** Of the other crop. */
  readonly spectrumFloor: number;
  /** Share of the result's patches that were copied from the source. */
  readonly copyRate: number;
  /** Of the other crop: smooth and regular textures repeat themselves. */
  readonly copyRateFloor: number;
  readonly seams: SeamScore;
  readonly sourceSeams: SeamScore;
}

/** Four times the metric's default: two pictures have few enough patches, and chance would draw the ratio towards 1. */
const PATCHES = 4096;

/**
 * Judges a result of the source's size: as many patches of both, normalised by the source's statistics, with edges cut, since
 * the source does not tile.
 */
export function judgeResult({ source, otherCrop }: CropPair, result: Picture): Judgement {
  const options = { edges: "cut", patches: PATCHES } as const;
  const swd = patchSwd([source], [result], options).distance;
  const other = otherCrop ? [otherCrop] : null;
  const floor = other ? patchSwd([source], other, options).distance : Number.NaN;
  return {
    ratio: swd / floor,
    swd,
    floor,
    spectrum: spectrumDistance([source], [result]).distance,
    spectrumFloor: other ? spectrumDistance([source], other).distance : Number.NaN,
    copyRate: patchCopyRate([source], [result]),
    copyRateFloor: other ? patchCopyRate([source], other) : Number.NaN,
    seams: seamScore(result),
    sourceSeams: seamScore(source),
  };
}

import { quantile } from "../../../plugin/paint/metrics/quantile.ts";
import { gate, median, type Gate } from "../report.ts";
import { VISIBLE_SEAM } from "../../../scripts/paint/subjects/cut-pair.ts";
import type { PictureJob, PictureOutcome } from "./picture-job.ts";

/** A job that is done. */
export interface DonePicture {
  readonly job: PictureJob;
  readonly outcome: PictureOutcome;
}

/** What is published of one texture; numbers are medians over the seeds, unless they say otherwise. */
export interface TextureFigures {
  readonly ratio: number;
  readonly ratios: readonly number[];
  readonly swd: number;
  readonly floor: number;
  readonly spectrum: number;
  readonly spectrumFloor: number;
  readonly copyRate: number;
  readonly copyRateFloor: number;
  readonly worstSeam: number;
  /** The fainter seam of the source, the faintest of all seeds: above 1.2 no source tiles. */
  readonly faintestSourceSeam: number;
  readonly wallSeconds: number;
  readonly processorSeconds: number;
}

const MOST_RATIO = 1.2;
const MOST_MEAN_SEAM = 1.2;
const MOST_P95_SEAM = 1.5;

/** The judged pictures by texture, in the order in which textures first come. */
export function figuresByTexture(pictures: readonly DonePicture[]): Record<string, TextureFigures> {
  const figures: Record<string, TextureFigures> = {};
  for (const name of new Set(pictures.map(({ job }) => job.texture))) {
    const own = pictures.filter(({ job, outcome }) => job.texture === name && outcome.judgement !== null);
    if (own.length === 0) continue;
    const judgements = own.map(({ outcome }) => outcome.judgement!);
    const middle = (key: "ratio" | "swd" | "floor" | "spectrum" | "spectrumFloor" | "copyRate" | "copyRateFloor") =>
      rounded(median(judgements.map((judgement) => judgement[key])));
    figures[name] = {
      ratio: middle("ratio"),
      ratios: judgements.map(({ ratio }) => rounded(ratio)),
      swd: middle("swd"),
      floor: middle("floor"),
      spectrum: middle("spectrum"),
      spectrumFloor: middle("spectrumFloor"),
      copyRate: middle("copyRate"),
      copyRateFloor: middle("copyRateFloor"),
      worstSeam: rounded(Math.max(...judgements.flatMap(({ seams }) => [seams.sideBySide, seams.oneAboveOther]))),
      faintestSourceSeam: rounded(
        Math.min(
          ...judgements.map(({ sourceSeams: { sideBySide, oneAboveOther } }) => Math.min(sideBySide, oneAboveOther)),
        ),
      ),
      wallSeconds: rounded(median(own.map(({ outcome }) => outcome.wallSeconds))),
      processorSeconds: rounded(median(own.map(({ outcome }) => outcome.processorSeconds))),
    };
  }
  return figures;
}

/** Each texture's median ratio against the bar, the median of all ratios, the seams, and that no source tiles by itself. */
export function qualityGates(pictures: readonly DonePicture[]): Gate[] {
  const figures = figuresByTexture(pictures);
  const what = "patch-SWD over another crop's";
  const gates = Object.entries(figures).map(([name, { ratio, ratios }]) =>
    gate(`${name}: ${what}, median of ${ratios.length}`, ratio, "", "<=", MOST_RATIO),
  );
  const judgements = pictures.flatMap(({ outcome }) => outcome.judgement ?? []);
  const seams = judgements.flatMap(({ seams: { sideBySide, oneAboveOther } }) => [sideBySide, oneAboveOther]);
  const tiling = judgements.filter(
    ({ sourceSeams }) => Math.max(sourceSeams.sideBySide, sourceSeams.oneAboveOther) <= VISIBLE_SEAM,
  ).length;
  return [
    ...gates,
    gate(`all: ${what}, median`, median(judgements.map(({ ratio }) => ratio)), "", "<=", MOST_RATIO),
    gate("all: seam score, mean", seams.reduce((sum, seam) => sum + seam, 0) / seams.length, "", "<=", MOST_MEAN_SEAM),
    gate("all: seam score, 95th percentile", quantile(seams, 0.95), "", "<=", MOST_P95_SEAM),
    gate("sources that tile by themselves", tiling, "", "<=", 0),
  ];
}

/** The slowest picture of one size, and the latest first preview. */
export function timeGates(pictures: readonly DonePicture[], most: number, clock: "wall" | "processor"): Gate[] {
  const seconds = ({ outcome }: DonePicture): number =>
    clock === "wall" ? outcome.wallSeconds : outcome.processorSeconds;
  const slowest = pictures.reduce((worst, picture) => (seconds(picture) > seconds(worst) ? picture : worst));
  const latest = Math.max(...pictures.map(({ outcome }) => outcome.previewSeconds));
  const { side, texture } = slowest.job;
  return [
    gate(`${side}²: slowest picture (${texture}), ${clock} clock`, seconds(slowest), "s", "<=", most),
    gate(`${side}²: latest first preview`, latest, "s", "<=", 3),
  ];
}

/** Three digits are enough to read. */
export function rounded(value: number): number {
  return Number(value.toPrecision(3));
}

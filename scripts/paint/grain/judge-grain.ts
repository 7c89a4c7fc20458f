import { finish, nonLocalMeans } from "../../../plugin/nets/encoders/non-local-means.ts";
import type { FrameCleaner } from "../../../plugin/paint/grain/frame-cleaner.ts";
import type { SensorNoise } from "../../../plugin/paint/grain/sensor-noise.ts";
import { linearFromSrgb, srgbFromLinear } from "../../../plugin/paint/maps/srgb.ts";
import { meanSquaredError, psnr } from "../../../plugin/paint/metrics/signal-to-noise.ts";
import { cropped, picture, type Picture } from "../../../plugin/paint/picture.ts";
import { gaussianBlur } from "../encoders/classic-filters.ts";
import { meanOf } from "../encoders/exam-classes.ts";
import { grainExam, NIGHT, type GrainExam } from "./grain-exam.ts";

/** Decibels. */
export interface GrainScore {
  readonly name: string;
  /** Of the noisy frame itself. */
  readonly noisy: number;
  /** The best blur, in sRGB or in linear light. */
  readonly gaussian: number;
  readonly nonLocal: number;
  readonly network: number;
  /** Over the better classic filter of each frame. */
  readonly gain: number;
}

/** Standard deviations of blurs, in pixels. */
const BLURS = [0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.2, 1.5, 2];
/** Patches and strengths of non-local means; others were not the best of any scene that was tried. */
const PATCHES = [
  { patch: 1, strengths: [0.5, 0.7, 0.9] },
  { patch: 2, strengths: [0.4] },
];
/** Pixels from the middle of the searched window to its side. */
const SEARCH = 7;
/** Pixels at each border that count for nobody: classic filters look across borders as if frames tiled, and frames don't. */
const RIM = 12;

/** Judges by frames that nobody has learned from. Classic filters are tuned on each of them by its clean original; the network is not. */
export async function judgeGrain(
  cleaner: FrameCleaner,
  name: string,
  {
    seeds,
    noise = NIGHT,
    side,
  }: { readonly seeds: readonly number[]; readonly noise?: SensorNoise; readonly side?: number },
): Promise<GrainScore> {
  const rows: GrainScore[] = [];
  for (const seed of seeds) {
    const exam = grainExam(name, seed, { noise, ...(side === undefined ? {} : { side }) });
    rows.push(await judgeFrame(cleaner, name, exam, noise));
  }
  const mean = (of: (row: GrainScore) => number): number => meanOf(rows, of);
  return {
    name,
    noisy: mean((row) => row.noisy),
    gaussian: mean((row) => row.gaussian),
    nonLocal: mean((row) => row.nonLocal),
    network: mean((row) => row.network),
    gain: mean((row) => row.gain),
  };
}

/** Judges by one frame. */
export async function judgeFrame(
  cleaner: FrameCleaner,
  name: string,
  { clean, noisy }: GrainExam,
  noise: SensorNoise,
): Promise<GrainScore> {
  const deviation = Math.sqrt(meanSquaredError(clean, noisy));
  const blurred = BLURS.flatMap((blur) => [
    gaussianBlur(noisy, blur),
    inLight(noisy, (light) => gaussianBlur(light, blur)),
  ]);
  const means = PATCHES.flatMap(({ patch, strengths }) =>
    strengths.map((strength) =>
      picture(
        noisy.height,
        noisy.width,
        3,
        finish(nonLocalMeans(noisy, deviation, { patch, search: SEARCH, strength })),
      ),
    ),
  );
  const best = (made: readonly Picture[]): number => Math.max(...made.map((one) => decibels(clean, one)));
  const [gaussian, nonLocal] = [best(blurred), best(means)];
  const network = decibels(clean, await cleaner.clean(noisy, noise));
  return {
    name,
    noisy: decibels(clean, noisy),
    gaussian,
    nonLocal,
    network,
    gain: network - Math.max(gaussian, nonLocal),
  };
}

/** PSNR of what lies within the rim. */
function decibels(clean: Picture, made: Picture): number {
  const inner = (whole: Picture): Picture => cropped(whole, RIM, RIM, whole.height - 2 * RIM, whole.width - 2 * RIM);
  return psnr(inner(clean), inner(made));
}

/** Does something in linear light. */
function inLight(source: Picture, change: (light: Picture) => Picture): Picture {
  const changed = change({ ...source, pixels: source.pixels.map(linearFromSrgb) });
  return { ...changed, pixels: changed.pixels.map(srgbFromLinear) };
}

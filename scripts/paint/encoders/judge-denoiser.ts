import { Random } from "../../../plugin/core/random.ts";
import { finish, pilotedMeans } from "../../../plugin/nets/encoders/non-local-means.ts";
import type { Denoiser } from "../../../plugin/paint/encoders/denoiser.ts";
import { psnr } from "../../../plugin/paint/metrics/signal-to-noise.ts";
import { cropped, picture, type Picture } from "../../../plugin/paint/picture.ts";
import { classicScores, type ClassicScores } from "./classic-filters.ts";
import { meanOf } from "./exam-classes.ts";
import { examPicture } from "./picture-shelf.ts";

/** Standard deviation of the noise that is judged by. */
export const DEVIATION = 0.15;
const NOISE = 0x4e01;

/** A picture with noise that nobody has learned from. */
export interface NoisyExam {
  readonly clean: Picture;
  readonly noisy: Picture;
}

/** Decibels, means over exams. */
export interface DenoiserScore extends ClassicScores {
  readonly name: string;
  /** Of what the network begins with, told the noise. */
  readonly base: number;
  readonly denoiser: number;
  /** Over the better classic filter of each picture. */
  readonly gain: number;
}

/** @param side - Pixels on each side, at most 256. Noise is not cut off at black and white: classic filters could not undo that. */
export function noisyExam(name: string, seed: number, { side = 128, deviation = DEVIATION } = {}): NoisyExam {
  const clean = cropped(examPicture(name, seed), 0, 0, side, side);
  const random = new Random(seed, NOISE);
  const noisy = clean.pixels.map((value) => value + deviation * random.normal());
  return { clean, noisy: picture(side, side, 3, noisy) };
}

/** Holds a denoiser, which is not told the noise, against classic filters, which are told and tuned by the clean picture. */
export async function judgeDenoiser(
  denoiser: Denoiser,
  name: string,
  { seeds, side, search }: { readonly seeds: readonly number[]; readonly side?: number; readonly search?: number },
): Promise<DenoiserScore> {
  const rows: Omit<DenoiserScore, "name">[] = [];
  for (const seed of seeds) {
    const { clean, noisy } = noisyExam(name, seed, side === undefined ? {} : { side });
    const classic = classicScores(clean, noisy, DEVIATION, search);
    const own = psnr(clean, await denoiser.denoise(noisy, { edges: "cut" }));
    const begin = picture(noisy.height, noisy.width, 3, finish(pilotedMeans(noisy, DEVIATION)));
    rows.push({
      ...classic,
      base: psnr(clean, begin),
      denoiser: own,
      gain: own - Math.max(classic.gaussian, classic.nonLocal),
    });
  }
  return {
    name,
    gaussian: meanOf(rows, (row) => row.gaussian),
    nonLocal: meanOf(rows, (row) => row.nonLocal),
    base: meanOf(rows, (row) => row.base),
    denoiser: meanOf(rows, (row) => row.denoiser),
    gain: meanOf(rows, (row) => row.gain),
  };
}

import type { Imaginer } from "../../../plugin/paint/imaginer/imaginer.ts";
import { stackColours, stackPicture } from "../../../plugin/paint/imaginer/stack-picture.ts";
import type { SurfaceMaps } from "../../../plugin/paint/maps/surface-maps.ts";
import { pairSimilarity } from "../../../plugin/paint/metrics/pair-similarity.ts";
import { patchCopyRate } from "../../../plugin/paint/metrics/copy-rate.ts";
import { patchSwdOverFloor } from "../../../plugin/paint/metrics/patch-swd.ts";
import { spectrumDistance } from "../../../plugin/paint/metrics/spectrum-distance.ts";
import type { Picture } from "../../../plugin/paint/picture.ts";
import { drawMaterial, SIDE, taughtMaterials } from "./stack-shelf.ts";

/** How near what is imagined comes to a class; each the mean of the seeds. */
export interface ImaginerScore {
  readonly name: string;
  /** Patch distance of whole stacks to real ones of the class ÷ that between two sets of real ones of the class. */
  readonly ratio: number;
  /** Patch distance of whole stacks to the very ones that the codes were made of ÷ that between those and the same with their parts elsewhere. */
  readonly ownRatio: number;
  /** The same of the colours alone. */
  readonly ownColourRatio: number;
  readonly spectrum: number;
  /** Spectrum distance between the real ones. */
  readonly spectrumFloor: number;
  /** MS-SSIM of pairs with one code and several seeds, and of real materials that differ in where their parts lie. */
  readonly similarity: number;
  readonly realSimilarity: number;
  /** Share of patches that are nearly those of the picture that the code was made of, and of other real ones. */
  readonly copied: number;
  readonly realCopied: number;
  /**
   * Share of patches that are nearly those of materials of the class that were taught, and the same of the real ones that codes were made of. 0
   * for a class that was never shown.
   */
  readonly taughtCopied: number;
  readonly realTaughtCopied: number;
}

/** How an imaginer is judged. */
export interface JudgeImaginerOptions {
  /** Each stands for other materials. */
  readonly seeds: readonly number[];
  /** Materials of each set. Default 4. */
  readonly count?: number;
}

/** Materials that nothing was learned from. */
const JUDGE_STREAM = 0x7d6e;
/** Materials that were taught in which a seed looks for copies, others for each seed, and how many patches it looks for: some second of both. */
const TAUGHT = 6;
const TAUGHT_PATCHES = 20;
/** From the number of a material to that of another one of its class. */
const APART = 50;
const METRIC = { edges: "wrap" as const, patches: 4096 };

/**
 * Holds what an imaginer draws from the codes of materials that it has not seen against other materials of their class, and against those
 * very materials.
 */
export async function judgeImaginer(
  imaginer: Imaginer,
  name: string,
  { seeds, count = 4 }: JudgeImaginerOptions,
): Promise<ImaginerScore> {
  const sums = new Float64Array(11);
  for (const seed of seeds) {
    const indices = Array.from({ length: count }, (_, i) => seed * 100 + i);
    const real = indices.map((index) => drawMaterial(name, index, JUDGE_STREAM));
    const other = indices.map((index) => drawMaterial(name, index, JUDGE_STREAM, 1));
    const apart = indices.map((index) => drawMaterial(name, index + APART, JUDGE_STREAM));
    const made: SurfaceMaps[] = [];
    for (const [i, maps] of real.entries()) {
      made.push(
        await imaginer.imagine(await imaginer.encode(stackColours(maps)), { seed: seed * 100 + i, size: SIDE }),
      );
    }
    const stacks = [real, other, made, apart].map((set) => set.map(stackPicture));
    const colours = [real, other, made].map((set) => set.map(stackColours));
    const taught = taughtMaterials(name, seed * TAUGHT, TAUGHT).map(stackColours);
    const fromTaught = (pictures: readonly Picture[]): number =>
      taught.length > 0 ? patchCopyRate(taught, pictures, { patches: TAUGHT_PATCHES, seed }) : 0;
    const code = await imaginer.encode(colours[0][0]);
    const again: Picture[] = [];
    const realAgain: Picture[] = [];
    for (let i = 0; i < count; i++) {
      again.push(stackColours(await imaginer.imagine(code, { seed: 7000 + i, size: SIDE })));
      realAgain.push(stackColours(drawMaterial(name, indices[0], JUDGE_STREAM, 10 + i)));
    }
    const figures = [
      patchSwdOverFloor(stacks[3], stacks[0], stacks[2], METRIC).ratio,
      patchSwdOverFloor(stacks[0], stacks[1], stacks[2], METRIC).ratio,
      patchSwdOverFloor(colours[0], colours[1], colours[2], METRIC).ratio,
      spectrumDistance(colours[0], colours[2], { edges: "wrap" }).distance,
      spectrumDistance(colours[0], colours[1], { edges: "wrap" }).distance,
      pairSimilarity(again),
      pairSimilarity(realAgain),
      patchCopyRate(colours[0], colours[2]),
      patchCopyRate(colours[0], colours[1]),
      fromTaught(colours[2]),
      fromTaught(colours[0]),
    ];
    figures.forEach((figure, i) => (sums[i] += figure / seeds.length));
  }
  const [
    ratio,
    ownRatio,
    ownColourRatio,
    spectrum,
    spectrumFloor,
    similarity,
    realSimilarity,
    copied,
    realCopied,
    taughtCopied,
    realTaughtCopied,
  ] = sums;
  return {
    name,
    ratio,
    ownRatio,
    ownColourRatio,
    spectrum,
    spectrumFloor,
    similarity,
    realSimilarity,
    copied,
    realCopied,
    taughtCopied,
    realTaughtCopied,
  };
}

import { breathe } from "../../../plugin/core/breathe.ts";
import type { Species } from "../../../plugin/paint/automata/species.ts";
import { patchCopyRate } from "../../../plugin/paint/metrics/copy-rate.ts";
import { patchSwd } from "../../../plugin/paint/metrics/patch-swd.ts";
import { picture, type Picture } from "../../../plugin/paint/picture.ts";
import { KernelField } from "./kernel-field.ts";
import { materialPicture } from "./material-picture.ts";

/** How far what a species grows is from its class. */
export interface SpeciesScore {
  readonly name: string;
  /** Patch distance between two real pictures of the class, the mean over the seeds: nothing that is no copy can be nearer. */
  readonly floor: number;
  /** Patch distance to a real picture ÷ `floor`, at each age. */
  readonly ratios: readonly { readonly steps: number; readonly ratio: number }[];
  /** Share of patches at the last age that are nearly those of the picture that was learned from, and of the real pictures' patches. */
  readonly copied: number;
  readonly realCopied: number;
  /** What the first seed has grown at each age. */
  readonly pictures: readonly Picture[];
}

/** How a species is judged. */
export interface JudgeOptions {
  /** Ages in steps, ascending. */
  readonly ages: readonly number[];
  /** Of the pictures that nobody has learned from; each grows from a seed of its own. */
  readonly seeds: readonly number[];
  /** Pixels on each side; the scale is always that of the picture that was learned from, so at most that one's. */
  readonly side: number;
}

/** Holds a species against pictures of its class that it has not seen: the one that it was taught from has the seed 0. */
export async function judgeSpecies(species: Species, { ages, seeds, side }: JudgeOptions): Promise<SpeciesScore> {
  const { name } = species;
  const real = (seed: number): Picture => cornerOf(materialPicture(name, seed), side);
  const metric = { edges: "cut" as const, seed: 1 };
  const taught = materialPicture(name, 0);
  let [floor, copied, realCopied] = [0, 0, 0];
  const sums = ages.map(() => 0);
  const pictures: Picture[] = [];
  for (const seed of seeds) {
    const one = real(1000 + seed);
    floor += patchSwd([one], [real(2000 + seed)], metric).distance / seeds.length;
    realCopied += patchCopyRate([taught], [one], { seed }) / seeds.length;
    const field = await KernelField.begin(species, side, seed);
    for (const [i, age] of ages.entries()) {
      while (field.steps < age) field.step();
      const grown = picture(side, side, 3, await field.colours());
      if (pictures.length <= i) pictures.push(grown);
      sums[i] += patchSwd([one], [grown], metric).distance / seeds.length;
      if (i === ages.length - 1) copied += patchCopyRate([taught], [grown], { seed }) / seeds.length;
      await breathe();
    }
    field.dispose();
  }
  const ratios = ages.map((steps, i) => ({ steps, ratio: sums[i] / floor }));
  return { name, floor, ratios, copied, realCopied, pictures };
}

function cornerOf(source: Picture, side: number): Picture {
  const corner = picture(side, side, 3);
  for (let row = 0; row < side; row++) {
    corner.pixels.set(source.pixels.subarray(row * source.width * 3, (row * source.width + side) * 3), row * side * 3);
  }
  return corner;
}

import { Random } from "../../core/random.ts";
import type { Picture } from "../picture.ts";
import { blendCuts } from "./blend-cuts.ts";
import { checkedOrder, type SynthesisOrder } from "./check-order.ts";
import { fitPeriods, stretched, type PeriodFit } from "./fit-periods.ts";
import { mixGuide, mixLabel } from "./mix-guide.ts";
import { Pace } from "./pace.ts";
import { matchPatches } from "./match-patches.ts";
import type { PatchSource } from "./patch-distribution.ts";
import type { PuzzleSource } from "./puzzle.ts";
import { resized } from "./resized.ts";
import { asMask, clipped } from "./scales.ts";
import { solvePuzzle } from "./solve-puzzle.ts";
import { KernelArena, loadSynthesisKernels } from "./synthesis-kernels.ts";
import type { SynthesisExample, SynthesisOptions } from "./synthesis-options.ts";

/** How much a pixel of the wrong picture shows in a mix: little, so that cuts may find a better way. */
const MIX_WEIGHT = 0.5;
/** Steps of the patch flow at the end. */
const FLOW_STEPS = { fast: 0, good: 14, best: 28 };
/** Shares of all work that are done after the puzzle and after the smoothing, about. */
const PUZZLE_SHARE = 0.75;
const BLEND_SHARE = 0.78;

/**
 * Makes a picture that tiles and looks like those given: same colours, same details, same things, but no seams. No network, no
 * weights.
 *
 * First a puzzle of pieces of the pictures is laid out on a torus, coarse to fine, by graph cuts (Kwatra et al. 2003,
 * https://doi.org/10.1145/882262.882264), so that things stay whole; regular pictures are stretched a little until whole periods
 * fit. Then steps of light across cuts are smoothed away, and the patch-sliced-Wasserstein flow (Elnekave and Weiss 2022,
 * https://arxiv.org/abs/2203.11862) brings back what was used too seldom.
 *
 * The same pictures, seed and options give the same pixels on every machine. Takes about 4 s of one core for 128 × 128 pixels; about
 * 40 numbers a pixel of the result and the pictures are held in memory. Rests every few dozen milliseconds, so that messages
 * and cancelling get through; but it belongs into a worker. Works with any number of channels: the maps of a material, stacked,
 * stay registered. Things larger than about half of the picture will not be kept whole.
 *
 * @param source - A picture, or several to be mixed. Values in [0, 1]; they need not tile.
 * @returns A new picture, clipped to [0, 1].
 * @throws ConfigurationError if an option cannot be; the signal's reason if it is cancelled.
 */
export async function synthesise(
  source: Picture | readonly SynthesisExample[],
  options: SynthesisOptions = {},
): Promise<Picture> {
  const order = withMix(checkedOrder(source, options));
  const { height, width, region } = order;
  const first = order.examples[0].picture;
  const pace = new Pace(options, () => clipped(resized(first, height, width, "cut")));
  const arena = new KernelArena(await loadSynthesisKernels());
  await pace.step(0);
  const fits = order.examples.map(({ picture }) =>
    region ? NO_FIT : fitPeriods(arena, picture, order, order.regularity, order.layout === "kept"),
  );
  const sources = order.examples.map((example, e) => sourceOf(order, example, e, fits[e]));
  const puzzle = await solvePuzzle({ order, arena, sources, fit: fits[0], pace }, (done) => PUZZLE_SHARE * done);
  pace.stage = "Smoothing";
  pace.preview = () => clipped(puzzle.composed());
  await blendCuts(puzzle, pace, (done) => PUZZLE_SHARE + (BLEND_SHARE - PUZZLE_SHARE) * done);
  const steps = FLOW_STEPS[order.quality];
  if (order.layout === "new" && !options.guide && steps > 0) {
    pace.stage = "Matching details";
    const share = (done: number): number => BLEND_SHARE + (1 - BLEND_SHARE) * done;
    await matchPatches(puzzle, patchSources(order), { steps, random: new Random(order.seed, 1), pace, share });
  }
  const result = clipped(puzzle.composed());
  if (region) keepOutside(result, first, region);
  return result;
}

/** A mix of several pictures without a guide gets one: else the picture with the cheapest cuts would take all. */
function withMix(order: SynthesisOrder): SynthesisOrder {
  const { examples, weights, height, width } = order;
  if (order.guide || order.layout === "kept" || weights.filter((weight) => weight > 0).length < 2) return order;
  const guide = mixGuide(height, width, weights, new Random(order.seed, 2));
  const count = examples.length;
  const guided = examples.map((example, e) => ({ ...example, guide: mixLabel(example.picture, e, count) }));
  return { ...order, examples: guided, guide, guideWeight: MIX_WEIGHT };
}

/** The pictures as they came: stretching has made them softer. */
function patchSources({ examples, weights }: SynthesisOrder): PatchSource[] {
  return examples.map(({ picture, sampleMask }, e) => ({ picture, mask: asMask(sampleMask), weight: weights[e] }));
}

const NO_FIT: PeriodFit = { down: 1, right: 1, periodDown: 0, periodRight: 0 };

function sourceOf(
  { weights, region }: SynthesisOrder,
  example: SynthesisExample,
  e: number,
  fit: PeriodFit,
): PuzzleSource {
  const { picture, sampleMask, guide } = example;
  const fitted = stretched(picture, fit);
  const mask = asMask(sampleMask && resized(sampleMask, fitted.height, fitted.width, "cut"));
  const usable = region && e === 0 ? outside(mask, region) : mask;
  return {
    picture: fitted,
    mask: usable,
    guide: guide && resized(guide, fitted.height, fitted.width, "cut", "sharp"),
    weight: weights[e],
  };
}

/** What may be copied from the first picture when a region of it is made anew: all but the region, if that leaves something. */
function outside(mask: Uint8Array | undefined, region: Picture): Uint8Array | undefined {
  const usable = Uint8Array.from(region.pixels, (value, i) => (value < 0.5 && (!mask || mask[i] === 1) ? 1 : 0));
  return usable.includes(1) ? usable : mask;
}

function keepOutside(result: Picture, first: Picture, region: Picture): void {
  const { channels } = first;
  region.pixels.forEach((value, pixel) => {
    if (value >= 0.5) return;
    const from = pixel * channels;
    result.pixels.set(first.pixels.subarray(from, from + channels), from);
  });
}

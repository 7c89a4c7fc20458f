import { Random } from "../../core/random.ts";
import type { Picture } from "../picture.ts";
import type { SynthesisOrder } from "./check-order.ts";
import { featureScale } from "./features.ts";
import type { PeriodFit } from "./fit-periods.ts";
import { improve, scatterPieces, type MoveOptions } from "./lay-out.ts";
import type { Pace } from "./pace.ts";
import { Puzzle, type PuzzleSource } from "./puzzle.ts";
import { resized } from "./resized.ts";
import { clipped, scaled, scaledSource, scalesOf } from "./scales.ts";
import { BAND, freezeInside, freezeOutside, repeatPieces } from "./keep-layout.ts";
import { fillHoles, layoutOf, refineLayout, type Layout } from "./start-puzzle.ts";
import type { KernelArena } from "./synthesis-kernels.ts";

/** How much work goes into each quality: moves for each time that pieces could cover the result, and places compared. */
const EFFORTS = {
  fast: { coarse: 30, fine: 4, places: 700 },
  good: { coarse: 120, fine: 16, places: 1500 },
  best: { coarse: 300, fine: 40, places: 3000 },
};
/** How much a place of a picture that is used twice as often as it should shows, at a side of 128 pixels. */
const USAGE_WEIGHT = 0.03;

/** A synthesis that is prepared. */
export interface PuzzleJob {
  readonly order: SynthesisOrder;
  readonly arena: KernelArena;
  /** At full scale, stretched to fit. */
  readonly sources: readonly PuzzleSource[];
  readonly fit: PeriodFit;
  readonly pace: Pace;
}

/** What is to be done at one scale. */
interface Plan {
  readonly scale: number;
  readonly height: number;
  readonly width: number;
  /** Sides of the first pieces. */
  readonly scatter: number;
  readonly moves: number;
  readonly options: MoveOptions;
  readonly usageWeight: number;
}

/**
 * Lays the result out as a puzzle of pieces of the sources, coarse to fine: at the coarsest scale by large pieces that decide what
 * is where, at the finer ones by small pieces along the cuts.
 *
 * @param share - Maps the share of this work that is done to that of all.
 * @returns The puzzle at full scale, composed.
 */
export async function solvePuzzle(job: PuzzleJob, share: (done: number) => number): Promise<Puzzle> {
  const { order, arena, sources, pace } = job;
  const random = new Random(order.seed);
  const plans = plansOf(job);
  const work = plans.reduce((sum, { moves }) => sum + moves, 0);
  const mark = arena.mark;
  let layout: Layout | undefined;
  let puzzle!: Puzzle;
  let done = 0;
  for (const plan of plans) {
    arena.rewind(mark);
    puzzle = puzzleOf(job, plan, layout);
    pace.preview = previewOf(puzzle, order);
    pace.stage = layout ? "Adding detail" : "Laying out";
    const kept = order.layout === "kept" ? keep(puzzle, order, sources[0].picture) : 0;
    if (layout) refineLayout(puzzle, layout, kept);
    else if (order.layout === "new") {
      const periods = { down: job.fit.periodDown * plan.scale, right: job.fit.periodRight * plan.scale };
      scatterPieces(puzzle, plan.scatter, order.weights, periods, random);
    }
    fillHoles(puzzle, plan.scatter, order.weights, random);
    puzzle.compose({ top: 0, left: 0, rows: puzzle.height, columns: puzzle.width });
    await improve(puzzle, plan.moves, plan.options, random, () => pace.step(share((done += 1 / work))));
    layout = layoutOf(puzzle);
  }
  return puzzle;
}

function plansOf({ order, sources }: PuzzleJob): Plan[] {
  const { weights, quality } = order;
  const effort = EFFORTS[quality];
  const sides = sources.flatMap(({ picture: { height, width } }) => [height, width]);
  const shortest = Math.min(order.height, order.width, ...sides);
  const share = shareToMake(order);
  return scalesOf(shortest).map((scale, s): Plan => {
    const height = scaled(order.height, scale);
    const width = scaled(order.width, scale);
    const side = shortest * scale;
    const [least, most] = s === 0 ? [0.18 * side, 0.5 * side] : [14, 44];
    const covering = (height * width * share) / ((least + most) / 2) ** 2;
    const moves = Math.ceil(Math.max(4, covering) * (s === 0 ? effort.coarse : effort.fine));
    const options = { least, most, places: effort.places, weights, nudges: s === 0 ? 0.2 : 0.5 };
    const usageWeight = (USAGE_WEIGHT * 128) / side;
    return { scale, height, width, scatter: Math.ceil(0.4 * side), moves, options, usageWeight };
  });
}

/** How much of the result may change. */
function shareToMake({ layout, region }: SynthesisOrder): number {
  if (region) return region.pixels.reduce((sum, value) => sum + (value >= 0.5 ? 1 : 0), 0) / region.pixels.length;
  return layout === "kept" ? 1 - (1 - 2 * BAND) ** 2 : 1;
}

function puzzleOf({ order, arena, sources }: PuzzleJob, plan: Plan, coarse: Layout | undefined): Puzzle {
  const { scale, height, width, moves, usageWeight } = plan;
  const at = sources.map((source) => scaledSource(source, scale));
  return new Puzzle(arena, {
    height,
    width,
    sources: at,
    scale: featureScale(at.map((source) => source.picture)),
    capacity: 2 * (coarse?.pieces.length ?? 0) + moves + 4096,
    guide: order.guide && resized(order.guide, height, width, "wrap"),
    guideWeight: order.guideWeight,
    usageWeight,
  });
}

/** @returns How many pieces the kept layout consists of. */
function keep(puzzle: Puzzle, order: SynthesisOrder, source: Picture): number {
  const { rows, columns } = repeatPieces(puzzle, order, source);
  if (order.region) freezeOutside(puzzle, order.region);
  else freezeInside(puzzle, rows, columns);
  return 4 * rows * columns;
}

function previewOf(puzzle: Puzzle, { height, width }: SynthesisOrder): () => Picture {
  return () => {
    const shown = puzzle.shown();
    if (shown.height === height && shown.width === width) return clipped(shown);
    return clipped(resized(shown, height, width, "wrap"));
  };
}

import type { Pace } from "./pace.ts";
import type { Puzzle } from "./puzzle.ts";

/** Steps up to about this many standard deviations of the picture are smoothed away; chosen between plaster and bricks. */
const TOLERANCE = 0.35;
/** Pixels after which the smoothing fades, as a share of the result's shorter side, and at most. */
const RADIUS_SHARE = 1 / 8;
const MOST_RADIUS = 48;
/** Pixels between two rests. */
const CHUNK = 2 ** 18;

/**
 * Smooths away, in the puzzle's picture, what steps of light and colour are left across cuts; their edges keep their sharpness.
 *
 * @param share - Maps the share of this work that is done to that of all.
 */
export async function blendCuts(puzzle: Puzzle, pace: Pace, share: (done: number) => number): Promise<void> {
  const { arena, height, width, groups } = puzzle;
  const { kernels } = arena;
  const mark = arena.mark;
  const vectors = height * width * groups;
  const wanted = arena.reserve(16 * vectors);
  const field = arena.reserve(16 * vectors);
  kernels.wantedSteps(wanted, TOLERANCE);
  arena.floats(field, 4 * vectors).fill(0);
  const radius = Math.max(4, Math.min(MOST_RADIUS, RADIUS_SHARE * Math.min(height, width)));
  const screen = 1 / (radius * radius);
  // the best over-relaxation for the largest eigenvalue of Jacobi's method, 4 / (4 + screen)
  const eigenvalue = 4 / (4 + screen);
  const over = 2 / (1 + Math.sqrt(1 - eigenvalue * eigenvalue));
  const sweeps = Math.ceil(4 * radius);
  const rows = Math.max(1, Math.floor(CHUNK / width));
  for (let sweep = 0; sweep < sweeps; sweep++) {
    for (let first = 0; first < height; first += rows) {
      kernels.relax(field, wanted, first, Math.min(rows, height - first), screen, over);
      await pace.step(share((sweep + first / height) / sweeps));
    }
  }
  kernels.addTo(puzzle.pictureAddress, field, vectors);
  arena.rewind(mark);
}

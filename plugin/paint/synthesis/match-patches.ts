import type { Random } from "../../core/random.ts";
import type { Pace } from "./pace.ts";
import { describePatches, type PatchSource } from "./patch-distribution.ts";
import { patchFlow } from "./patch-flow.ts";
import type { Puzzle } from "./puzzle.ts";

/** Side of a patch of up to four channels, as in the patch distance that judges the result, and of more, to keep it quick. */
const PATCH = 7;
const SMALL_PATCH = 5;
/** Pixels from patch to patch. */
const STRIDE = 2;
/** Patches of the pictures that are looked at. */
const EXAMPLES = 4096;
/** Steps get shorter: long ones bring back what is missing, short ones calm the noise. Longer ones would break things. */
const FIRST_RATE = 0.15;
const LAST_RATE = 0.05;
/**
 * No value moves farther than this, in standard deviations of the picture: where something is missing altogether, the flow would
 * tear up what is there to make room for it, as it did with smoke.
 */
const MOST_CHANGE = 0.2;
/** Larger results are left as they are: the working space would not fit. */
const MOST_PIXELS = 2 ** 22;

/**
 * Brings the patches of the puzzle's picture to the distribution of those of the sources: what the puzzle has used too seldom comes
 * back, and contrast that was lost on the way.
 *
 * @param sources - As they came, not stretched.
 * @param share - Maps the share of this work that is done to that of all.
 */
export async function matchPatches(
  puzzle: Puzzle,
  sources: readonly PatchSource[],
  options: {
    readonly steps: number;
    readonly random: Random;
    readonly pace: Pace;
    readonly share: (done: number) => number;
  },
): Promise<void> {
  const { steps, random, pace, share } = options;
  const { arena, height, width, groups, factors } = puzzle;
  if (height * width > MOST_PIXELS) return;
  const mark = arena.mark;
  const numbers = height * width * groups * 4;
  const before = arena.floats(puzzle.pictureAddress, numbers).slice();
  const size = factors.length > 4 ? SMALL_PATCH : PATCH;
  let done = 0;
  const rest = (): Promise<void> => pace.step(share(done / (steps + 4)));
  const wanted = await describePatches(arena, sources, { size, factors, patches: EXAMPLES, rest }, random);
  done = 4;
  const target = { height, width, channels: factors.length, groups, address: puzzle.pictureAddress };
  const flow = patchFlow(arena, target, wanted, STRIDE, rest);
  for (let step = 0; step < steps; step++) {
    await flow.step(FIRST_RATE - ((FIRST_RATE - LAST_RATE) * step) / steps, random);
    done += 1;
  }
  const after = arena.floats(puzzle.pictureAddress, numbers);
  for (let i = 0; i < numbers; i++) {
    after[i] = before[i] + Math.min(MOST_CHANGE, Math.max(-MOST_CHANGE, after[i] - before[i]));
  }
  arena.rewind(mark);
}

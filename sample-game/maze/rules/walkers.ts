import type { Random } from "../../../plugin/index.ts";
import { fieldStep } from "./maze.ts";
import { CHALK, type Walk } from "./walk.ts";

/** Somebody who chooses a way at a crossing, in quarter turns to the right. */
export type Walker = (walk: Walk) => number;

/** Goes any way that is open. */
export function randomWalker(random: Random): Walker {
  return (walk) => {
    for (;;) {
      const turns = random.integer(4);
      if (walk.allows(turns)) return turns;
    }
  };
}

/** Keeps one hand on the hedge at its right: finds every gem in a maze without loops, if it has the time. */
export function rightHandWalker(walk: Walk): number {
  return [1, 0, 3, 2].find((turns) => walk.allows(turns))!;
}

/**
 * Goes new ways first, and back along its line where there are none: Trémaux's rule, 1882, which finds every gem with at
 * most two walks along each path. It looks no farther than the next path.
 */
export function chalkWalker(walk: Walk): number {
  const { side } = walk.maze;
  const open = [0, 1, 3, 2].filter((turns) => walk.allows(turns));
  const chalk = (turns: number): number => walk.chalk[walk.field + fieldStep((walk.heading + turns) % 4, side)];
  const isFresh = open.some((turns) => turns !== 2 && chalk(turns) === CHALK.none);
  const wasHere = open.filter((turns) => turns !== 2 && chalk(turns) !== CHALK.none).length > 0;
  // Came on a new path to an old crossing: that was a loop, so it turns back at once.
  if (open.includes(2) && chalk(2) === CHALK.once && wasHere) return 2;
  if (isFresh) return open.find((turns) => chalk(turns) === CHALK.none)!;
  return open.find((turns) => chalk(turns) === CHALK.once) ?? open[0];
}

import { lessonEnvironment, Random, type Lesson, type LessonSettings, type Policy } from "../../../plugin/index.ts";
import type { Walk } from "../rules/walk.ts";
import { chalkWalker, randomWalker, rightHandWalker, type Walker } from "../rules/walkers.ts";
import { mazeLesson, type MazeWorld } from "./maze.lesson.ts";

/** Who walks: a policy, uniform chance, a hand on the hedge, or Trémaux's rule by chalk. */
export type MazePlayer = Policy | "random" | "rightHand" | "chalk";

/** How golems did. */
export interface MazeScore {
  readonly mazes: number;
  /** Share of the mazes in which the gem was found, in [0, 1]. */
  readonly solvedRate: number;
  /** Mean moves to the gem where it was found, over the moves of the shortest way. */
  readonly detour: number;
}

/** What to play. */
export interface MazeScoreOptions {
  /** How many mazes. Default 200. */
  readonly mazes?: number;
  /** Fixes the mazes: all players meet the same ones. Default 1. */
  readonly seed?: number;
  readonly settings?: LessonSettings;
  /** The lesson to play. Default the one of the sample game. */
  readonly lesson?: Lesson<MazeWorld>;
  /** Take a policy's likeliest action instead of drawing one. Default false: who draws does not walk in circles. */
  readonly greedy?: boolean;
  /** Told after each maze, as a share in [0, 1]. */
  readonly onProgress?: (share: number) => void;
}

/** Walks whole mazes of the lesson; the same seed gives the same score. */
export function scoreMazes(player: MazePlayer, options: MazeScoreOptions = {}): MazeScore {
  const { mazes = 200, seed = 1, settings = {}, lesson = mazeLesson, greedy = false } = options;
  let world: MazeWorld | null = null;
  const watched: Lesson<MazeWorld> = { ...lesson, build: (arena) => (world = lesson.build(arena)) };
  const environment = lessonEnvironment(watched, { settings });
  const group = environment.groups["golem"];
  const seeds = new Random(seed, 21);
  let solved = 0;
  let detours = 0;
  try {
    for (let maze = 0; maze < mazes; maze++) {
      const mazeSeed = seeds.uint32();
      environment.reset(mazeSeed);
      const walk: Walk = world!["walk"]!;
      const shortest = walk.way;
      const walker = walkerOf(player, mazeSeed);
      if (typeof player !== "string") player.seed(mazeSeed);
      while (walk.outcome === "walking") {
        if (walker) group.actions.discrete[0] = walker(walk);
        else (player as Policy).decide(group, { greedy });
        environment.step();
      }
      if (walk.outcome === "found") {
        solved++;
        detours += walk.moves / shortest;
      }
      options.onProgress?.((maze + 1) / mazes);
    }
  } finally {
    environment.dispose();
  }
  return { mazes, solvedRate: solved / mazes, detour: detours / Math.max(1, solved) };
}

/** @returns Null for a policy. */
function walkerOf(player: MazePlayer, seed: number): Walker | null {
  if (player === "random") return randomWalker(new Random(seed, 22));
  if (player === "rightHand") return rightHandWalker;
  return player === "chalk" ? chalkWalker : null;
}

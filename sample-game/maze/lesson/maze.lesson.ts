import { defineLesson, type Arena, type Random } from "../../../plugin/index.ts";
import { mazeConfig, patienceFor } from "../rules/config.ts";
import { fieldStep, growMaze } from "../rules/maze.ts";
import { WAYS, Walk, type Way } from "../rules/walk.ts";
import { layMaze, makeMazeBodies, showChalkOf, showGolem, WIDEST, type MazeBodies } from "./maze-bodies.ts";
import { mazeGolemParts } from "./maze-golem.ts";

/** What golems are paid for. */
const REWARDS = {
  /** For the gem. */
  found: 1,
  /** For each move. */
  move: -0.01,
  /** For each move that the shortest way to the gem gets shorter: a potential, so it changes no goal, only the way there. */
  nearer: 0.02,
} as const;

/** One arena: a maze with a golem and a gem. */
export interface MazeWorld {
  readonly bodies: MazeBodies;
  /** The current walk; none before the first reset. */
  walk?: Walk;
  /** Moves that are paid already. */
  paidMoves: number;
  /** Moves to the gem when the last move was paid. */
  paidWay: number;
}

/**
 * A golem learns to find the gem in a maze that is grown anew for each episode, by its grid sensor alone.
 *
 * `settings.size` is how many crossings the maze has on each side, see `mazeConfig`. Success is the gem; who gives up is
 * cut off, since that is no state of the maze. The golem stands on crossings only: views let it glide between them.
 */
export const mazeLesson = defineLesson<MazeWorld>({
  name: "maze",
  physics: false,
  stepsPerSecond: 4 * mazeConfig.decisionsPerSecond,
  decisionsPerSecond: mazeConfig.decisionsPerSecond,
  timeLimitSeconds: (patienceFor(mazeConfig.sizes.most) + 1) / mazeConfig.decisionsPerSecond,
  arenaSpacing: 2 * WIDEST,
  build,
  reset,
  step,
});

export default mazeLesson;

/** The size of maze that an arena is set with. */
export function sizeOf(arena: Pick<Arena, "settings">): number {
  const { size } = arena.settings;
  const { least, most } = mazeConfig.sizes;
  return typeof size === "number" ? Math.round(Math.min(most, Math.max(least, size))) : mazeConfig.size;
}

/** Starts a walk through a maze. */
export function beginWalk(world: MazeWorld, walk: Walk): void {
  world.walk = walk;
  world.paidMoves = walk.moves;
  world.paidWay = walk.way;
  layMaze(world.bodies, walk);
}

/** Lays the gem at another crossing: the golem goes on from where it stands, patient again and without its chalk. */
export function moveGem(world: MazeWorld, gem: number): void {
  const { maze, crossing, heading } = world.walk!;
  const walk = new Walk({ ...maze, start: crossing, gem });
  walk.heading = heading;
  beginWalk(world, walk);
}

function build(arena: Arena): MazeWorld {
  const bodies = makeMazeBodies(arena.root);
  const world: MazeWorld = { bodies, paidMoves: 0, paidWay: 0 };
  const parts = mazeGolemParts(
    (way) => go(world, way),
    (way) => world.walk!.allows(WAYS.indexOf(way)),
  );
  arena.addAgent("golem", bodies.golem, parts);
  return world;
}

function reset(world: MazeWorld, arena: Arena, random: Random): void {
  beginWalk(world, new Walk(growMaze(random, sizeOf(arena))));
}

function step(world: MazeWorld, arena: Arena): void {
  const walk = world.walk!;
  if (walk.moves === world.paidMoves) return;
  arena.reward("golem", 0, REWARDS.move * (walk.moves - world.paidMoves));
  arena.reward("golem", 0, REWARDS.nearer * (world.paidWay - walk.way));
  world.paidMoves = walk.moves;
  world.paidWay = walk.way;
  if (walk.outcome === "found") {
    arena.reward("golem", 0, REWARDS.found);
    arena.terminate({ succeeded: true });
  } else if (walk.outcome === "gaveUp") {
    arena.truncate();
  }
}

function go({ walk, bodies }: MazeWorld, way: Way): void {
  if (!walk) return;
  const { side } = walk.maze;
  const from = walk.field;
  if (!walk.go(WAYS.indexOf(way))) return;
  showGolem(bodies, walk);
  showChalkOf(bodies, walk, from);
  showChalkOf(bodies, walk, from + fieldStep(walk.heading, side));
  showChalkOf(bodies, walk, walk.field);
}

import { patienceFor } from "./config.ts";
import { COLUMN_STEPS, fieldOf, fieldStep, ROW_STEPS, waysTo, type Maze } from "./maze.ts";

/** What a golem may do at a crossing, as quarter turns to the right: it goes there to the next crossing. */
export const WAYS = ["ahead", "right", "back", "left"] as const;

/** One of them. */
export type Way = (typeof WAYS)[number];

/** How a walk stands. */
export type WalkOutcome = "walking" | "found" | "gaveUp";

/** Nothing, a line of chalk, or a crossed-out one. */
export const CHALK = { none: 0, once: 1, done: 2 } as const;

/**
 * A golem's walk through a maze, from crossing to crossing, with the chalk that it leaves.
 *
 * A path that it walks gets a line; one that it walks a second time is crossed out, and so is a crossing from which
 * every path is crossed out. In a maze without loops the single lines lead back to the start.
 */
export class Walk {
  readonly maze: Maze;
  /** Of each field, see `CHALK`, [side, side]. */
  readonly chalk: Uint8Array;
  /** Crossing where the golem stands. */
  crossing: number;
  /** Crossing where it came from. */
  previous: number;
  /** Direction in which it looks. */
  heading: number;
  moves = 0;
  outcome: WalkOutcome = "walking";
  readonly #ways: Float64Array;

  constructor(maze: Maze) {
    this.maze = maze;
    this.chalk = new Uint8Array(maze.side * maze.side);
    this.crossing = this.previous = maze.start;
    this.#ways = waysTo(maze.hedges, maze.size, maze.gem);
    this.heading = 0;
    while (!this.allows(0)) this.heading++;
    this.chalk[this.field] = CHALK.once;
  }

  /** Crossing where the gem lies. */
  get gem(): number {
    return this.maze.gem;
  }

  /** Field where the golem stands. */
  get field(): number {
    return fieldOf(this.crossing, this.maze.size);
  }

  /** Moves to the gem on the shortest way. */
  get way(): number {
    return this.#ways[this.crossing];
  }

  /** The same from another crossing. */
  wayFrom(crossing: number): number {
    return this.#ways[crossing];
  }

  /** Whether no hedge is in that way: quarter turns to the right of where the golem looks. */
  allows(turns: number): boolean {
    const { side, hedges } = this.maze;
    return hedges[this.field + fieldStep((this.heading + turns) % 4, side)] === 0;
  }

  /** Goes to the next crossing that way, if there is no hedge. @returns Whether it went. */
  go(turns: number): boolean {
    if (this.outcome !== "walking" || !this.allows(turns)) return false;
    const { size, side } = this.maze;
    const from = this.field;
    this.heading = (this.heading + turns) % 4;
    const passage = from + fieldStep(this.heading, side);
    const again = this.chalk[passage] !== CHALK.none;
    this.chalk[passage] = again ? CHALK.done : CHALK.once;
    if (again && this.#isDone(from)) this.chalk[from] = CHALK.done;
    this.previous = this.crossing;
    this.crossing += ROW_STEPS[this.heading] * size + COLUMN_STEPS[this.heading];
    if (!again && this.chalk[this.field] === CHALK.none) this.chalk[this.field] = CHALK.once;
    this.moves++;
    if (this.crossing === this.gem) this.outcome = "found";
    else if (this.moves >= patienceFor(size)) this.outcome = "gaveUp";
    return true;
  }

  #isDone(field: number): boolean {
    const { hedges, side } = this.maze;
    for (let direction = 0; direction < 4; direction++) {
      const passage = field + fieldStep(direction, side);
      if (hedges[passage] === 0 && this.chalk[passage] !== CHALK.done) return false;
    }
    return true;
  }
}

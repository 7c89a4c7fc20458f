import { describe, expect, it } from "vitest";
import { Random } from "../../../../plugin/index.ts";
import { patienceFor } from "../../../../sample-game/maze/rules/config.ts";
import { fieldOf, growMaze, type Maze } from "../../../../sample-game/maze/rules/maze.ts";
import { CHALK, Walk } from "../../../../sample-game/maze/rules/walk.ts";
import { chalkWalker, randomWalker, rightHandWalker, type Walker } from "../../../../sample-game/maze/rules/walkers.ts";

/**
 * Crossings of a 3 × 3 maze, numbered from the south-west, without loops; the gem is at 8.
 *
 *     6   7 - 8
 *     |   |
 *     3   4 - 5
 *     |   |
 *     0 - 1 - 2
 */
function plainMaze(start = 2): Maze {
  const hedges = new Uint8Array(49).fill(1);
  for (let crossing = 0; crossing < 9; crossing++) hedges[fieldOf(crossing, 3)] = 0;
  for (const [a, b] of [
    [0, 1],
    [1, 2],
    [0, 3],
    [1, 4],
    [3, 6],
    [4, 5],
    [4, 7],
    [7, 8],
  ] as const) {
    hedges[(fieldOf(a, 3) + fieldOf(b, 3)) / 2] = 0;
  }
  return { size: 3, side: 7, hedges, start, gem: 8 };
}

const between = (a: number, b: number): number => (fieldOf(a, 3) + fieldOf(b, 3)) / 2;

function finish(walk: Walk, walker: Walker): Walk {
  while (walk.outcome === "walking") walk.go(walker(walk));
  return walk;
}

describe("a walk", () => {
  it("begins at the start, looking along a path", () => {
    const walk = new Walk(plainMaze());
    // The only path from 2 leads west.
    expect([walk.crossing, walk.heading, walk.allows(0), walk.way]).toEqual([2, 3, true, 4]);
  });

  it("goes from crossing to crossing, in turns from where it looks", () => {
    const walk = new Walk(plainMaze());
    walk.go(0); // west, to 1
    walk.go(1); // right of west is north, to 4
    walk.go(1); // right of north is east, to 5
    walk.go(2); // back, to 4
    expect([walk.crossing, walk.previous, walk.heading, walk.moves]).toEqual([4, 5, 3, 4]);
  });

  it("does not go through hedges", () => {
    const walk = new Walk(plainMaze());
    expect([walk.go(1), walk.crossing, walk.moves]).toEqual([false, 2, 0]);
  });

  it("chalks a line, and crosses out what it walks again", () => {
    const walk = new Walk(plainMaze(4));
    walk.heading = 1; // looks east, to 5
    walk.go(0);
    const line = [walk.chalk[between(4, 5)], walk.chalk[fieldOf(5, 3)], walk.chalk[fieldOf(4, 3)]];
    walk.go(2);
    const crossed = [walk.chalk[between(4, 5)], walk.chalk[fieldOf(5, 3)], walk.chalk[fieldOf(4, 3)]];
    expect(line).toEqual([CHALK.once, CHALK.once, CHALK.once]);
    expect(crossed).toEqual([CHALK.done, CHALK.done, CHALK.once]);
  });

  it("ends at the gem", () => {
    const walk = new Walk(plainMaze(7));
    walk.heading = 1;
    walk.go(0);
    expect([walk.outcome, walk.go(2)]).toEqual(["found", false]);
  });

  it("ends when the golem has lost its patience", () => {
    const walk = new Walk(plainMaze());
    for (let i = 0; i < patienceFor(3); i++) walk.go(i === 0 ? 0 : 2);
    expect([walk.outcome, walk.moves]).toEqual(["gaveUp", 18]); // 2 · 9
  });
});

describe("walkers", () => {
  it("who keep a hand on the hedge find the gem in a maze without loops", () => {
    expect(finish(new Walk(plainMaze()), rightHandWalker).outcome).toBe("found");
  });

  it("who chalk walk each path at most twice", () => {
    for (let seed = 0; seed < 30; seed++) {
      const maze = growMaze(new Random(seed));
      const walk = new Walk(maze);
      const walks = new Map<number, number>();
      for (let moves = 0; moves < 200 && walk.crossing !== walk.gem; moves++) {
        walk.outcome = "walking"; // without patience
        walk.go(chalkWalker(walk));
        const path = fieldOf(walk.crossing, maze.size) + fieldOf(walk.previous, maze.size);
        walks.set(path, (walks.get(path) ?? 0) + 1);
      }
      expect([walk.crossing, Math.max(...walks.values()) <= 2]).toEqual([walk.gem, true]);
    }
  });

  it("who go by chance seldom find the gem", () => {
    let found = 0;
    for (let seed = 0; seed < 100; seed++) {
      if (finish(new Walk(growMaze(new Random(seed))), randomWalker(new Random(seed, 3))).outcome === "found") found++;
    }
    expect(found).toBeLessThan(20);
  });
});

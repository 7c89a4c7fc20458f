import { describe, expect, it } from "vitest";
import { Random } from "../../../../plugin/index.ts";
import { mazeConfig } from "../../../../sample-game/maze/rules/config.ts";
import { hedgeBlocks } from "../../../../sample-game/maze/rules/hedge-blocks.ts";
import { crossingAt, fieldOf, growMaze, placeOf, waysTo } from "../../../../sample-game/maze/rules/maze.ts";

const mazes = Array.from({ length: 40 }, (_, seed) => growMaze(new Random(seed)));

describe("growMaze", () => {
  it("grows the same maze for the same seed, and another for another", () => {
    expect(growMaze(new Random(7))).toEqual(mazes[7]);
    expect(growMaze(new Random(8)).hedges).not.toEqual(mazes[7].hedges);
  });

  it("joins every crossing to every other", () => {
    for (const { hedges, size, start } of mazes) {
      expect(Math.max(...waysTo(hedges, size, start))).toBeLessThan(size * size);
    }
  });

  it("closes the outer edge", () => {
    for (const { hedges, side } of mazes) {
      for (let i = 0; i < side; i++) {
        const edge = [i, (side - 1) * side + i, i * side, i * side + side - 1].map((field) => hedges[field]);
        expect(edge).toEqual([1, 1, 1, 1]);
      }
    }
  });

  it("lays the gem far from the start", () => {
    for (const { hedges, size, start, gem } of mazes) {
      expect(waysTo(hedges, size, start)[gem]).toBeGreaterThanOrEqual(mazeConfig.leastWay * size);
    }
  });

  it("opens a few loops, but not in every maze", () => {
    // A maze without loops has size² crossings and size² - 1 paths between them.
    const loops = mazes.map(({ hedges, size }) => {
      const open = hedges.filter((hedge) => hedge === 0).length;
      return open - size * size - (size * size - 1);
    });
    expect(Math.min(...loops)).toBeGreaterThanOrEqual(0);
    expect(loops.filter((count) => count > 0).length).toBeGreaterThan(20);
    expect(Math.max(...loops)).toBeLessThan(9);
  });

  it("grows as large as it is told", () => {
    const { size, side, hedges } = growMaze(new Random(1), 4);
    expect([size, side, hedges.length]).toEqual([4, 9, 81]);
  });
});

describe("places", () => {
  it("have the maze's centre at the origin", () => {
    // Size 3 has 7 fields on a side; crossing 4 is the middle one, in column and row 3.
    expect(fieldOf(4, 3)).toBe(3 * 7 + 3);
    expect(placeOf(3, 7)).toBe(0);
    expect(placeOf(1, 7)).toBe(-2);
  });

  it("lead back to the nearest crossing, and to none outside", () => {
    expect([crossingAt(0.9, -0.4, 3), crossingAt(-2.2, 2.9, 3), crossingAt(3.2, 0, 3)]).toEqual([4, 6, -1]);
  });
});

describe("hedgeBlocks", () => {
  it("covers every hedge once, and no path", () => {
    for (const maze of mazes) {
      const covered = new Uint8Array(maze.hedges.length);
      for (const { x, z, width, depth } of hedgeBlocks(maze)) {
        for (let column = 0; column < maze.side; column++) {
          for (let row = 0; row < maze.side; row++) {
            const inside =
              Math.abs(placeOf(column, maze.side) - x) < width / 2 && Math.abs(placeOf(row, maze.side) - z) < depth / 2;
            if (inside) covered[row * maze.side + column] += 1;
          }
        }
      }
      expect(covered).toEqual(maze.hedges);
    }
  });

  it("needs far fewer pieces than there are hedges", () => {
    for (const maze of mazes) {
      expect(hedgeBlocks(maze).length).toBeLessThan(maze.hedges.filter((hedge) => hedge === 1).length / 2);
    }
  });
});

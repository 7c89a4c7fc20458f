import { FreeCamera } from "@babylonjs/core/Cameras/freeCamera.js";
import { Vector3 } from "@babylonjs/core/Maths/math.vector.js";
import { afterEach, expect, test } from "vitest";
import { createHeadlessScene, type HeadlessScene } from "../../../../plugin/index.ts";
import { patienceFor } from "../../../../sample-game/maze/rules/config.ts";
import { MazeGame } from "../../../../sample-game/maze/view/maze-game.ts";

let headless: HeadlessScene | null = null;
let game: MazeGame | null = null;
afterEach(() => {
  game?.dispose();
  headless?.dispose();
});

interface Told {
  readonly mazes: boolean[];
  readonly ends: boolean[];
  pictures: number;
}

/** A game in which the golem goes by chance, at ten frames a second and a decision in each. */
function begin(size: number): Told {
  headless = createHeadlessScene({ stepsPerSecond: 10 });
  new FreeCamera("camera", Vector3.Zero(), headless.scene);
  const told: Told = { mazes: [], ends: [], pictures: 0 };
  game = new MazeGame(headless.scene, 12, size, {
    begin: (_walk, isNewMaze) => told.mazes.push(isNewMaze),
    decided: () => told.pictures++,
    end: (found) => told.ends.push(found),
  });
  game.speed = 4;
  game.begin(12);
  return told;
}

function frames(count: number, until: () => boolean = () => false): void {
  for (let frame = 0; frame < count && !until(); frame++) {
    game!.advance(0.1);
    headless!.scene.render();
  }
}

test("walks maze after maze, and counts those that were solved", () => {
  const told = begin(3);
  frames(600);
  expect(game!.walked).toBe(told.ends.length);
  expect(game!.solved).toBe(told.ends.filter((found) => found).length);
  expect(told.ends.length).toBeGreaterThan(5);
  expect(told.mazes.length - told.ends.length).toBeLessThanOrEqual(1);
});

test("looks at the end for a while before the next maze", () => {
  const told = begin(3);
  frames(200, () => told.ends.length > 0);
  const { seed } = game!;
  frames(14);
  expect(game!.seed).toBe(seed);
  frames(3);
  expect(told.mazes).toEqual([true, true]);
});

test("goes on in the same maze when the gem is laid elsewhere, even after the end", () => {
  const told = begin(3);
  frames(200, () => told.ends.length > 0);
  const { maze, crossing } = game!.walk;
  const gem = [0, 1, 2].find((candidate) => candidate !== crossing && candidate !== game!.walk.gem)!;
  expect(game!.layGem(gem)).toBe(true);
  expect([game!.walk.maze.hedges, game!.walk.crossing, game!.walk.gem]).toEqual([maze.hedges, crossing, gem]);
  frames(patienceFor(3) + 2, () => told.ends.length > 1);
  expect([told.ends.length, told.mazes]).toEqual([2, [true, false]]);
});

test("does not lay the gem under the golem, nor outside, nor where it lies", () => {
  begin(3);
  const { crossing, gem } = game!.walk;
  expect([game!.layGem(crossing), game!.layGem(-1), game!.layGem(gem)]).toEqual([false, false, false]);
});

test("keeps the pace, and leaves nothing of the old maze, when the size changes", () => {
  begin(3);
  game!.begin(77, 5);
  expect([game!.size, game!.seed, game!.speed, game!.walk.maze.size]).toEqual([5, 77, 4, 5]);
  const roots = headless!.scene.rootNodes.length;
  game!.begin(78, 3);
  expect(headless!.scene.rootNodes.length).toBe(roots);
});

import { afterEach, expect, test } from "vitest";
import { checkEnvironment, lessonEnvironment, type Environment, type Lesson } from "../../../../plugin/index.ts";
import { mazeLesson, moveGem, type MazeWorld } from "../../../../sample-game/maze/lesson/maze.lesson.ts";
import { scoreMazes } from "../../../../sample-game/maze/lesson/score.ts";
import { mazeConfig, patienceFor } from "../../../../sample-game/maze/rules/config.ts";
import { fieldStep } from "../../../../sample-game/maze/rules/maze.ts";

let environment: Environment | null = null;
let world: MazeWorld | null = null;
afterEach(() => environment?.dispose());

function begin(seed: number, settings = {}): Environment {
  const watched: Lesson<MazeWorld> = { ...mazeLesson, build: (arena) => (world = mazeLesson.build(arena)) };
  environment = lessonEnvironment(watched, { settings });
  environment.reset(seed);
  return environment;
}

/** Channels of the golem's picture at a place given in fields to the right and ahead. */
function seen(images: Uint8Array, right: number, ahead: number): number[] {
  const side = 2 * mazeConfig.sight + 1;
  const at = ((mazeConfig.sight - ahead) * side + mazeConfig.sight + right) * 4;
  return [...images.subarray(at, at + 4)];
}

test("keeps the contract of environments", () => {
  environment = lessonEnvironment(mazeLesson, { arenas: 3 });
  expect(checkEnvironment(environment)).toEqual([]);
});

test("the golem sees hedges, gem and chalk as they are, turned the way it looks", () => {
  const { groups } = begin(5);
  const { images, masks } = groups["golem"];
  const walk = world!.walk!;
  // Every field around it, against the rules.
  for (let turns = 0; turns < 4; turns++) {
    const step = [
      [0, 1],
      [1, 0],
      [0, -1],
      [-1, 0],
    ][turns];
    const [hedge] = seen(images, step[0], step[1]);
    expect(hedge).toBe(walk.allows(turns) ? 0 : 255);
    expect(masks[turns]).toBe(walk.allows(turns) ? 1 : 0);
  }
  expect(seen(images, 0, 0)).toEqual([0, 0, 255, 0]);
});

test("every field in sight is what the rules say, after some moves", () => {
  const env = begin(9);
  const { images, masks, actions } = env.groups["golem"];
  const walk = world!.walk!;
  for (let move = 0; move < 25; move++) {
    actions.discrete[0] = [0, 1, 3, 2].find((turns) => masks[turns] === 1)!;
    env.step();
  }
  expect(walk.moves).toBe(25);
  const { side, hedges } = walk.maze;
  for (let ahead = -mazeConfig.sight; ahead <= mazeConfig.sight; ahead++) {
    for (let right = -mazeConfig.sight; right <= mazeConfig.sight; right++) {
      const field =
        walk.field + ahead * fieldStep(walk.heading, side) + right * fieldStep((walk.heading + 1) % 4, side);
      const here = walk.field % side;
      const aside = (field % side) - here;
      const inside = field >= 0 && field < side * side && Math.abs(aside) <= mazeConfig.sight;
      if (!inside) continue;
      const [hedge, , line, cross] = seen(images, right, ahead);
      expect([hedge, line, cross]).toEqual([
        hedges[field] === 1 ? 255 : 0,
        walk.chalk[field] === 1 ? 255 : 0,
        walk.chalk[field] === 2 ? 255 : 0,
      ]);
    }
  }
});

test("pays for the gem, for each move, and for coming nearer", () => {
  const env = begin(3, { size: 3 });
  const { rewards, actions, terminated, succeeded } = env.groups["golem"];
  const walk = world!.walk!;
  let sum = 0;
  const shortest = walk.way;
  while (walk.outcome === "walking") {
    const way = walk.way;
    // Looks one move ahead for the way that leads nearer.
    actions.discrete[0] = [0, 1, 2, 3].find((turns) => {
      if (!walk.allows(turns)) return false;
      const step = fieldStep((walk.heading + turns) % 4, walk.maze.side);
      return wayAfter(walk.field + 2 * step) === way - 1;
    })!;
    env.step();
    sum += rewards[0];
  }
  expect([terminated[0], succeeded[0]]).toEqual([1, 1]);
  // 1 for the gem, 0.02 for each move nearer, less 0.01 for each move.
  expect(sum).toBeCloseTo(1 + 0.02 * shortest - 0.01 * shortest, 5);

  function wayAfter(field: number): number {
    const { side, size } = walk.maze;
    const crossing = ((Math.floor(field / side) - 1) / 2) * size + ((field % side) - 1) / 2;
    return walk.wayFrom(crossing);
  }
});

test("is cut off, not ended, when the golem gives up", () => {
  const env = begin(4, { size: 3 });
  const { actions, terminated, truncated, masks } = env.groups["golem"];
  const walk = world!.walk!;
  for (let move = 0; move < patienceFor(3); move++) {
    actions.discrete[0] = masks[2] === 1 ? 2 : [0, 1, 3].find((turns) => masks[turns] === 1)!;
    env.step();
  }
  expect([walk.outcome, terminated[0], truncated[0]]).toEqual(["gaveUp", 0, 1]);
});

test("goes on without chalk when the gem is laid elsewhere", () => {
  const env = begin(4);
  const { actions, masks, images } = env.groups["golem"];
  for (let move = 0; move < 5; move++) {
    actions.discrete[0] = [0, 1, 3, 2].find((turns) => masks[turns] === 1)!;
    env.step();
  }
  const { crossing, heading, maze } = world!.walk!;
  const gem = crossing === 0 ? 1 : 0;
  moveGem(world!, gem);
  const walk = world!.walk!;
  actions.discrete[0] = [0, 1, 2, 3].findIndex((turns) => walk.allows(turns));
  env.step();
  expect([walk.maze.hedges, walk.gem, walk.moves]).toEqual([maze.hedges, gem, 1]);
  expect([walk.previous, (walk.heading - heading + 4) % 4]).toEqual([crossing, actions.discrete[0]]);
  let chalked = 0;
  for (let at = 2; at < images.length; at += 4) chalked += images[at] / 255;
  expect(chalked).toBe(3); // two crossings and the path between them
});

test("scores the same mazes alike, and chance below a scripted walker", () => {
  const mazes = { mazes: 30, seed: 11 };
  const chance = scoreMazes("random", mazes);
  expect(scoreMazes("random", mazes)).toEqual(chance);
  expect(scoreMazes("chalk", mazes).solvedRate).toBeGreaterThan(chance.solvedRate + 0.4);
});

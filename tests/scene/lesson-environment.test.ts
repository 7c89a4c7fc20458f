import { EngineStore } from "@babylonjs/core/Engines/engineStore.js";
import { beforeAll, expect, test } from "vitest";
import type { Environment } from "../../plugin/core/environment.ts";
import { checkEnvironment } from "../../plugin/core/check-environment.ts";
import { ConfigurationError, EnvironmentError } from "../../plugin/core/errors.ts";
import { loadHavok } from "../../plugin/havok-node.ts";
import type { Havok } from "../../plugin/scene/headless-scene.ts";
import { lessonEnvironment } from "../../plugin/scene/lesson-environment.ts";
import push from "../fixtures/lessons/push.ts";
import reach from "../fixtures/lessons/reach.ts";
import { tinyLesson } from "../fixtures/lessons/tiny-lesson.ts";

let havok: Havok;

beforeAll(async () => {
  havok = await loadHavok();
});

/** Drives every ball by the clock; observations and rewards of each arena, [decisions][arenas]. */
function record(environment: Environment, decisions: number, seed: number): string[][] {
  const { ball } = environment.groups;
  const rows: string[][] = [];
  environment.reset(seed);
  for (let t = 0; t < decisions; t++) {
    for (let a = 0; a < ball.agents; a++) {
      ball.actions.continuous[2 * a] = Math.sin(0.1 * t + a);
      ball.actions.continuous[2 * a + 1] = 0.6 + Math.sin(0.2 * t + a);
    }
    environment.step();
    rows.push(
      Array.from({ length: ball.agents }, (_, a) =>
        [...ball.observations.slice(4 * a, 4 * a + 4), ball.rewards[a], ball.terminated[a], ball.truncated[a]].join(),
      ),
    );
  }
  return rows;
}

function playFresh(arenas: number, decisions: number, seed: number): string[][] {
  const environment = lessonEnvironment(push, { arenas, havok });
  const rows = record(environment, decisions, seed);
  environment.dispose();
  return rows;
}

test("fresh Havok worlds repeat bit for bit, over several episodes", () => {
  expect(playFresh(4, 250, 3)).toEqual(playFresh(4, 250, 3)); // 10 s limit: at least 2 episodes of 100
});

test("neighbours with Havok bodies do not change an arena", () => {
  const among = playFresh(4, 250, 3).map((rows) => rows[0]);
  expect(among).toEqual(playFresh(1, 250, 3).map((rows) => rows[0]));
});

test("a used Havok world starts a seed again as a fresh one does", () => {
  const environment = lessonEnvironment(push, { arenas: 4, havok });
  record(environment, 130, 5);
  expect(record(environment, 1, 3)).toEqual(playFresh(4, 1, 3));
  environment.dispose();
});

test("bodies move", () => {
  const rows = playFresh(1, 30, 3).map((row) => row[0].split(",").map(Number));
  expect(Math.abs(rows[29][0] - rows[0][0])).toBeGreaterThan(0.1);
});

test("other seeds give other worlds", () => {
  expect(playFresh(1, 1, 3)).not.toEqual(playFresh(1, 1, 4));
});

test("disposal ends the scene and its engine, and may come twice", () => {
  const engines = EngineStore.Instances.length;
  const environment = lessonEnvironment(push, { havok });
  environment.dispose();
  environment.dispose();
  expect(EngineStore.Instances.length).toBe(engines);
});

test("a lesson that cannot be built leaves no engine behind", () => {
  const engines = EngineStore.Instances.length;
  const build = (): never => {
    throw new Error("full");
  };
  expect(() => lessonEnvironment(tinyLesson({ build }))).toThrow(EnvironmentError);
  expect(EngineStore.Instances.length).toBe(engines);
});

test("physics without Havok is refused", () => {
  expect(() => lessonEnvironment(push)).toThrow(
    new ConfigurationError(
      'Lesson "push": needed Havok for its physics, came none. Pass havok: await loadHavok(), or declare physics: false.',
    ),
  );
});

test.each([
  ["without physics", reach],
  ["with Havok", push],
] as const)("a lesson %s passes the check of environments", (_kind, lesson) => {
  const environment = lessonEnvironment(lesson, { arenas: 4, havok });
  expect(checkEnvironment(environment, { steps: 500 })).toEqual([]);
  environment.dispose();
});

import { expect, test } from "vitest";
import { ConfigurationError } from "../../plugin/core/errors.ts";
import { defineLesson, resolveTiming } from "../../plugin/scene/lesson.ts";
import { tinyLesson } from "../fixtures/lessons/tiny-lesson.ts";

test("defineLesson hands back the lesson itself", () => {
  const lesson = tinyLesson();
  expect(defineLesson(lesson)).toBe(lesson);
});

test("a lesson that says nothing has physics, 60 steps and 10 decisions a second, and a minute", () => {
  const { build, reset, step } = tinyLesson();
  expect(resolveTiming({ name: "plain", build, reset, step })).toEqual({
    physics: true,
    stepsPerSecond: 60,
    stepsPerDecision: 6, // 60 / 10
    timeLimitSeconds: 60,
    arenaSpacing: 100,
  });
});

test("rates that do not divide are refused", () => {
  expect(() => defineLesson(tinyLesson({ stepsPerSecond: 60, decisionsPerSecond: 7 }))).toThrow(
    new ConfigurationError(
      'Lesson "tiny": needed stepsPerSecond to be a multiple of decisionsPerSecond, came 60 and 7. Use e.g. 60 and 10.',
    ),
  );
});

test.each([
  [{ stepsPerSecond: -60 }, '"stepsPerSecond" to be a number of at least 10, came -60. Use e.g. 60.'],
  [
    { stepsPerSecond: 5, decisionsPerSecond: 5 },
    '"stepsPerSecond" to be a number of at least 10, came 5. Use e.g. 60.',
  ],
  [{ decisionsPerSecond: 0 }, '"decisionsPerSecond" to be a number above 0, came 0. Use e.g. 10.'],
  [{ timeLimitSeconds: Number.NaN }, '"timeLimitSeconds" to be a number above 0, came NaN. Use e.g. 60.'],
  [{ arenaSpacing: -1 }, '"arenaSpacing" to be a number above 0, came -1. Use the size of an arena and some room.'],
])("refuses %o", (changes, rest) => {
  expect(() => defineLesson(tinyLesson(changes))).toThrow(new ConfigurationError(`Lesson "tiny": needed ${rest}`));
});

import { afterEach, beforeEach, expect, test } from "vitest";
import { EnvironmentError } from "../../plugin/core/errors.ts";
import { createHeadlessScene, type HeadlessScene } from "../../plugin/scene/headless-scene.ts";
import type { Arena, Lesson } from "../../plugin/scene/lesson.ts";
import { SceneEnvironment } from "../../plugin/scene/scene-environment.ts";
import { placeX, tinyLesson, walkX, type TinyWorld } from "../fixtures/lessons/tiny-lesson.ts";

let headless: HeadlessScene;

beforeEach(() => {
  headless = createHeadlessScene();
});

afterEach(() => {
  headless.dispose();
});

function runWith(changes: Partial<Lesson<TinyWorld>>): void {
  const environment = new SceneEnvironment(tinyLesson(changes), headless.scene);
  environment.reset(1);
  environment.step();
}

test("a reward that is no number names the agent and the arena", () => {
  expect(() => runWith({ step: (_, arena) => arena.reward("walker", 0, Number.NaN) })).toThrow(
    new EnvironmentError(
      'Lesson "tiny": the reward of agent 0 of the role "walker" in arena 0 needs a finite number, came NaN. Mend the lesson\'s step.',
    ),
  );
});

test("a reward for a role that was never declared is refused", () => {
  expect(() => runWith({ step: (_, arena) => arena.reward("guard", 0, 1) })).toThrow(
    new EnvironmentError(
      'Lesson "tiny": reward needed an agent of the roles "walker", came the role "guard". Declare it in build.',
    ),
  );
});

test("a reward for an agent that was never declared is refused", () => {
  expect(() => runWith({ step: (_, arena) => arena.reward("walker", 1, 1) })).toThrow(
    new EnvironmentError(
      'Lesson "tiny": reward needed an agent of the roles "walker", came agent 1 of 1 of the role "walker". Declare it in build.',
    ),
  );
});

test("an episode cannot end at its start", () => {
  expect(() => runWith({ reset: (_, arena) => arena.terminate() })).toThrow(
    new EnvironmentError(
      'Lesson "tiny": arena.terminate needed to be called in step, came in reset. Move the call to step.',
    ),
  );
});

test("agents cannot join later", () => {
  const addAgent = (arena: Arena): void =>
    void arena.addAgent("walker", arena.root, { sensors: [placeX()], actuators: [walkX()] });
  expect(() => runWith({ step: (_, arena) => addAgent(arena) })).toThrow(
    new EnvironmentError(
      'Lesson "tiny": arena.addAgent needed to be called in build, came in step. Move the call to build.',
    ),
  );
});

test("rewards from outside of the lesson are refused", () => {
  let kept: Arena | undefined;
  runWith({ step: (_, arena) => void (kept = arena) });
  expect(() => kept?.reward("walker", 0, 1)).toThrow(
    new EnvironmentError(
      'Lesson "tiny": arena.reward needed to be called in step, came in none of the lesson\'s functions. Move the call to step.',
    ),
  );
});

test("time counts from the start of the episode", () => {
  const seconds: number[] = [];
  runWith({ step: (_, arena) => void seconds.push(arena.elapsedSeconds) });
  expect(seconds[0]).toBeCloseTo(0.05, 12);
  expect(seconds[1]).toBeCloseTo(0.1, 12);
});

test("agents are numbered in the order of their declaration", () => {
  const numbers: number[] = [];
  runWith({
    build(arena) {
      for (let i = 0; i < 3; i++) {
        numbers.push(arena.addAgent("walker", arena.root, { sensors: [placeX()], actuators: [walkX()] }));
      }
      return { node: arena.root };
    },
  });
  expect(numbers).toEqual([0, 1, 2]);
});

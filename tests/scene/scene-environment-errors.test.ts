import { TransformNode } from "@babylonjs/core/Meshes/transformNode.js";
import { afterEach, expect, test } from "vitest";
import { ConfigurationError, EnvironmentError } from "../../plugin/core/errors.ts";
import { createHeadlessScene, type HeadlessScene } from "../../plugin/scene/headless-scene.ts";
import type { Lesson } from "../../plugin/scene/lesson.ts";
import { SceneEnvironment } from "../../plugin/scene/scene-environment.ts";
import { placeX, tinyLesson, walkX, type TinyWorld } from "../fixtures/lessons/tiny-lesson.ts";

const scenes: HeadlessScene[] = [];

afterEach(() => {
  for (const scene of scenes.splice(0)) scene.dispose();
});

function makeScene(): HeadlessScene["scene"] {
  const headless = createHeadlessScene();
  scenes.push(headless);
  return headless.scene;
}

function make(lesson: Lesson<TinyWorld>, { arenas = 1 } = {}): SceneEnvironment {
  return new SceneEnvironment(lesson, makeScene(), { arenas });
}

function start(changes: Partial<Lesson<TinyWorld>> = {}): SceneEnvironment {
  const environment = make(tinyLesson(changes));
  environment.reset(1);
  return environment;
}

test("stepping before the first reset is refused", () => {
  expect(() => make(tinyLesson()).step()).toThrow(
    new EnvironmentError('Lesson "tiny": needed reset before the first step, came step. Call reset(seed).'),
  );
});

test("stepping after disposal is refused", () => {
  const environment = start();
  environment.dispose();
  expect(() => environment.step()).toThrow(
    new EnvironmentError(
      'Lesson "tiny": step needed an environment that still is, came a disposed one. Make a new one.',
    ),
  );
});

test.each(["build", "reset", "step"] as const)(
  "a lesson that throws in %s is named, with the arena and the cause",
  (part) => {
    const cause = new TypeError("no such door");
    const lesson = tinyLesson({
      [part]: (...args: unknown[]) => {
        const arena = args[part === "build" ? 0 : 1] as { index: number };
        if (arena.index === 1) throw cause;
        return part === "build" ? tinyLesson().build(arena as never) : undefined;
      },
    });
    const run = (): void => {
      const environment = make(lesson, { arenas: 2 });
      environment.reset(1);
      environment.step();
    };
    expect(run).toThrow(
      new EnvironmentError(`Lesson "tiny": ${part} threw "no such door" in arena 1. Mend the lesson's ${part}.`, {
        cause,
      }),
    );
  },
);

test("a build that throws leaves nothing of any arena behind", () => {
  const scene = makeScene();
  const lesson = tinyLesson({
    build(arena) {
      const world = tinyLesson().build(arena);
      if (arena.index === 2) throw new Error("full");
      return world;
    },
  });
  expect(() => new SceneEnvironment(lesson, scene, { arenas: 3 })).toThrow(EnvironmentError);
  expect(scene.rootNodes).toEqual([]);
});

test("an actuator that throws is told with the arena", () => {
  const lesson = tinyLesson({
    build(arena) {
      const node = new TransformNode("walker", arena.scene);
      const act = (): void => {
        throw new Error("jammed");
      };
      arena.addAgent("walker", node, { sensors: [placeX()], actuators: [{ ...walkX(), act }] });
      return { node };
    },
  });
  const environment = make(lesson);
  environment.reset(1);
  expect(() => environment.step()).toThrow(
    new EnvironmentError('Lesson "tiny": an actuator threw "jammed" in arena 0. Mend that actuator.'),
  );
});

test("an observation that is no number names its label and its agent", () => {
  const environment = start({ step: ({ node }) => void (node.position.x = Number.NaN) });
  expect(() => environment.step()).toThrow(
    new EnvironmentError(
      'Lesson "tiny", arena 0, walker 0: the observation "place" needs a finite number, came NaN. Mend that sensor.',
    ),
  );
});

test("a lesson without agents is refused", () => {
  expect(() => make(tinyLesson({ build: ({ root }) => ({ node: root }) }))).toThrow(
    new ConfigurationError('Lesson "tiny": needed at least 1 agent, came none. Call arena.addAgent in build.'),
  );
});

test("several roles are refused until they can be taught", () => {
  const lesson = tinyLesson({
    build(arena) {
      for (const role of ["guard", "thief"]) {
        arena.addAgent(role, arena.root, { sensors: [placeX()], actuators: [walkX()] });
      }
      return { node: arena.root };
    },
  });
  expect(() => make(lesson)).toThrow(
    new ConfigurationError(
      'Lesson "tiny": needed 1 role, came 2 ("guard", "thief"). Only one role can be taught at a time yet; script the others in step.',
    ),
  );
});

test("arenas whose agents sense other things are refused by label", () => {
  const lesson = tinyLesson({
    build(arena) {
      const sensors = [placeX(arena.index === 1 ? "spot" : "place")];
      arena.addAgent("walker", arena.root, { sensors, actuators: [walkX()] });
      return { node: arena.root };
    },
  });
  expect(() => make(lesson, { arenas: 2 })).toThrow(
    new ConfigurationError(
      'Lesson "tiny", arena 1, walker 0: needed the observation 0 to be "place" as for the first agent, came "spot". Give all agents of a role the same sensors in the same order.',
    ),
  );
});

test("arenas with other numbers of agents are refused", () => {
  const lesson = tinyLesson({
    build(arena) {
      for (let i = 0; i <= arena.index; i++) {
        arena.addAgent("walker", arena.root, { sensors: [placeX()], actuators: [walkX()] });
      }
      return { node: arena.root };
    },
  });
  expect(() => make(lesson, { arenas: 2 })).toThrow(
    new ConfigurationError(
      'Lesson "tiny": needed 1 of the role "walker" in arena 1 as in arena 0, came 2. Build every arena alike.',
    ),
  );
});

test("arenas that score other things are refused", () => {
  let built = 0;
  const lesson = tinyLesson({ scores: () => (built++ === 0 ? [{ name: "way", sum: 0 }] : []) });
  expect(() => make(lesson, { arenas: 2 })).toThrow(
    new ConfigurationError(
      'Lesson "tiny": needed the scores "way" in arena 1 as in arena 0, came none. Build every arena alike.',
    ),
  );
});

test("no arenas are refused", () => {
  expect(() => make(tinyLesson(), { arenas: 0 })).toThrow(
    new ConfigurationError('Lesson "tiny": needed at least 1 arena, came 0. Give a whole number above 0.'),
  );
});

test("a lesson with physics is refused in a scene without, before anything is built", () => {
  const scene = makeScene();
  expect(() => new SceneEnvironment(tinyLesson({ physics: true }), scene)).toThrow(
    new ConfigurationError(
      'Lesson "tiny": needed a scene with physics, came one without. Call scene.enablePhysics with Havok, or declare physics: false.',
    ),
  );
  expect(scene.rootNodes).toEqual([]);
});

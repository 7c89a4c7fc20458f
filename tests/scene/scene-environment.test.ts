import { TransformNode } from "@babylonjs/core/Meshes/transformNode.js";
import { afterEach, expect, test } from "vitest";
import type { AgentGroup } from "../../plugin/core/environment.ts";
import { createHeadlessScene, type HeadlessScene } from "../../plugin/scene/headless-scene.ts";
import type { Lesson } from "../../plugin/scene/lesson.ts";
import { SceneEnvironment, type SceneEnvironmentOptions } from "../../plugin/scene/scene-environment.ts";
import reach from "../fixtures/lessons/reach.ts";
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

function make<World>(lesson: Lesson<World>, options: SceneEnvironmentOptions = {}): SceneEnvironment {
  return new SceneEnvironment(lesson, makeScene(), options);
}

function start(
  changes: Partial<Lesson<TinyWorld>> = {},
  arenas = 1,
): { environment: SceneEnvironment; walker: AgentGroup } {
  const environment = make(tinyLesson(changes), { arenas });
  environment.reset(1);
  return { environment, walker: environment.groups.walker };
}

/** Runs `reach` with actions that depend only on the time and the arena; every number that came out, [decisions]. */
function record(arenas: number, decisions: number, seed: number): string[][] {
  const environment = make(reach, { arenas });
  const { box } = environment.groups;
  const rows: string[][] = [];
  environment.reset(seed);
  for (let t = 0; t < decisions; t++) {
    for (let a = 0; a < 2 * arenas; a++) box.actions.continuous[a] = Math.sin(0.1 * t * (1 + (a % 2)) + a);
    environment.step();
    rows.push(
      Array.from({ length: arenas }, (_, a) =>
        [
          box.observations[2 * a],
          box.observations[2 * a + 1],
          box.rewards[a],
          box.terminated[a],
          box.truncated[a],
        ].join(),
      ),
    );
  }
  return rows;
}

test("a role's spec comes from the labels of its sensors and actuators", () => {
  const { walker } = start();
  expect(walker.role).toEqual({
    observation: { parts: [{ kind: "vector", labels: ["place"] }] },
    action: { continuous: ["walk"], discrete: [] },
  });
});

test("every arena has its rows: arenas times agents of one arena", () => {
  const lesson = tinyLesson({
    build(arena) {
      const nodes = [0, 1].map(() => new TransformNode("walker", arena.scene, true));
      for (const node of nodes) arena.addAgent("walker", node, { sensors: [placeX()], actuators: [walkX()] });
      return { node: nodes[0] };
    },
  });
  expect(make(lesson, { arenas: 3 }).groups.walker.agents).toBe(6);
});

test("each term's sum is told when an episode ends, agent by agent, before the next one begins", () => {
  const way = { name: "way", sum: 0 };
  const { environment, walker } = start({
    scores: () => [{ name: "still", sum: 3 }, way],
    reset: () => void (way.sum = 0),
    step: (_world, arena) => {
      way.sum += 1;
      if (way.sum === 4) arena.terminate();
    },
  });
  expect(walker.termNames).toEqual(["still", "way"]);
  environment.step();
  expect([...walker.termSums!]).toEqual([0, 0]);
  environment.step(); // 2 steps a decision
  expect([...walker.termSums!]).toEqual([3, 4]);
  expect(way.sum).toBe(0);
});

test("arenas stand side by side on a grid", () => {
  const places: string[] = [];
  make(
    tinyLesson({
      arenaSpacing: 7,
      build(arena) {
        places.push(arena.root.absolutePosition.asArray().join());
        return tinyLesson().build(arena);
      },
    }),
    { arenas: 3 },
  );
  expect(places).toEqual(["0,0,0", "7,0,0", "0,0,7"]);
});

test("a decision holds for all its steps", () => {
  const { environment, walker } = start();
  walker.actions.continuous[0] = 1;
  environment.step();
  expect(walker.observations[0]).toBeCloseTo(0.1, 6); // 2 steps of 0.05 s at 1 a second
});

test("actions are clipped before they reach the actuators", () => {
  const { environment, walker } = start();
  walker.actions.continuous[0] = 100;
  environment.step();
  expect(walker.observations[0]).toBeCloseTo(0.1, 6);
});

test("rewards add up over the steps of a decision, and begin anew at the next one", () => {
  const { environment, walker } = start({ step: (_, arena) => arena.reward("walker", 0, 0.25) });
  environment.step();
  environment.step();
  expect(walker.rewards[0]).toBe(0.5); // 2 steps of 0.25
});

test("a terminated episode keeps its last sight and shows the first of the next", () => {
  const { environment, walker } = start({ step: (_, arena) => arena.terminate() });
  walker.actions.continuous[0] = 1;
  environment.step();
  expect([walker.terminated[0], walker.truncated[0]]).toEqual([1, 0]);
  expect(walker.finalObservations[0]).toBeCloseTo(0.05, 6); // it ended at the first of 2 steps
  expect(walker.observations[0]).toBe(0);
});

test("a truncated episode is not a terminated one", () => {
  const { environment, walker } = start({ step: (_, arena) => arena.truncate() });
  environment.step();
  expect([walker.terminated[0], walker.truncated[0], walker.succeeded[0]]).toEqual([0, 1, 0]);
});

test("success is told apart from the kind of end", () => {
  const { environment, walker } = start({ step: (_, arena) => arena.truncate({ succeeded: true }) });
  environment.step();
  expect([walker.terminated[0], walker.truncated[0], walker.succeeded[0]]).toEqual([0, 1, 1]);
});

test("an episode that has ended gets no further rewards", () => {
  const { environment, walker } = start({
    step(_, arena) {
      arena.reward("walker", 0, 1);
      arena.terminate();
    },
  });
  environment.step();
  expect(walker.rewards[0]).toBe(1); // of the first step only
});

test("the first end of an episode counts", () => {
  const { environment, walker } = start({
    step(_, arena) {
      arena.truncate();
      arena.terminate({ succeeded: true });
    },
  });
  environment.step();
  expect([walker.terminated[0], walker.truncated[0], walker.succeeded[0]]).toEqual([0, 1, 0]);
});

test("the time limit truncates, at the very step", () => {
  const { environment, walker } = start({ timeLimitSeconds: 0.3 });
  walker.actions.continuous[0] = 1;
  const ends: number[] = [];
  for (let i = 0; i < 6; i++) {
    environment.step();
    ends.push(walker.truncated[0]);
  }
  expect(ends).toEqual([0, 0, 1, 0, 0, 1]); // 3 decisions of 0.1 s
  expect(walker.finalObservations[0]).toBeCloseTo(0.3, 6);
  expect(walker.terminated[0]).toBe(0);
});

test("an arena ends without its neighbours", () => {
  const { environment, walker } = start(
    {
      step(_, arena) {
        if (arena.index === 1) arena.terminate();
      },
    },
    3,
  );
  walker.actions.continuous.fill(1);
  environment.step();
  expect([...walker.terminated]).toEqual([0, 1, 0]);
  expect(walker.observations[2]).toBeCloseTo(0.1, 6);
});

test("flags of an end last for one decision", () => {
  const { environment, walker } = start({ timeLimitSeconds: 0.2 });
  environment.step();
  environment.step();
  expect(walker.truncated[0]).toBe(1);
  environment.step();
  expect(walker.truncated[0]).toBe(0);
});

test("the same seed gives the same episodes, number for number", () => {
  expect(record(4, 200, 3)).toEqual(record(4, 200, 3));
});

test("other seeds give other starts", () => {
  expect(record(1, 1, 3)).not.toEqual(record(1, 1, 4));
});

test("every arena and every episode begins differently", () => {
  const starts = new Set<string>();
  const environment = make({ ...reach, timeLimitSeconds: 0.1 }, { arenas: 3 });
  environment.reset(1);
  for (let i = 0; i < 5; i++) {
    const { observations } = environment.groups.box;
    for (let a = 0; a < 3; a++) starts.add(observations.slice(2 * a, 2 * a + 2).join());
    environment.step();
  }
  expect(starts.size).toBe(15);
});

test("an arena's episodes do not depend on how many neighbours it has", () => {
  const alone = record(1, 200, 3).map((rows) => rows[0]);
  const among = record(4, 200, 3).map((rows) => rows[0]);
  expect(among).toEqual(alone);
});

test("a second reset with the same seed starts the same", () => {
  const environment = make(reach, { arenas: 2 });
  environment.reset(5);
  const first = environment.groups.box.observations.slice();
  for (let i = 0; i < 70; i++) environment.step();
  environment.reset(5);
  expect(environment.groups.box.observations).toEqual(first);
});

test("settings reach the lesson", () => {
  let seen: unknown;
  const settings = { difficulty: 0.5 };
  make(tinyLesson({ reset: (_, arena) => void (seen = arena.settings) }), { settings }).reset(1);
  expect(seen).toBe(settings);
});

test("sensors see world matrices of this very moment", () => {
  const lesson = tinyLesson({
    build(arena) {
      const node = new TransformNode("walker", arena.scene);
      node.parent = arena.root;
      const sensors = [
        {
          labels: ["x"],
          read: (n: TransformNode, out: Float32Array, at: number) => void (out[at] = n.getWorldMatrix().m[12]),
        },
      ];
      arena.addAgent("walker", node, { sensors, actuators: [walkX()] });
      return { node };
    },
  });
  const environment = make(lesson);
  environment.reset(1);
  environment.groups.walker.actions.continuous[0] = 1;
  environment.step();
  expect(environment.groups.walker.observations[0]).toBeCloseTo(0.1, 6);
});

test("sensors are told to prepare after each sight, for the next", () => {
  const calls: string[] = [];
  const lesson = tinyLesson({
    build(arena) {
      const node = new TransformNode("walker", arena.scene);
      const sensor = { ...placeX(), read: () => void calls.push("read"), prepare: () => void calls.push("prepare") };
      arena.addAgent("walker", node, { sensors: [sensor], actuators: [walkX()] });
      return { node };
    },
  });
  const environment = make(lesson);
  environment.reset(1);
  environment.step();
  expect(calls).toEqual(["read", "prepare", "read", "prepare"]);
});

test("disposal leaves no node, and may come twice", () => {
  const scene = makeScene();
  const environment = new SceneEnvironment(reach, scene, { arenas: 4 });
  environment.reset(1);
  environment.dispose();
  environment.dispose();
  expect([scene.rootNodes.length, scene.meshes.length, scene.transformNodes.length]).toEqual([0, 0, 0]);
});

test("disposal leaves alone what was in the scene before", () => {
  const scene = makeScene();
  const mine = new TransformNode("mine", scene);
  new SceneEnvironment(reach, scene).dispose();
  expect(scene.rootNodes).toEqual([mine]);
});

test("a lesson's own disposal is called once for each arena", () => {
  const disposed: number[] = [];
  const environment = make(tinyLesson({ dispose: (_, arena) => void disposed.push(arena.index) }), { arenas: 2 });
  environment.dispose();
  environment.dispose();
  expect(disposed).toEqual([0, 1]);
});

import { FreeCamera } from "@babylonjs/core/Cameras/freeCamera.js";
import { Vector3 } from "@babylonjs/core/Maths/math.vector.js";
import type { Scene } from "@babylonjs/core/scene.js";
import { afterEach, expect, test } from "vitest";
import type { AgentGroup } from "../../plugin/core/environment.ts";
import { ConfigurationError, EnvironmentError, PolicyMismatchError } from "../../plugin/core/errors.ts";
import type { Policy } from "../../plugin/core/policy.ts";
import { loadHavok } from "../../plugin/havok-node.ts";
import { createHeadlessScene, type Havok, type HeadlessScene } from "../../plugin/scene/headless-scene.ts";
import { playLesson, type PlayedEpisode } from "../../plugin/scene/play-lesson.ts";
import { SceneEnvironment } from "../../plugin/scene/scene-environment.ts";
import push from "../fixtures/lessons/push.ts";
import reach from "../fixtures/lessons/reach.ts";
import { tinyLesson } from "../fixtures/lessons/tiny-lesson.ts";

const scenes: HeadlessScene[] = [];

afterEach(() => {
  for (const scene of scenes.splice(0)) scene.dispose();
});

/** A scene that is rendered as on a page, at a rate of the test's choice. */
function makeScene(framesPerSecond = 60, havok?: Havok): Scene {
  const headless = createHeadlessScene({ havok, stepsPerSecond: framesPerSecond });
  scenes.push(headless);
  new FreeCamera("camera", Vector3.Zero(), headless.scene);
  return headless.scene;
}

function render(scene: Scene, frames: number): void {
  for (let i = 0; i < frames; i++) scene.render();
}

const walkAhead = (group: AgentGroup): void => void group.actions.continuous.fill(1);

/** A policy that always decides the same; only what a play uses is there. */
function constantPolicy(group: AgentGroup, value: number): Policy {
  const decide: Policy["decide"] = ({ actions }) => void actions.continuous.fill(value);
  return { role: group.role, decide } as Partial<Policy> as Policy;
}

test.each([30, 60, 144])("at %i frames a second, decisions come at the lesson's rate", (framesPerSecond) => {
  const scene = makeScene(framesPerSecond);
  let decisions = 0;
  playLesson(tinyLesson(), scene).onDecisionObservable.add(() => decisions++);
  render(scene, 5 * framesPerSecond);
  expect(decisions).toBe(50); // 10 a second for 5 seconds
});

test("agents walk in real time", () => {
  const scene = makeScene();
  const play = playLesson(tinyLesson(), scene, { heuristic: walkAhead });
  render(scene, 90);
  expect(play.world.node.position.x).toBeCloseTo(1.5, 6); // 1 a second for 90 frames
});

test("a tab that slept does not catch up", () => {
  const scene = makeScene();
  const play = playLesson(tinyLesson(), scene, { heuristic: walkAhead });
  scene.getEngine().getDeltaTime = () => 60_000;
  render(scene, 1);
  expect(play.world.node.position.x).toBeCloseTo(0.1, 6); // the longest frame
});

test("a policy can be swapped between two frames", () => {
  const scene = makeScene();
  let group: AgentGroup | undefined;
  const play = playLesson(tinyLesson(), scene);
  play.onDecisionObservable.add((decided) => void (group = decided));
  render(scene, 6);
  play.policy = constantPolicy(group!, -1);
  render(scene, 60);
  expect(play.world.node.position.x).toBeCloseTo(-1, 6);
});

test("episodes follow one another, and say how they went", () => {
  const scene = makeScene();
  const ended: PlayedEpisode[] = [];
  const lesson = tinyLesson({
    step({ node }, arena) {
      arena.reward("walker", 0, 1);
      if (node.position.x > 0.495) arena.terminate({ succeeded: true });
    },
  });
  const play = playLesson(lesson, scene, { heuristic: walkAhead });
  play.onEpisodeEndObservable.add((episode) => void ended.push(episode));
  render(scene, 60);
  expect(ended.map((episode) => episode.episode)).toEqual([0, 1]); // 30 frames each
  expect(ended[0]).toMatchObject({ terminated: true, succeeded: true, return: 30 });
  expect(ended[0].seconds).toBeCloseTo(0.5, 6);
});

test("a play that does not restart waits to be told", () => {
  const scene = makeScene();
  const play = playLesson(tinyLesson({ timeLimitSeconds: 0.5 }), scene, { restarts: false });
  render(scene, 60);
  expect([play.episode, play.elapsedSeconds]).toEqual([0, expect.closeTo(0.5, 6)]);
  play.restart();
  expect([play.episode, play.elapsedSeconds]).toEqual([1, 0]);
});

test("a paused play waits", () => {
  const scene = makeScene();
  const play = playLesson(tinyLesson(), scene, { heuristic: walkAhead });
  play.paused = true;
  render(scene, 60);
  expect([play.elapsedSeconds, play.world.node.position.x]).toEqual([0, 0]);
});

test("a seed gives the starts that it gives in teaching", () => {
  const play = playLesson(reach, makeScene(), { seed: 7 });
  const taught = new SceneEnvironment(reach, makeScene());
  taught.reset(7);
  const { box, ball } = play.world;
  const { observations } = taught.groups.box;
  expect(Math.fround((ball.position.x - box.position.x) / 10)).toBe(observations[0]);
});

test("the scene's own physics drive a lesson with bodies", async () => {
  const scene = makeScene(60, await loadHavok());
  const play = playLesson(push, scene, { heuristic: walkAhead, position: { x: 0, y: 0, z: 50 } });
  render(scene, 90);
  expect(play.world.ball.getAbsolutePosition().z).toBeGreaterThan(47); // started at 50 - 4
});

test("disposal removes what the lesson built, and its observers, and may come twice", () => {
  const scene = makeScene();
  const nodes = [...scene.rootNodes];
  const observers = scene.onBeforeRenderObservable.observers.length;
  const play = playLesson(reach, scene);
  play.dispose();
  play.dispose();
  scene.render();
  expect(scene.rootNodes).toEqual(nodes);
  expect(scene.onBeforeRenderObservable.observers.length).toBe(observers);
});

test("a scene's disposal ends the play", () => {
  const scene = makeScene();
  const disposed: number[] = [];
  playLesson(tinyLesson({ dispose: (_, arena) => void disposed.push(arena.index) }), scene);
  scene.dispose();
  expect(disposed).toEqual([0]);
});

test("a listener may dispose the play", () => {
  const scene = makeScene();
  const play = playLesson(tinyLesson({ timeLimitSeconds: 0.1 }), scene);
  play.onEpisodeEndObservable.add(() => play.dispose());
  render(scene, 30);
  expect(play.elapsedSeconds).toBeCloseTo(0.1, 6);
});

test("a lesson that throws in a frame is paused, so that the error comes once", () => {
  const scene = makeScene();
  const step = (): never => {
    throw new Error("no such door");
  };
  const play = playLesson(tinyLesson({ step }), scene);
  expect(() => scene.render()).toThrow(
    new EnvironmentError('Lesson "tiny": step threw "no such door" in arena 0. Mend the lesson\'s step.'),
  );
  scene.render();
  expect(play.paused).toBe(true);
});

test("a policy of other sensors is refused, and the scene stays clean", () => {
  const scene = makeScene();
  const other = new SceneEnvironment(reach, makeScene()).groups.box;
  const nodes = [...scene.rootNodes];
  expect(() => playLesson(tinyLesson(), scene, { policy: constantPolicy(other, 0) })).toThrow(
    new PolicyMismatchError(
      'Lesson "tiny": the policy\'s observation 0 is "ball right", but the sensors give "place" there. List the sensors of the training in the same order, or teach again.',
    ),
  );
  expect(scene.rootNodes).toEqual(nodes);
});

test("a lesson with physics is refused in a scene without", () => {
  expect(() => playLesson(push, makeScene())).toThrow(
    new ConfigurationError(
      'Lesson "push": needed a scene with physics, came one without. Call scene.enablePhysics with Havok, or declare physics: false.',
    ),
  );
});

test("a disposed scene is refused", () => {
  const scene = makeScene();
  scene.dispose();
  expect(() => playLesson(tinyLesson(), scene)).toThrow(
    new ConfigurationError('Lesson "tiny": needed a scene to play in, came a disposed one. Make a new scene.'),
  );
});

test("a lesson without physics can be played faster, at the same steps of its own time", () => {
  const scene = makeScene();
  let decisions = 0;
  const play = playLesson(tinyLesson(), scene, { heuristic: walkAhead, speed: 2 });
  play.onDecisionObservable.add(() => decisions++);
  render(scene, 60);
  play.speed = 0.5;
  render(scene, 60);
  // Two seconds in the first second and half a one in the next, at 10 decisions and one metre a second.
  expect(decisions).toBe(25);
  expect(play.world.node.position.x).toBeCloseTo(2.5, 6);
});

test("the pace of physics, and of nothing at all, is refused", async () => {
  const scene = makeScene(60, await loadHavok());
  const said = (play: () => unknown): string => {
    try {
      play();
    } catch (error) {
      return (error as ConfigurationError).message;
    }
    return "nothing was thrown";
  };
  expect(said(() => playLesson(push, scene, { speed: 2 }))).toBe(
    `Lesson "push": needed "speed" to be 1, since physics set the pace, came 2. Declare physics: false, or leave it at 1.`,
  );
  expect(said(() => playLesson(tinyLesson(), scene, { speed: 0 }))).toBe(
    `Lesson "tiny": needed "speed" to be a number above 0, came 0. Use e.g. 2 for twice as fast.`,
  );
});

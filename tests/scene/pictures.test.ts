import { TransformNode } from "@babylonjs/core/Meshes/transformNode.js";
import { expect, test } from "vitest";
import { ConfigurationError } from "../../plugin/core/errors.ts";
import { imageParts } from "../../plugin/core/observation-spec.ts";
import { createHeadlessScene } from "../../plugin/scene/headless-scene.ts";
import type { Lesson } from "../../plugin/scene/lesson.ts";
import { NeuralController } from "../../plugin/scene/neural-controller.ts";
import { SceneEnvironment } from "../../plugin/scene/scene-environment.ts";
import type { Sensor } from "../../plugin/scene/sensor.ts";
import { placeX, tinyLesson, walkX, type TinyWorld } from "../fixtures/lessons/tiny-lesson.ts";
import { createTestWorld } from "./test-world.ts";
import { LinearPolicy } from "./linear-policy.ts";

/** Two pixels: ten times the place, and its negative from 255 down. */
function glance(label = "glance", width = 2): Sensor {
  return {
    labels: [],
    image: { kind: "image", label, height: 1, width, channels: 1 },
    read: () => {},
    readImage(node, out, offset) {
      const tenfold = Math.round(10 * node.position.x);
      out[offset] = tenfold;
      out[offset + 1] = 255 - tenfold;
    },
  };
}

/** A tiny lesson whose walker has these sensors. */
function seeingLesson(sensors: () => Sensor[], changes: Partial<Lesson<TinyWorld>> = {}): Lesson<TinyWorld> {
  return tinyLesson({
    build: (arena) => {
      const node = new TransformNode("walker", arena.scene);
      node.parent = arena.root;
      arena.addAgent("walker", node, { sensors: sensors(), actuators: [walkX()] });
      return { node };
    },
    ...changes,
  });
}

test("pictures follow one another in the order of the sensors, whatever lies between them", () => {
  const { scene, dispose } = createHeadlessScene();
  const environment = new SceneEnvironment(
    seeingLesson(() => [glance("left"), placeX(), glance("right")]),
    scene,
    { arenas: 2 },
  );
  const { walker } = environment.groups;
  expect(imageParts(walker.role.observation).map(({ label }) => label)).toEqual(["left", "right"]);
  environment.reset(1);
  walker.actions.continuous.set([1, 0]);
  environment.step();
  // The first walked 0.1 to the right, the second stands.
  expect([...walker.images]).toEqual([1, 254, 1, 254, 0, 255, 0, 255]);
  expect(walker.observations[0]).toBeCloseTo(0.1);
  dispose();
});

test("an ended episode leaves its last picture beside the first one of the next", () => {
  const { scene, dispose } = createHeadlessScene();
  const lesson = seeingLesson(() => [glance()], {
    step: ({ node }, arena) => {
      if (node.position.x >= 0.05) arena.terminate();
    },
  });
  const environment = new SceneEnvironment(lesson, scene);
  const { walker } = environment.groups;
  environment.reset(1);
  walker.actions.continuous[0] = 1;
  environment.step();
  expect(walker.terminated[0]).toBe(1);
  expect([...walker.finalImages]).toEqual([1, 254]);
  expect([...walker.images]).toEqual([0, 255]);
  dispose();
});

test("a controller hands its pictures to the policy, and keeps them for whoever looks", async () => {
  const world = await createTestWorld();
  const seen: number[][] = [];
  const make = (x: number, options: Partial<ConstructorParameters<typeof NeuralController>[1]>): NeuralController => {
    const controller = new NeuralController(`guard ${x}`, {
      sensors: [placeX(), glance()],
      actuators: [walkX()],
      ...options,
    });
    world.node(`guard ${x}`, [x, 0, 0]).addBehavior(controller);
    return controller;
  };
  const first = make(1, {});
  const policy = new LinearPolicy(first.role);
  const { decide } = policy;
  policy.decide = (batch, options) => {
    seen.push([...batch.images!.subarray(0, 2 * batch.agents)]);
    decide.call(policy, batch, options);
  };
  first.policy = policy;
  make(2, { policy });
  const scripted = make(3, { heuristic: (actions) => actions.set("walk", 0) });
  world.frames(1);
  expect(seen).toEqual([[10, 245, 20, 235]]);
  expect([...first.images]).toEqual([10, 245]);
  expect([...scripted.images]).toEqual([30, 225]);
  world.dispose();
});

test("a sensor with a picture and nothing to read it is refused", async () => {
  const world = await createTestWorld();
  const blind: Sensor = { ...glance() };
  delete blind.readImage;
  expect(() => new NeuralController("guard", { sensors: [blind], actuators: [walkX()] })).toThrow(
    new ConfigurationError(
      'NeuralController "guard": the sensor of the picture "glance" needs a function readImage, came none. Write the bytes there.',
    ),
  );
  world.dispose();
});

test("arenas whose pictures differ are refused", () => {
  const { scene, dispose } = createHeadlessScene();
  let width = 1;
  const lesson = seeingLesson(() => [glance("glance", (width += 1))]);
  expect(() => new SceneEnvironment(lesson, scene, { arenas: 2 })).toThrow(
    new ConfigurationError(
      'Lesson "tiny", arena 1, walker 0: needed the picture 0 to be "glance, 2 × 1 × 1" as for the first agent, came "glance, 3 × 1 × 1". Give all agents of a role the same sensors in the same order.',
    ),
  );
  dispose();
});

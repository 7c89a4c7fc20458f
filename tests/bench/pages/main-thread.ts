/**
 * A game without a picture: golems hunt in a yard with Havok at the screen's frame rate, while a worker teaches them and
 * streams its policies into them.
 */
import { FreeCamera } from "@babylonjs/core/Cameras/freeCamera.js";
import { Vector3 } from "@babylonjs/core/Maths/math.vector.js";
import { TransformNode } from "@babylonjs/core/Meshes/transformNode.js";
import havokUrl from "@babylonjs/havok/lib/esm/HavokPhysics.wasm?url";
import {
  createHeadlessScene,
  loadHavok,
  NeuralController,
  ppo,
  Random,
  teach,
  type TrainingRun,
} from "../../../plugin/index.ts";
import { golemParts } from "../../../sample-game/yard/lesson/golem.ts";
import { makeYardBodies, placeYard } from "../../../sample-game/yard/lesson/yard-bodies.ts";
import { yardPpo } from "../../../sample-game/yard/lesson/yard-ppo.ts";
import { makeYard } from "../../../sample-game/yard/rules/layout.ts";

/** What the page saw since `startCounting`. */
export interface PageFigures {
  readonly seconds: number;
  readonly frames: number;
  readonly decisions: number;
  readonly policies: number;
  readonly checkpoints: number;
  readonly taughtDecisions: number;
}

declare global {
  /** Resolves when the first policies of a worker have reached the golems. */
  var startTeaching: () => Promise<void>;
  var startCounting: () => void;
  var stopCounting: () => Promise<PageFigures>;
}

const GOLEMS = 3;
const count = { frames: 0, decisions: 0, policies: 0, checkpoints: 0, taughtDecisions: 0 };
let countingSince = 0;
let taughtBefore = 0;
let run: TrainingRun | null = null;

globalThis.startTeaching = async () => {
  const controllers = await openYard();
  const makeWorker = (): Worker =>
    new Worker(new URL("../../../sample-game/yard/lesson/golem.worker.ts", import.meta.url), { type: "module" });
  const started = teach(makeWorker, ppo({ ...yardPpo, seed: 1 }), { workers: 1, checkpointUrl: "indexeddb://bench" });
  run = started;
  started.onCheckpointObservable.add(() => (count.checkpoints += 1));
  started.onProgressObservable.add(({ decisions }) => (count.taughtDecisions = decisions));
  await new Promise<void>((resolve, reject) => {
    started.finished.catch(reject);
    started.onPolicyObservable.add(({ golem }) => {
      count.policies += 1;
      for (const controller of controllers) controller.policy = golem;
      if (count.policies === 3) resolve();
    });
  });
};

globalThis.startCounting = () => {
  taughtBefore = count.taughtDecisions;
  count.frames = count.decisions = count.policies = count.checkpoints = 0;
  countingSince = performance.now();
};

globalThis.stopCounting = async () => {
  const seconds = (performance.now() - countingSince) / 1000;
  const figures = { ...count, taughtDecisions: count.taughtDecisions - taughtBefore, seconds };
  await run?.stop();
  return figures;
};

/** A yard that nobody sees, moved on at every frame of the screen. */
async function openYard(): Promise<NeuralController[]> {
  const { scene } = createHeadlessScene({ havok: await loadHavok(havokUrl) });
  new FreeCamera("camera", new Vector3(0, 30, 0), scene);
  const bodies = makeYardBodies(new TransformNode("yard", scene), GOLEMS);
  placeYard(bodies, makeYard(new Random(1)));
  const controllers = bodies.golems.map((node, index) => {
    const controller = new NeuralController(`golem ${index}`, golemParts(bodies.thief));
    controller.onDecisionObservable.add(() => (count.decisions += 1));
    node.addBehavior(controller);
    return controller;
  });
  const frame = (): void => {
    requestAnimationFrame(frame);
    scene.render();
    count.frames += 1;
  };
  requestAnimationFrame(frame);
  return controllers;
}

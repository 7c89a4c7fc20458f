import type { Quaternion, Vector3 } from "@babylonjs/core/Maths/math.vector.js";
import type { TransformNode } from "@babylonjs/core/Meshes/transformNode.js";
import type { Observer } from "@babylonjs/core/Misc/observable.js";
import type { Scene } from "@babylonjs/core/scene.js";
import {
  EffortMeter,
  Observable,
  placeBody,
  PlanRules,
  Random,
  type LessonPlan,
  type LessonSite,
  type NeuralController,
  type PlanScore,
} from "../../index.ts";
import { findNode } from "./find-node.ts";
import { listNodes } from "./scene-tree.ts";

/** Frames longer than this count as this, as for controllers. */
const LONGEST_FRAME = 0.1;

/** Where a node stood before anybody practised. */
interface Home {
  readonly node: TransformNode;
  readonly position: Vector3;
  readonly rotation: Quaternion | null;
  readonly angles: Vector3;
}

/** What a playback is made for. */
export interface PlaybackParts {
  readonly scene: Scene;
  readonly plan: LessonPlan;
  readonly controller: NeuralController;
  /** Whether things are put where the lesson puts them, again and again; else it only keeps the score of what happens. */
  readonly resets: boolean;
}

/** Keeps a lesson's score in the visible scene, and plays its episodes there one after the other. */
export class LessonPlayback {
  /** Ended so far, and how many of them well. */
  episodes = 0;
  successes = 0;
  /** An episode has ended; the next one has not begun. */
  readonly onEpisodeObservable = new Observable<void>();
  readonly #rules: PlanRules;
  readonly #resets: boolean;
  readonly #controller: NeuralController;
  readonly #random = new Random(1);
  readonly #homes: readonly Home[];
  readonly #limit: number;
  readonly #observer: Observer<Scene>;
  readonly #decisions: { remove(): void };
  #seconds = 0;
  #disposed = false;

  /** @throws ConfigurationError for a plan with faults. */
  constructor({ scene, plan, controller, resets }: PlaybackParts) {
    const agent = controller.attachedNode!;
    const effort = new EffortMeter(controller.actuators);
    const site: LessonSite = {
      scene,
      root: null,
      agent,
      nodes: listNodes(scene),
      find: (id) => findNode(scene, id),
      effort: () => effort.meanSquare,
    };
    this.#controller = controller;
    this.#resets = resets;
    this.#limit = plan.timeLimitSeconds ?? 20;
    const moved = [agent, ...plan.resets.map(({ node }) => findNode(scene, node))].filter((node) => node !== null);
    this.#homes = resets ? [...new Set(moved)].map(rememberHome) : [];
    this.#rules = new PlanRules(resets ? plan : { ...plan, resets: [] }, site, resets ? [agent] : []);
    this.#decisions = controller.onDecisionObservable.add(({ values }) => {
      effort.hear(values);
      this.#rules.decided();
    });
    this.#begin();
    this.#observer = scene.onBeforeRenderObservable.add(() => {
      this.#step(Math.min(LONGEST_FRAME, scene.getEngine().getDeltaTime() / 1000));
    });
  }

  /** What each term and each end has given, in the order of the plan. */
  get scores(): readonly PlanScore[] {
    return this.#rules.scores;
  }

  /** Stops, and puts everything back where it was. May be called twice. */
  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    this.#observer.remove();
    this.#decisions.remove();
    this.#rules.dispose();
    for (const home of this.#homes) goHome(home);
    if (this.#resets) this.#controller.reset();
  }

  #begin(): void {
    this.#seconds = 0;
    if (!this.#resets) return this.#rules.watch();
    this.#rules.begin(this.#random);
    this.#controller.reset();
  }

  #step(seconds: number): void {
    if (seconds <= 0) return;
    this.#rules.step(seconds);
    this.#seconds += seconds;
    const { outcome, succeeded } = this.#rules;
    if (outcome === "running" && this.#seconds < this.#limit) return;
    this.episodes += 1;
    this.onEpisodeObservable.notifyObservers();
    if (succeeded && outcome !== "running") this.successes += 1;
    this.#begin();
  }
}

function rememberHome(node: TransformNode): Home {
  const { position, rotationQuaternion, rotation } = node;
  return { node, position: position.clone(), rotation: rotationQuaternion?.clone() ?? null, angles: rotation.clone() };
}

function goHome({ node, position, rotation, angles }: Home): void {
  if (node.isDisposed()) return;
  placeBody(node, position, rotation ?? angles.toQuaternion());
  if (rotation) return;
  // As it was written: some scenes turn nodes by angles.
  if (!node.physicsBody) node.rotationQuaternion = null;
  node.rotation.copyFrom(angles);
}

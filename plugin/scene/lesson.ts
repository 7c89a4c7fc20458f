import type { Scene } from "@babylonjs/core/scene.js";
import type { TransformNode } from "@babylonjs/core/Meshes/transformNode.js";
import type { Random } from "../core/random.ts";
import type { Actuator } from "./actuator.ts";
import type { Sensor } from "./sensor.ts";

/** Plain JSON that a lesson can be set with, e.g. `{ difficulty: 0.5 }`. */
export type LessonSettings = Readonly<Record<string, unknown>>;

/**
 * One copy of a lesson's world. Many of them stand side by side in one scene, each around its own root.
 *
 * Parent what you build to `root`, or add `root.position` to world positions of physics bodies.
 */
export interface Arena {
  readonly scene: Scene;
  readonly index: number;
  /** Stands at the arena's own place in the scene. */
  readonly root: TransformNode;
  readonly settings: LessonSettings;
  /** Seconds since the episode began. */
  readonly elapsedSeconds: number;
  /** Declares an agent, in `build`. @returns Its number within the role and this arena, from 0. */
  addAgent(role: string, node: TransformNode, parts: { sensors: readonly Sensor[]; actuators: readonly Actuator[] }): number;
  /** Adds to what the current decision is worth. */
  reward(role: string, agent: number, amount: number): void;
  /** Ends the arena's episode in a state without a future. `succeeded` is for score-keeping. */
  terminate(outcome?: { succeeded?: boolean }): void;
  /** Cuts the arena's episode off although it could have gone on. */
  truncate(outcome?: { succeeded?: boolean }): void;
}

/**
 * What agents learn, and where: builds a world in any Babylon scene, starts it from a seed, and scores it.
 *
 * The same lesson teaches in a worker or in Node, where nothing is drawn, and plays on the page.
 */
export interface Lesson<World = unknown> {
  readonly name: string;
  /** Needs a physics engine (Havok). Default true. */
  readonly physics?: boolean;
  /** Physics steps a second. Default 60. */
  readonly stepsPerSecond?: number;
  /** Decisions a second; divides `stepsPerSecond`. Default 10. */
  readonly decisionsPerSecond?: number;
  /** An episode that lasts longer is truncated. Default 60 seconds. */
  readonly timeLimitSeconds?: number;
  /** Distance between the roots of neighbouring arenas, in scene units. Default 100. */
  readonly arenaSpacing?: number;
  /** Builds one arena's world, once. Agents are declared with `arena.addAgent`. */
  build(arena: Arena): World;
  /** Starts an episode. All chance comes from `random`. */
  reset(world: World, arena: Arena, random: Random): void;
  /** Called after every physics step: moves what is scripted, gives rewards, ends the episode. */
  step(world: World, arena: Arena, seconds: number): void;
}

/** Declares a lesson; only fills in the types. */
export function defineLesson<World>(lesson: Lesson<World>): Lesson<World> {
  return lesson;
}

import type { Scene } from "@babylonjs/core/scene.js";
import type { TransformNode } from "@babylonjs/core/Meshes/transformNode.js";
import { ConfigurationError } from "../core/errors.ts";
import type { Random } from "../core/random.ts";
import type { Actuator } from "./actuator.ts";
import { assertNumber } from "./check-option.ts";
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
  addAgent(
    role: string,
    node: TransformNode,
    parts: { sensors: readonly Sensor[]; actuators: readonly Actuator[] },
  ): number;
  /** Adds to what the current decision is worth, in `step`. */
  reward(role: string, agent: number, amount: number): void;
  /**
   * Ends the arena's episode, in `step`, in a state without a future. `succeeded` is for score-keeping. Once ended, an
   * episode stays as it ended first.
   */
  terminate(outcome?: { succeeded?: boolean }): void;
  /** Cuts the arena's episode off, in `step`, although it could have gone on. */
  truncate(outcome?: { succeeded?: boolean }): void;
}

/** What one term of a lesson's rewards has given in the episode so far. */
export interface TermScore {
  /** Unique in the lesson, e.g. `"approach"`. */
  readonly name: string;
  readonly sum: number;
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
  /** Physics steps a second, at least 10. Default 60. */
  readonly stepsPerSecond?: number;
  /** Decisions a second; divides `stepsPerSecond`. Default 10. */
  readonly decisionsPerSecond?: number;
  /** An episode that lasts longer is truncated. Default 60 seconds. */
  readonly timeLimitSeconds?: number;
  /** Distance between the roots of neighbouring arenas, in scene units. Default 100. */
  readonly arenaSpacing?: number;
  /**
   * Builds one arena's world, once. Agents are declared with `arena.addAgent`. Physics shapes without a material get
   * Babylon's default one; shapes that are made later must be given theirs.
   */
  build(arena: Arena): World;
  /**
   * Starts an episode: puts everything in its place (`placeBody`). All chance comes from `random`. Called again and
   * again on the same world.
   */
  reset(world: World, arena: Arena, random: Random): void;
  /** Called after every physics step: moves what is scripted, gives rewards, ends the episode. */
  step(world: World, arena: Arena, seconds: number): void;
  /**
   * What rewards are made of, for curves and tables: asked once, after `build`; the same objects all the time, whose sums are
   * read when an episode ends. Where an arena has several agents, each of them is told the arena's sums. Default: nobody is told.
   */
  scores?(world: World): readonly TermScore[];
  /**
   * Frees what the nodes do not free by themselves. Nodes that stood in the scene's root or under `arena.root` after
   * `build` are disposed anyway, and their physics bodies with them.
   */
  dispose?(world: World, arena: Arena): void;
}

/** A lesson's rates with the defaults filled in. */
export interface LessonTiming {
  readonly physics: boolean;
  readonly stepsPerSecond: number;
  readonly stepsPerDecision: number;
  readonly timeLimitSeconds: number;
  readonly arenaSpacing: number;
}

/**
 * Declares a lesson: fills in the types and checks the rates.
 *
 * @throws ConfigurationError for a rate, limit or spacing that cannot work.
 */
export function defineLesson<World>(lesson: Lesson<World>): Lesson<World> {
  resolveTiming(lesson);
  return lesson;
}

/** `Lesson "yard"`: how messages call a lesson. */
export function nameLesson(lesson: Pick<Lesson, "name">): string {
  return `Lesson "${lesson.name}"`;
}

/** @throws ConfigurationError for a rate, limit or spacing that cannot work. */
export function resolveTiming(lesson: Lesson): LessonTiming {
  const who = nameLesson(lesson);
  const {
    physics = true,
    stepsPerSecond = 60,
    decisionsPerSecond = 10,
    timeLimitSeconds = 60,
    arenaSpacing = 100,
  } = lesson;
  // Babylon.js 9.35 cuts physics steps above 0.1 s short, which would slow the world down.
  assertNumber(who, "stepsPerSecond", stepsPerSecond, { atLeast: 10 }, "Use e.g. 60.");
  assertNumber(who, "decisionsPerSecond", decisionsPerSecond, { above: 0 }, "Use e.g. 10.");
  assertNumber(who, "timeLimitSeconds", timeLimitSeconds, { above: 0 }, "Use e.g. 60.");
  assertNumber(who, "arenaSpacing", arenaSpacing, { above: 0 }, "Use the size of an arena and some room.");
  const stepsPerDecision = stepsPerSecond / decisionsPerSecond;
  if (!Number.isInteger(stepsPerDecision)) {
    throw new ConfigurationError(
      `${who}: needed stepsPerSecond to be a multiple of decisionsPerSecond, came ${stepsPerSecond} and ${decisionsPerSecond}. Use e.g. 60 and 10.`,
    );
  }
  return { physics, stepsPerSecond, stepsPerDecision, timeLimitSeconds, arenaSpacing };
}

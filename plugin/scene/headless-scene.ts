import type { AbstractEngine } from "@babylonjs/core/Engines/abstractEngine.js";
import { EngineStore } from "@babylonjs/core/Engines/engineStore.js";
import { NullEngine } from "@babylonjs/core/Engines/nullEngine.js";
import { Vector3 } from "@babylonjs/core/Maths/math.vector.js";
import { Logger } from "@babylonjs/core/Misc/logger.js";
import "@babylonjs/core/Physics/joinedPhysicsEngineComponent.js";
import { HavokPlugin } from "@babylonjs/core/Physics/v2/Plugins/havokPlugin.js";
import "@babylonjs/core/Physics/v2/physicsEngineComponent.js";
import { Scene } from "@babylonjs/core/scene.js";
import { ConfigurationError } from "../core/errors.ts";
import { releasePhysics } from "./release-physics.ts";
import type { Vector } from "./sensor.ts";

/** An initialised Havok, as `await HavokPhysics()` or `await loadHavok()` gives it. Many scenes can share one. */
export interface Havok {
  HP_World_Create(): unknown;
}

/** Draws for lessons whose agents see; `offscreenRenderer` makes one. */
export interface LessonRenderer {
  /** Draws nothing that anybody sees. Disposed of with the scene. */
  readonly engine: AbstractEngine;
  /** Resolves when everything in a scene can be drawn: shaders take time to compile. */
  ready(scene: Scene): Promise<void>;
}

/** What a headless scene is made with. */
export interface HeadlessSceneOptions {
  /** Draws for agents with cameras; becomes the scene's own and is disposed of with it. Default one that draws nothing. */
  readonly engine?: AbstractEngine | undefined;
  /** Switches physics on. Default none. */
  readonly havok?: Havok | undefined;
  /** What `engine.getDeltaTime()` tells, as a rate. Default 60. */
  readonly stepsPerSecond?: number;
  /** In scene units per second². Default 9.81 downwards. */
  readonly gravity?: Vector;
}

/** A scene that nobody sees. */
export interface HeadlessScene {
  readonly scene: Scene;
  /** Frees the scene, its engine and its physics world with all bodies and shapes. May be called twice. */
  dispose(): void;
}

/**
 * Makes a scene without a canvas, for teaching and testing: in Node, in a worker, or on a page beside a visible one.
 *
 * @throws ConfigurationError for a Havok that is not initialised yet.
 */
export function createHeadlessScene(options: HeadlessSceneOptions = {}): HeadlessScene {
  const { havok, stepsPerSecond = 60, gravity = { x: 0, y: -9.81, z: 0 } } = options;
  if (havok && typeof havok.HP_World_Create !== "function") {
    throw new ConfigurationError(
      `createHeadlessScene: needed an initialised Havok, came ${describe(havok)}. Pass the result of await HavokPhysics().`,
    );
  }
  const lastScene = EngineStore.LastCreatedScene;
  const engine = options.engine ?? withoutGreeting(() => new NullEngine());
  engine.getDeltaTime = () => 1000 / stepsPerSecond;
  const scene = new Scene(engine);
  if (havok) scene.enablePhysics(new Vector3(gravity.x, gravity.y, gravity.z), new HavokPlugin(true, havok));
  let disposed = false;
  return {
    scene,
    dispose: () => {
      if (disposed) return;
      disposed = true;
      releasePhysics(scene);
      scene.dispose();
      engine.dispose();
      // Babylon.js 9.35 forgets an older scene of another engine, which code on the page may take for granted.
      if (lastScene && !lastScene.isDisposed && !EngineStore.LastCreatedScene)
        EngineStore._LastCreatedScene = lastScene;
    },
  };
}

/** Babylon greets on the console at each engine, and evaluation makes hundreds. */
function withoutGreeting<T>(make: () => T): T {
  const { Log } = Logger;
  Logger.Log = () => {};
  try {
    return make();
  } finally {
    Logger.Log = Log;
  }
}

function describe(value: unknown): string {
  if (typeof value === "function") return "a function";
  return value instanceof Promise ? "a promise" : "something else";
}

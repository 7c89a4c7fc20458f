import type { Environment } from "../core/environment.ts";
import { ConfigurationError } from "../core/errors.ts";
import type { AbstractEngine } from "@babylonjs/core/Engines/abstractEngine.js";
import type { Scene } from "@babylonjs/core/scene.js";
import { createHeadlessScene, type Havok, type LessonRenderer } from "./headless-scene.ts";
import { nameLesson, resolveTiming, type Lesson } from "./lesson.ts";
import { SceneEnvironment, type SceneEnvironmentOptions } from "./scene-environment.ts";

/** How many arenas, what the lesson is set with, and the physics. */
export interface LessonEnvironmentOptions extends SceneEnvironmentOptions {
  /** Needed by lessons with physics. Many environments can share one. */
  readonly havok?: Havok | undefined;
}

/**
 * A lesson in a headless scene of its own; `dispose` frees both.
 *
 * Costs a few milliseconds, so that evaluation can afford a fresh world for each episode, which alone repeats bit for bit.
 *
 * @throws ConfigurationError for a lesson that needs physics without Havok, and whatever `SceneEnvironment` refuses.
 */
export function lessonEnvironment(lesson: Lesson, options: LessonEnvironmentOptions = {}): Environment {
  return build(lesson, options).environment;
}

/**
 * A lesson whose agents see, by cameras that read at once (`cameraSensor({ exact: true })`), in a scene of its own that is drawn for
 * them alone.
 *
 * @param makeRenderer - Usually `offscreenRenderer`; what it makes is disposed of with the environment.
 * @throws What `lessonEnvironment` and `makeRenderer` refuse.
 */
export async function renderedLessonEnvironment(
  lesson: Lesson,
  makeRenderer: () => Promise<LessonRenderer>,
  options: LessonEnvironmentOptions = {},
): Promise<Environment> {
  const renderer = await makeRenderer();
  let built: { environment: Environment; scene: Scene };
  try {
    built = build(lesson, options, renderer.engine);
  } catch (error) {
    renderer.engine.dispose();
    throw error;
  }
  try {
    await renderer.ready(built.scene);
  } catch (error) {
    built.environment.dispose();
    throw error;
  }
  return built.environment;
}

function build(
  lesson: Lesson,
  { havok, ...rest }: LessonEnvironmentOptions,
  engine?: AbstractEngine,
): { environment: Environment; scene: Scene } {
  const { physics, stepsPerSecond } = resolveTiming(lesson);
  if (physics && !havok) {
    throw new ConfigurationError(
      `${nameLesson(lesson)}: needed Havok for its physics, came none. Pass havok: await loadHavok(), or declare physics: false.`,
    );
  }
  const headless = createHeadlessScene({ havok: physics ? havok : undefined, stepsPerSecond, engine });
  let environment: SceneEnvironment;
  try {
    environment = new SceneEnvironment(lesson, headless.scene, rest);
  } catch (error) {
    headless.dispose();
    throw error;
  }
  const owned: Environment = {
    name: environment.name,
    groups: environment.groups,
    timing: environment.timing,
    reset: (seed) => environment.reset(seed),
    step: () => environment.step(),
    dispose: () => {
      try {
        environment.dispose();
      } finally {
        headless.dispose();
      }
    },
  };
  return { environment: owned, scene: headless.scene };
}

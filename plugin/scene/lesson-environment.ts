import type { Environment } from "../core/environment.ts";
import { ConfigurationError } from "../core/errors.ts";
import { createHeadlessScene, type Havok } from "./headless-scene.ts";
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
  const { havok, ...rest } = options;
  const { physics, stepsPerSecond } = resolveTiming(lesson);
  if (physics && !havok) {
    throw new ConfigurationError(
      `${nameLesson(lesson)}: needed Havok for its physics, came none. Pass havok: await loadHavok(), or declare physics: false.`,
    );
  }
  const headless = createHeadlessScene({ havok: physics ? havok : undefined, stepsPerSecond });
  let environment: SceneEnvironment;
  try {
    environment = new SceneEnvironment(lesson, headless.scene, rest);
  } catch (error) {
    headless.dispose();
    throw error;
  }
  return {
    name: environment.name,
    groups: environment.groups,
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
}

/**
 * Entry for module workers in which agents learn: give it a lesson, and `teach` on the page does the rest.
 */
import type { Environment } from "./core/environment.ts";
import type { EnvironmentRequest } from "./learn/messages.ts";
import { serveTraining } from "./learn/serve-training.ts";
import { workerScope } from "./learn/worker-scope.ts";
import type { Havok } from "./scene/headless-scene.ts";
import { lessonEnvironment } from "./scene/lesson-environment.ts";
import type { Lesson } from "./scene/lesson.ts";

export { loadHavok } from "./havok-browser.ts";
export { defineLesson } from "./scene/lesson.ts";

/** Arenas in a worker unless the run says otherwise: enough for one batch, few enough to learn often. */
const DEFAULT_ARENAS = 16;

/** What a lesson needs besides itself. */
export interface ServeLessonOptions {
  /** Loads Havok, for lessons with physics: `() => loadHavok(wasmUrl)`. */
  readonly havok?: () => Promise<Havok>;
}

/** Teaches a lesson in this worker when a run asks for it. Call it once, at the top of the worker's module. */
export function serveLesson(lesson: Lesson<never> | Lesson, options: ServeLessonOptions = {}): void {
  serveEnvironment(async (request) =>
    lessonEnvironment(lesson, {
      arenas: request.arenas ?? DEFAULT_ARENAS,
      settings: request.settings ?? {},
      havok: lesson.physics === false ? undefined : await options.havok?.(),
    }),
  );
}

/** Teaches a plain environment in this worker when a run asks for it. */
export function serveEnvironment(make: (request: EnvironmentRequest) => Environment | Promise<Environment>): void {
  serveTraining(make, workerScope());
}

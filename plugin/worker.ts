/**
 * Entry for module workers in which agents learn: give it a lesson, and `teach` on the page does the rest.
 */
import type { Environment } from "./core/environment.ts";
import { UnsupportedError } from "./core/errors.ts";
import { workerScope } from "./core/worker-scope.ts";
import type { LearnerFactories, MakeLearner } from "./learn/learner-factories.ts";
import type { EnvironmentRequest } from "./learn/messages.ts";
import { serveTraining } from "./learn/serve-training.ts";
import type { Havok, LessonRenderer } from "./scene/headless-scene.ts";
import { lessonEnvironment, renderedLessonEnvironment } from "./scene/lesson-environment.ts";
import { planEnvironment } from "./scene/lesson-plan/plan-environment.ts";
import type { Lesson } from "./scene/lesson.ts";

export { loadHavok } from "./havok-browser.ts";
export { defineLesson } from "./scene/lesson.ts";

/** Arenas in a worker unless the run says otherwise: enough for one batch, few enough to learn often. */
const DEFAULT_ARENAS = 16;

/** How TensorFlow.js teaches in a worker, where the fused kernels cannot: agents that see. It is loaded when a run needs it. */
export interface TfjsOptions {
  /**
   * Where tfjs-backend-wasm-simd.wasm lies. Needed in browsers; Node finds the file in node_modules.
   *
   * With Vite: `import wasmUrl from "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url"`.
   */
  readonly wasmUrl?: string | URL;
  /**
   * Default `"wasm"`, which computes the same at every run. `"webgpu"` is faster where there is a GPU, and falls back to wasm
   * where there is none, or where it is lost again and again.
   */
  readonly backend?: "webgpu" | "wasm";
}

/** What serving an environment can be set with. */
export interface ServeOptions {
  readonly tfjs?: TfjsOptions;
}

/** What a lesson needs besides itself. */
export interface ServeLessonOptions extends ServeOptions {
  /** Loads Havok, for lessons with physics: `() => loadHavok(wasmUrl)`. */
  readonly havok?: () => Promise<Havok>;
  /** Draws, for lessons whose agents have exact cameras: `offscreenRenderer`. Default none: nothing is drawn. */
  readonly renderer?: () => Promise<LessonRenderer>;
}

/** Teaches a lesson in this worker when a run asks for it. Call it once, at the top of the worker's module. */
export function serveLesson(lesson: Lesson<never> | Lesson, options: ServeLessonOptions = {}): void {
  serveEnvironment(async (request) => {
    const environment = {
      arenas: request.arenas ?? DEFAULT_ARENAS,
      settings: request.settings ?? {},
      havok: lesson.physics === false ? undefined : await options.havok?.(),
    };
    const { renderer } = options;
    return renderer ? renderedLessonEnvironment(lesson, renderer, environment) : lessonEnvironment(lesson, environment);
  }, options);
}

/**
 * Teaches lessons without code in this worker: the plan and the packed scene come with the run, from `teachPlan` or `teachHere`, so
 * that one worker module serves every lesson. Call it once, at the top of the worker's module.
 */
export function servePlans({ havok, ...options }: Omit<ServeLessonOptions, "renderer"> = {}): void {
  serveEnvironment((request) => planEnvironment(request, havok), options);
}

/** Teaches a plain environment in this worker when a run asks for it. */
export function serveEnvironment(
  make: (request: EnvironmentRequest) => Environment | Promise<Environment>,
  { tfjs = {} }: ServeOptions = {},
): void {
  serveTraining(make, workerScope("serveLesson"), tfjsLearner(tfjs));
}

/** The learner on TensorFlow.js, fetched by the first run that needs it. */
function tfjsLearner({ wasmUrl, backend = "wasm" }: TfjsOptions): LearnerFactories {
  const make: MakeLearner = async (role, network, { seed, avoidsGpu = false }) => {
    const { createTfjsPpoLearner } = await import("./nets/ppo/tfjs-ppo-learner.ts").catch((cause: unknown) => {
      throw new UnsupportedError(
        `Device "tfjs": needed the package "@tensorflow/tfjs", came "${cause instanceof Error ? cause.message : String(cause)}". Install it: npm i @tensorflow/tfjs@4.22.0 @tensorflow/tfjs-backend-wasm@4.22.0.`,
        { cause },
      );
    });
    const options = wasmUrl === undefined ? { seed } : { seed, wasmUrl };
    if (backend === "wasm" || avoidsGpu) return createTfjsPpoLearner(role, network, options);
    return createTfjsPpoLearner(role, network, { ...options, backend }).catch((error: unknown) => {
      if (!(error instanceof UnsupportedError)) throw error;
      return createTfjsPpoLearner(role, network, options);
    });
  };
  return { tfjs: make };
}

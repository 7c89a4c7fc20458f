/**
 * Entry for module workers that paint: call `servePainting`, and a `Painter` on the page does the rest.
 */
import { UnsupportedError } from "./core/errors.ts";
import { workerScope } from "./core/worker-scope.ts";
import type { FindTeacher } from "./paint/automata/species-lesson.ts";
import type { FindEstimator, SurfaceEstimator } from "./paint/generators/surface-estimator.ts";
import { servePainter } from "./paint/painter/serve-painter.ts";

/** What a painting worker can be set with. */
export interface ServePaintingOptions {
  /**
   * Where the network lies that guesses maps from pictures, `models/photo-maps/estimator.bnw`. It is loaded, and TensorFlow.js
   * with it, when a painting needs it. Default none: then pictures get flat maps.
   */
  readonly estimatorUrl?: string | URL;
  /**
   * Where tfjs-backend-wasm-simd.wasm lies. Needed in browsers; Node finds the file in node_modules.
   *
   * With Vite: `import wasmUrl from "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url"`.
   */
  readonly wasmUrl?: string | URL;
}

/** Paints in this worker when a `Painter` asks for it. Call it once, at the top of the worker's module. */
export function servePainting(options: ServePaintingOptions = {}): void {
  servePainter(workerScope("servePainting"), estimatorFinder(options), teacherFinder(options));
}

/** Loads the estimator once, when it is first needed; after a failure it tries again. */
function estimatorFinder({ estimatorUrl, wasmUrl }: ServePaintingOptions): FindEstimator | null {
  if (estimatorUrl === undefined) return null;
  let loading: Promise<SurfaceEstimator> | null = null;
  return () => {
    loading ??= loadEstimator(estimatorUrl, wasmUrl).catch((error: unknown) => {
      loading = null;
      throw error;
    });
    return loading;
  };
}

async function loadEstimator(estimatorUrl: string | URL, wasmUrl: string | URL | undefined): Promise<SurfaceEstimator> {
  const { loadMapEstimator } = await import("./paint/photograph/map-estimator.ts").catch(refuse("estimate maps"));
  return loadMapEstimator(estimatorUrl, wasmUrl === undefined ? { backend: "wasm" } : { backend: "wasm", wasmUrl });
}

/** TensorFlow.js comes with the first lesson. */
function teacherFinder({ wasmUrl }: ServePaintingOptions): FindTeacher {
  return async () => {
    const { teachSpecies } = await import("./paint/automata/teach-species.ts").catch(refuse("teach species"));
    const place = wasmUrl === undefined ? {} : { wasmUrl };
    return (name, source, options, watch) => teachSpecies(name, source, { ...options, ...place }, watch);
  };
}

/** @param what - That needs TensorFlow.js. */
function refuse(what: string): (cause: unknown) => never {
  return (cause) => {
    throw new UnsupportedError(
      `Painter: needed the package "@tensorflow/tfjs" to ${what}, came "${cause instanceof Error ? cause.message : String(cause)}". Install it: npm i @tensorflow/tfjs@4.22.0 @tensorflow/tfjs-backend-wasm@4.22.0.`,
      { cause },
    );
  };
}

/**
 * Entry for module workers that paint: call `servePainting`, and a `Painter` on the page does the rest.
 */
import { UnsupportedError } from "./core/errors.ts";
import { readBytes } from "./core/storage.ts";
import { workerScope } from "./core/worker-scope.ts";
import type { FindTeacher } from "./paint/automata/species-lesson.ts";
import type { FindFitter } from "./paint/imaginer/fit-lesson.ts";
import type { Imaginer } from "./paint/imaginer/imaginer.ts";
import type { FindImaginer, PaintNetworks } from "./paint/generators/paint-networks.ts";
import { servePainter } from "./paint/painter/serve-painter.ts";
import type { NetOptions } from "./paint/shipped/load-net.ts";

/** What a painting worker can be set with. */
export interface ServePaintingOptions {
  /**
   * Where the network lies that guesses maps from pictures, `models/photo-maps/estimator.bnw`. It is loaded, and TensorFlow.js
   * with it, when a painting needs it. Default none: then pictures get flat maps.
   */
  readonly estimatorUrl?: string | URL;
  /**
   * Where the network lies that imagines materials from codes, as `npm run paint -- imaginer` makes it. It is loaded when a painting needs
   * it. Default none.
   */
  readonly imaginerUrl?: string | URL;
  /**
   * Where the network lies that takes noise out of pictures, as `npm run paint -- denoiser` makes it. It is loaded when a picture is to be
   * cleaned. Default none.
   */
  readonly denoiserUrl?: string | URL;
  /**
   * Where the autoencoder of textures lies, as `npm run paint -- autoencoder` makes it. It is loaded when a picture has holes to be filled, or is
   * to be made from its code. Default none.
   */
  readonly autoencoderUrl?: string | URL;
  /**
   * Where tfjs-backend-wasm-simd.wasm lies. Needed in browsers; Node finds the file in node_modules.
   *
   * With Vite: `import wasmUrl from "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url"`.
   */
  readonly wasmUrl?: string | URL;
}

/** Paints in this worker when a `Painter` asks for it. Call it once, at the top of the worker's module. */
export function servePainting({
  estimatorUrl,
  imaginerUrl,
  denoiserUrl,
  autoencoderUrl,
  wasmUrl,
}: ServePaintingOptions = {}): void {
  const onWasm = { backend: "wasm", ...(wasmUrl === undefined ? {} : { wasmUrl }) } as const;
  const networks: PaintNetworks = {
    findEstimator: finder(estimatorUrl, async (url) => {
      const { loadMapEstimator } = await import("./paint/photograph/map-estimator.ts").catch(refuse("estimate maps"));
      return loadMapEstimator(url, onWasm);
    }),
    findImaginer: imaginerUrl === undefined ? null : imaginerFinder(imaginerUrl, onWasm),
    findDenoiser: finder(denoiserUrl, async (url) => {
      const { loadDenoiser } = await import("./paint/encoders/denoiser.ts").catch(refuse("take noise out"));
      return loadDenoiser(url, onWasm);
    }),
    findAutoencoder: finder(autoencoderUrl, async (url) => {
      const { loadTextureAutoencoder } = await import("./paint/encoders/texture-autoencoder.ts").catch(
        refuse("fill holes in textures"),
      );
      return loadTextureAutoencoder(url, onWasm);
    }),
  };
  const teachers = { findTeacher: teacherFinder(wasmUrl), findFitter: fitterFinder(imaginerUrl, wasmUrl) };
  servePainter(workerScope("servePainting"), networks, teachers);
}

/** Loads a network once, when it is first needed; after a failure it tries again. */
function finder<T>(url: string | URL | undefined, load: (url: string | URL) => Promise<T>): (() => Promise<T>) | null {
  if (url === undefined) return null;
  let loading: Promise<T> | null = null;
  return () => {
    loading ??= load(url).catch((error: unknown) => {
      loading = null;
      throw error;
    });
    return loading;
  };
}

/** Keeps the imaginer as it was taught, and the one with the fit that was asked for last. */
function imaginerFinder(url: string | URL, onWasm: NetOptions): FindImaginer {
  const load = async (fit?: Uint8Array): Promise<Imaginer> => {
    const { loadImaginer } = await import("./paint/imaginer/imaginer.ts").catch(refuse("imagine materials"));
    return loadImaginer(url, fit ? { ...onWasm, fit } : onWasm);
  };
  const plain = finder(url, () => load())!;
  let last: { readonly fit: Uint8Array; readonly fitted: Imaginer } | null = null;
  return async (fit) => {
    if (!fit) return plain();
    if (last && isSame(last.fit, fit)) return last.fitted;
    const fitted = await load(fit);
    last?.fitted.dispose();
    last = { fit, fitted };
    return fitted;
  };
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}

/** @returns Null where there is nothing to fit. */
function fitterFinder(imaginerUrl: string | URL | undefined, wasmUrl: string | URL | undefined): FindFitter | null {
  if (imaginerUrl === undefined) return null;
  return async () => {
    const { fitImaginer } = await import("./paint/imaginer/fit-imaginer.ts").catch(refuse("fit imaginers"));
    const bytes = await readBytes(String(imaginerUrl));
    const place = wasmUrl === undefined ? {} : { wasmUrl };
    return (name, source, options, watch) => fitImaginer(name, bytes, source, { ...options, ...place }, watch);
  };
}

/** TensorFlow.js comes with the first lesson. */
function teacherFinder(wasmUrl: string | URL | undefined): FindTeacher {
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

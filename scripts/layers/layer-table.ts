/** What one folder of `plugin/` may know. */
export interface Layer {
  /** Layers whose files it may import. */
  readonly imports: readonly string[];
  readonly babylon: boolean;
  readonly tfjs: boolean;
  /** Other packages that it may import; they travel inside the library. */
  readonly packages?: readonly string[];
  /** Entry files that it may import: it then knows no more of the plugin than its users do. Default none. */
  readonly entries?: readonly string[];
  /** Entry files that it may only load when needed, by `import()`. */
  readonly dynamicEntries?: readonly string[];
}

/** Who may import what. CONTRIBUTING.md shows it to people; `tests/layers.test.ts` holds the sources to it. */
export const LAYERS: Readonly<Record<string, Layer>> = {
  core: { imports: [], babylon: false, tfjs: false },
  compute: { imports: ["core"], babylon: false, tfjs: false },
  learn: { imports: ["core", "compute"], babylon: false, tfjs: false },
  nets: { imports: ["core", "compute", "learn"], babylon: false, tfjs: true },
  paint: { imports: ["core", "nets"], babylon: false, tfjs: true, packages: ["fast-png", "fflate"] },
  scene: { imports: ["core", "compute", "learn"], babylon: true, tfjs: false },
  bridge: { imports: ["core", "compute", "learn", "nets", "paint", "scene"], babylon: true, tfjs: true },
  editor: {
    imports: [],
    babylon: true,
    tfjs: false,
    packages: ["lit", "uplot"],
    entries: ["index"],
    dynamicEntries: ["paint", "paint-gpu"],
  },
};

/**
 * What must not be reachable from an entry file, neither by code nor by types. The file format of weights, in nets, knows no
 * TensorFlow.js: living textures, which run without it, read it.
 */
export const ENTRY_LIMITS: Readonly<Record<string, RegExp>> = {
  "plugin/index.ts": /^plugin\/(nets|paint|bridge|editor)\/|^@tensorflow\/|^node:|^babylonjs$/,
  "plugin/worker.ts": /^plugin\/(nets|paint|bridge|editor)\/|^@tensorflow\/|^node:|^babylonjs$/,
  "plugin/headless.ts": /^plugin\/(paint|bridge|editor)\/|^@tensorflow\/|^babylonjs$/,
  "plugin/paint.ts": /^plugin\/(nets\/(?!weights-file)|learn\/|editor\/)|^@tensorflow\/|^node:|^babylonjs$/,
  "plugin/paint-gpu.ts": /^plugin\/(scene|editor)\/|^node:|^babylonjs$/,
  "plugin/paint-worker.ts":
    /^plugin\/(nets\/(?!weights-file)|(compute|learn|scene|bridge|editor)\/)|^@(tensorflow|babylonjs)\/|^node:|^babylonjs$/,
  "plugin/editor.ts": /^plugin\/(nets|paint|bridge)\/|^@tensorflow\/|^node:|^babylonjs$/,
  "plugin/vision.ts": /^plugin\/(paint|editor)\/|^node:|^babylonjs$/,
};

/** No file may be longer. */
export const MOST_LINES = 400;

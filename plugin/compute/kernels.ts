import { UnsupportedError } from "../core/errors.ts";
import { compilePacked } from "../core/packed-module.ts";

/** What the deciding kernels export; see plugin/compute/assembly for what each does. Pointers are byte addresses. */
export interface DecideKernels {
  readonly memory: WebAssembly.Memory;
  /** Where free memory begins. */
  heapBase(): number;
  dense(
    x: number,
    xStride: number,
    packed: number,
    bias: number,
    y: number,
    yStride: number,
    z: number,
    inputs: number,
    outputs: number,
    vectors: number,
    activation: number,
  ): void;
  denseSingle(
    x: number,
    packed: number,
    bias: number,
    y: number,
    inputs: number,
    outputs: number,
    activation: number,
  ): void;
  packForward(weights: number, packed: number, inputs: number, outputs: number): void;
  gather(source: number, width: number, rows: number, count: number, panels: number, stride: number): void;
  normalise(
    panels: number,
    stride: number,
    width: number,
    vectors: number,
    mean: number,
    scale: number,
    limit: number,
  ): void;
  decodeBytes(bytes: number, values: number, count: number): void;
  convolution(
    x: number,
    offsets: number,
    packed: number,
    bias: number,
    y: number,
    positions: number,
    row: number,
    size: number,
    run: number,
    filters: number,
  ): void;
  scatterFeatures(
    source: number,
    rowBytes: number,
    count: number,
    positions: number,
    filters: number,
    panel: number,
  ): void;
  sample(
    heads: number,
    stride: number,
    masks: number,
    masksStride: number,
    logStd: number,
    continuous: number,
    branches: number,
    sizes: number,
    first: number,
    vectors: number,
    greedy: number,
    key0: number,
    key1: number,
    counter: number,
    scratch: number,
    continuousOut: number,
    discreteOut: number,
    logOut: number,
  ): void;
}

/** What the learning kernels export on top. */
export interface LearnKernels extends DecideKernels {
  packBackward(weights: number, packed: number, inputs: number, outputs: number): void;
  activationGradient(
    gradient: number,
    stride: number,
    y: number,
    yStride: number,
    features: number,
    vectors: number,
    activation: number,
  ): void;
  weightGradient(
    dy: number,
    dyStride: number,
    x: number,
    xStride: number,
    gradient: number,
    inputs: number,
    outputs: number,
    vectors: number,
  ): void;
  biasGradient(dy: number, dyStride: number, gradient: number, outputs: number, vectors: number): void;
  normaliseAdvantages(rows: number, stride: number, count: number): void;
  ppoLoss(
    rows: number,
    rowsStride: number,
    heads: number,
    dHeads: number,
    headsStride: number,
    values: number,
    dValues: number,
    valuesStride: number,
    logStd: number,
    dLogStd: number,
    continuous: number,
    branches: number,
    sizes: number,
    count: number,
    clipRange: number,
    valueClipRange: number,
    entropyCoefficient: number,
    valueCoefficient: number,
    scratch: number,
    statistics: number,
  ): void;
  sumOfSquares(values: number, count: number): number;
  adam(
    parameters: number,
    gradients: number,
    first: number,
    second: number,
    count: number,
    scale: number,
    rate: number,
    rootScale: number,
    epsilon: number,
  ): void;
}

/** How the kernels compute. */
export interface KernelOptions {
  /**
   * Use relaxed SIMD: about a third faster, but the last bits depend on the processor. Default false: the same bits
   * everywhere.
   */
  readonly fastMath?: boolean;
}

type Flavour = "strict" | "relaxed";

// The smallest modules that use one instruction each: i8x16.splat; i8x16.relaxed_swizzle.
const SIMD_PROBE = [
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 8, 1, 6, 0, 65, 0, 253, 15, 11,
];
const RELAXED_PROBE = [
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 15, 1, 13, 0, 65, 1, 253, 15, 65, 2, 253, 15,
  253, 128, 2, 11,
];

const compiled = new Map<string, Promise<WebAssembly.Module>>();

/**
 * A fresh instance of the deciding kernels with a memory of its own.
 *
 * @throws UnsupportedError when WebAssembly or the SIMD it needs is missing.
 */
export async function loadDecideKernels(options: KernelOptions = {}): Promise<DecideKernels> {
  const flavour = chooseFlavour(options);
  const module = await compileOnce(`decide-${flavour}`, () =>
    flavour === "strict" ? import("./generated/decide-strict.ts") : import("./generated/decide-relaxed.ts"),
  );
  return (await WebAssembly.instantiate(module)).exports as unknown as DecideKernels;
}

/** Like `loadDecideKernels`, for learning. */
export async function loadLearnKernels(options: KernelOptions = {}): Promise<LearnKernels> {
  const flavour = chooseFlavour(options);
  const module = await compileOnce(`learn-${flavour}`, () =>
    flavour === "strict" ? import("./generated/learn-strict.ts") : import("./generated/learn-relaxed.ts"),
  );
  return (await WebAssembly.instantiate(module)).exports as unknown as LearnKernels;
}

function chooseFlavour(options: KernelOptions): Flavour {
  if (typeof WebAssembly === "undefined") {
    throw new UnsupportedError(
      "Neural kernels: needed WebAssembly, came a browser without it. Use a browser from 2021 or later.",
    );
  }
  if (!validates(SIMD_PROBE)) {
    throw new UnsupportedError(
      "Neural kernels: needed WebAssembly SIMD, came a browser without it. Use Chrome 91, Firefox 113, Safari 16.4 or later.",
    );
  }
  if (!options.fastMath) return "strict";
  if (!validates(RELAXED_PROBE)) {
    throw new UnsupportedError(
      "Neural kernels: fastMath needs WebAssembly relaxed SIMD, which is missing here. Leave fastMath out, or start Node with --experimental-wasm-relaxed-simd.",
    );
  }
  return "relaxed";
}

/** Whether `fastMath` can be had here. */
export function supportsFastMath(): boolean {
  return typeof WebAssembly !== "undefined" && validates(RELAXED_PROBE);
}

function validates(bytes: readonly number[]): boolean {
  return WebAssembly.validate(new Uint8Array(bytes));
}

function compileOnce(name: string, load: () => Promise<{ default: string }>): Promise<WebAssembly.Module> {
  let module = compiled.get(name);
  if (!module) {
    module = load().then(({ default: text }) => compilePacked(text, "Neural kernels"));
    compiled.set(name, module);
    // A download that failed may be tried again.
    module.catch(() => compiled.delete(name));
  }
  return module;
}

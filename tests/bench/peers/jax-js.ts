import { loadPeer } from "./load-peer.ts";

/**
 * The part of jax-js 0.1.25 that the benchmarks use. An array passed to a function is consumed by it; `.ref` keeps it
 * for one more use.
 */
export interface JaxArray {
  readonly ref: this;
  readonly shape: number[];
  add(other: JaxArray | number): JaxArray;
  sub(other: JaxArray | number): JaxArray;
  mul(other: JaxArray | number): JaxArray;
  div(other: JaxArray | number): JaxArray;
  sum(axis?: number | null): JaxArray;
  mean(axis?: number | null): JaxArray;
  reshape(shape: number[]): JaxArray;
  transpose(): JaxArray;
  data(): Promise<Float32Array>;
  dataSync(): Float32Array;
  dispose(): void;
}

export type JaxTree = JaxArray | readonly JaxTree[] | { readonly [key: string]: JaxTree };

export type JaxDevice = "wasm" | "webgpu";

export interface Jax {
  readonly numpy: {
    array(values: Float32Array, options?: { shape?: number[] }): JaxArray;
    zeros(shape: number[]): JaxArray;
    matmul(a: JaxArray, b: JaxArray): JaxArray;
    tanh(x: JaxArray): JaxArray;
    exp(x: JaxArray): JaxArray;
    sqrt(x: JaxArray): JaxArray;
    reciprocal(x: JaxArray): JaxArray;
    square(x: JaxArray): JaxArray;
    clip(x: JaxArray, low: number, high: number): JaxArray;
    minimum(a: JaxArray, b: JaxArray | number): JaxArray;
    abs(x: JaxArray): JaxArray;
    greater(a: JaxArray, b: number): JaxArray;
    where(condition: JaxArray, then: number, otherwise: number): JaxArray;
    stack(arrays: readonly JaxArray[]): JaxArray;
  };
  blockUntilReady<T extends JaxTree>(tree: T): Promise<T>;
  jit<F extends (...args: never[]) => JaxTree>(f: F): F;
  grad<A extends unknown[]>(
    f: (first: readonly JaxArray[], ...rest: A) => [loss: JaxArray, told: JaxArray[]],
    options: { readonly hasAux: true },
  ): (first: readonly JaxArray[], ...rest: A) => [gradients: JaxArray[], told: JaxArray[]];
  init(...devices: JaxDevice[]): Promise<string[]>;
  defaultDevice(device: JaxDevice): string;
}

/** jax-js on its WebAssembly backend; in Node that backend has one thread. */
export async function loadJax(): Promise<Jax> {
  const jax = (await loadPeer("@jax-js/jax")) as Jax;
  const devices = await jax.init("wasm");
  if (!devices.includes("wasm")) {
    throw new Error(`loadJax: needed the device "wasm", came ${devices.join(", ")}. Use a Node with WebAssembly SIMD.`);
  }
  jax.defaultDevice("wasm");
  return jax;
}

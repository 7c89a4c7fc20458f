import type * as tf from "@tensorflow/tfjs";
import code from "../generated/adam-strict.ts";
import { writeJournal } from "./adam-cpu.ts";
import { clipScale, variablesOf, type AdamCall } from "./adam-kernel.ts";

/** The part of TensorFlow.js's wasm backend (4.22.0) that is used. */
interface WasmBackend {
  readonly wasm: { readonly asm: { readonly memory: WebAssembly.Memory } };
  readonly dataIdMap: { get(dataId: tf.DataId): { readonly memoryOffset: number } };
  makeOutput(shape: number[], dtype: "float32"): tf.TensorInfo;
  typedArrayFromHeap(tensor: tf.TensorInfo): Float32Array;
}

/** See plugin/nets/assembly/adam.ts. Pointers are byte addresses in the backend's memory. */
interface AdamExports {
  sumOfSquares(values: number, count: number): number;
  adam(
    parameters: number,
    gradients: number,
    next: number,
    first: number,
    second: number,
    count: number,
    scale: number,
    rate: number,
    rootScale: number,
    epsilon: number,
    beta1: number,
    beta2: number,
    take1: number,
    take2: number,
  ): void;
}

let compiled: WebAssembly.Module | null = null;
const instances = new WeakMap<WasmBackend, AdamExports>();

/**
 * The optimiser's step by SIMD on the backend's own memory.
 *
 * Variables get new tensors, since the backend keeps packed copies of filters and matrices by tensor.
 */
export function adamOnWasm(call: AdamCall<WasmBackend>): tf.TensorInfo[] {
  const { inputs, backend, attributes } = call;
  const { rate, rootScale, epsilon, beta1, beta2 } = attributes;
  const kernels = kernelsOf(backend);
  const pairs = variablesOf(call);
  const outputs = pairs.map(({ variable }) => backend.makeOutput(variable.shape, "float32"));
  const address = (tensor: tf.TensorInfo): number => backend.dataIdMap.get(tensor.dataId).memoryOffset;
  const squares = pairs.reduce((sum, { gradient, count }) => sum + kernels.sumOfSquares(address(gradient), count), 0);
  const norm = Math.sqrt(squares);
  // A tensor that comes from another backend may make the memory grow, which would end a view that was made before.
  for (const input of [inputs["journal"]!, inputs["watched"]]) if (input) address(input);
  const watched = inputs["watched"] ? backend.typedArrayFromHeap(inputs["watched"]) : new Float32Array(0);
  const isTaken = writeJournal(backend.typedArrayFromHeap(inputs["journal"]!), watched, norm, attributes);
  const scale = clipScale(norm, attributes.maxGradientNorm);
  let first = address(inputs["first"]!);
  let second = address(inputs["second"]!);
  pairs.forEach(({ variable, gradient, count }, i) => {
    if (isTaken) {
      const [from, by, to] = [address(variable), address(gradient), address(outputs[i])];
      const betas = [beta1, beta2, 1 - beta1, 1 - beta2] as const;
      kernels.adam(from, by, to, first, second, count, scale, rate, rootScale, epsilon, ...betas);
    } else backend.typedArrayFromHeap(outputs[i]).set(backend.typedArrayFromHeap(variable));
    first += 4 * count;
    second += 4 * count;
  });
  return outputs;
}

function kernelsOf(backend: WasmBackend): AdamExports {
  let kernels = instances.get(backend);
  if (!kernels) {
    // Small enough to be compiled at once everywhere: browsers refuse that on the page only above 4 KiB.
    compiled ??= new WebAssembly.Module(Uint8Array.from(atob(code), (character) => character.charCodeAt(0)));
    const { memory } = backend.wasm.asm;
    kernels = new WebAssembly.Instance(compiled, { env: { memory } }).exports as unknown as AdamExports;
    instances.set(backend, kernels);
  }
  return kernels;
}

import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import * as tf from "@tensorflow/tfjs";
import { ConfigurationError } from "../../core/errors.ts";
import { changeCellsKernel, pickCellsKernel, senseCellsBackKernel, senseCellsKernel } from "./automaton.ts";
import { conv2D, conv2DBackpropFilter, conv2DBackpropInput, fusedConv2D } from "./conv2d.ts";
import {
  depthwiseBackpropFilter,
  depthwiseBackpropInput,
  depthwiseConv2dNative,
  fusedDepthwiseConv2D,
} from "./depthwise.ts";
import { batchMatMul } from "./mat-mul.ts";
import { maxPoolGrad } from "./max-pool.ts";
import { padEdgesBackKernel, padEdgesKernel } from "./pad-edges.ts";
import { mean, sum } from "./reduce.ts";
import { refusedKernels } from "./refused.ts";
import { unsortedSegmentSum } from "./segment-sum.ts";
import { takeLinesKernel } from "./take-lines.ts";
import { loadTeachKernels } from "./teach-kernels.ts";
import { memoryOf, type WasmKernel } from "./wasm-host.ts";

/** All of them. */
const KERNELS: readonly WasmKernel[] = [
  conv2D,
  fusedConv2D,
  conv2DBackpropInput,
  conv2DBackpropFilter,
  depthwiseConv2dNative,
  fusedDepthwiseConv2D,
  depthwiseBackpropInput,
  depthwiseBackpropFilter,
  maxPoolGrad,
  unsortedSegmentSum,
  batchMatMul,
  sum,
  mean,
  padEdgesKernel,
  padEdgesBackKernel,
  takeLinesKernel,
  senseCellsKernel,
  senseCellsBackKernel,
  changeCellsKernel,
  pickCellsKernel,
  ...refusedKernels,
];

const registered = new WeakMap<object, Promise<void>>();

/**
 * Gives tfjs-wasm the kernels that it lacks, or has slow or wrong, so that networks can be taught on it. They work in its
 * memory, without copies.
 *
 * For whoever starts tfjs-wasm without `useWasmBackend`. Once for each backend that "wasm" stands for; later calls do
 * nothing.
 *
 * @throws ConfigurationError when the backend "wasm" is not started.
 * @throws UnsupportedError when it runs with threads.
 */
export async function registerWasmKernels(): Promise<void> {
  const backend = tf.engine().registry["wasm"] as BackendWasm | undefined;
  if (backend === undefined) {
    throw new ConfigurationError(
      'registerWasmKernels: needed the backend "wasm", came none. Await useWasmBackend() instead, which starts it.',
    );
  }
  const known = registered.get(backend);
  if (known) return known;
  const registering = register(backend);
  registered.set(backend, registering);
  registering.catch(() => registered.delete(backend));
  return registering;
}

/** Whether the current backend is tfjs-wasm with our kernels. */
export function areWasmKernelsRegistered(): boolean {
  const config = tf.getKernel(tf.Conv2DBackpropFilter, "wasm") as tf.KernelConfig | undefined;
  return tf.getBackend() === "wasm" && config !== undefined && originals.has(config.kernelFunc);
}

async function register(backend: BackendWasm): Promise<void> {
  const kernels = await loadTeachKernels(memoryOf(backend));
  for (const kernel of KERNELS) {
    const original = originalOf(kernel.name);
    const kernelFunc: tf.KernelFunc = (call) => {
      const { inputs, attrs } = call;
      return kernel.run({
        backend,
        kernels,
        inputs,
        attributes: attrs ?? {},
        original: (changed) => original!.kernelFunc({ ...call, attrs: { ...attrs, ...changed } }),
      });
    };
    originals.set(kernelFunc, original);
    if (tf.getKernel(kernel.name, "wasm")) tf.unregisterKernel(kernel.name, "wasm");
    // The original's setup runs whenever tfjs-wasm starts.
    tf.registerKernel({ ...original, kernelName: kernel.name, backendName: "wasm", kernelFunc });
  }
}

/** What tfjs-wasm itself has under the names of our kernels, by our kernel. */
const originals = new WeakMap<tf.KernelFunc, tf.KernelConfig | undefined>();

function originalOf(name: string): tf.KernelConfig | undefined {
  const present = tf.getKernel(name, "wasm") as tf.KernelConfig | undefined;
  return present && originals.has(present.kernelFunc) ? originals.get(present.kernelFunc) : present;
}

import * as tf from "@tensorflow/tfjs";
import { UnsupportedError } from "../core/errors.ts";
import { isGpuLost, replaceLostGpu, watchGpu } from "./lost-gpu.ts";
import { repairGradients } from "./repair-gradients.ts";
import { useWasmBackend, type WasmBackendOptions } from "./wasm-backend.ts";

/** Where TensorFlow.js computes. `cpu` is slow, and exact enough to compare others with. */
export type NetsBackend = "webgpu" | "wasm" | "cpu";

/**
 * Makes a backend of TensorFlow.js ready and current. A webgpu backend whose device was lost is replaced.
 *
 * @throws UnsupportedError where it cannot be had, ConfigurationError for wasm on a page without `wasmUrl`.
 */
export async function startBackend(backend: NetsBackend, options: WasmBackendOptions = {}): Promise<void> {
  repairGradients();
  if (backend === "wasm") {
    await useWasmBackend(options);
    return;
  }
  if (backend === "webgpu" && tf.findBackendFactory("webgpu") === null) {
    const gpu = (globalThis as { navigator?: { gpu?: GPU } }).navigator?.gpu;
    if (!(await gpu?.requestAdapter())) throw noBackend(backend, "a place without WebGPU");
    await import("@tensorflow/tfjs-backend-webgpu").catch((cause: unknown) => {
      throw noBackend(backend, 'a project without "@tensorflow/tfjs-backend-webgpu"', cause);
    });
  }
  if (backend === "webgpu") replaceLostGpu();
  const isReady = await tf.setBackend(backend).catch((cause: unknown) => {
    throw noBackend(backend, cause instanceof Error ? cause.message : String(cause), cause);
  });
  if (!isReady) throw noBackend(backend, "a failure that TensorFlow.js has logged");
  if (backend !== "webgpu") return;
  watchGpu();
  if (isGpuLost()) throw noBackend(backend, "a device that is lost");
}

/**
 * Makes a backend current that is ready, at once. TensorFlow.js computes on one at a time, and somebody else may have changed it during an
 * `await`; what lies on webgpu could then not be read.
 */
export function useBackend(backend: string): void {
  if (tf.getBackend() !== backend) void tf.setBackend(backend);
}

function noBackend(backend: NetsBackend, came: string, cause?: unknown): UnsupportedError {
  const advice = backend === "webgpu" ? 'Use the backend "wasm".' : 'Use the backend "wasm" or "webgpu".';
  return new UnsupportedError(`TensorFlow.js: needed its backend "${backend}", came ${came}. ${advice}`, { cause });
}

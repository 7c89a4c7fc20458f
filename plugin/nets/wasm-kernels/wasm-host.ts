import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import type * as tf from "@tensorflow/tfjs";
import { UnsupportedError } from "../../core/errors.ts";
import type { TeachKernels } from "./teach-kernels.ts";

/** The part of tfjs-wasm's module that its types leave out. */
interface HostModule {
  readonly asm: { readonly memory: WebAssembly.Memory };
  _malloc(bytes: number): number;
  _free(address: number): void;
}

/** tfjs-wasm with its memory. @throws UnsupportedError when it runs with threads. */
export function memoryOf(backend: BackendWasm): WebAssembly.Memory {
  const { memory } = moduleOf(backend).asm;
  if (memory === undefined || !(memory.buffer instanceof ArrayBuffer)) {
    throw new UnsupportedError(
      'registerWasmKernels: needed tfjs-wasm with one thread, came one with threads. Set tf.env().set("WASM_HAS_MULTITHREAD_SUPPORT", false) before its start, or start it with useWasmBackend.',
    );
  }
  return memory;
}

/** The address of a tensor's values in tfjs-wasm's memory; a tensor of another backend is moved there. */
export function addressOf(backend: BackendWasm, tensor: tf.TensorInfo): number {
  return backend.dataIdMap.get(tensor.dataId).memoryOffset;
}

/**
 * Runs `work` with memory of its own, which is freed afterwards. What it holds at first is anything.
 *
 * @param bytes - May be 0; the address is then 0.
 * @throws UnsupportedError when there is no more memory.
 */
export function withScratch<T>(backend: BackendWasm, bytes: number, work: (address: number) => T): T {
  if (bytes === 0) return work(0);
  const module = moduleOf(backend);
  const address = module._malloc(bytes) >>> 0;
  if (address === 0) {
    throw new UnsupportedError(
      `tfjs-wasm: needed ${bytes} more bytes, came none. Use smaller batches, or dispose of tensors earlier.`,
    );
  }
  try {
    return work(address);
  } finally {
    module._free(address);
  }
}

/** A kernel as this folder writes them. */
export interface WasmKernel {
  readonly name: string;
  /** As in tfjs-core's kernel_names.ts. */
  run(call: KernelCall): tf.TensorInfo | tf.TensorInfo[];
}

/** What a kernel is given. */
export interface KernelCall {
  readonly backend: BackendWasm;
  readonly kernels: TeachKernels;
  /** By the names that TensorFlow.js gives them. */
  readonly inputs: Readonly<Record<string, tf.TensorInfo | undefined>>;
  readonly attributes: Readonly<Record<string, unknown>>;
  /** Does it as tfjs-wasm itself does, with these attributes changed; only where that has a kernel of the same name. */
  original(attributes?: object): tf.TensorInfo | tf.TensorInfo[];
}

/** A float32 or int32 tensor whose values are still to be written. */
export function makeOutput(
  backend: BackendWasm,
  shape: number[],
  dtype: "float32" | "int32" = "float32",
): tf.TensorInfo {
  return backend.makeOutput(shape, dtype);
}

function moduleOf(backend: BackendWasm): HostModule {
  return backend.wasm as unknown as HostModule;
}

import type { AbstractEngine } from "@babylonjs/core/Engines/abstractEngine.js";
import type { Observer } from "@babylonjs/core/Misc/observable.js";
import * as tf from "@tensorflow/tfjs";
import { WebGPUBackend } from "@tensorflow/tfjs-backend-webgpu";
import { ConfigurationError } from "../core/errors.ts";
import { Observable } from "../core/observable.ts";
import { lendGpu } from "../nets/lost-gpu.ts";
import { adapterInfoOf, flushScene, requireDevice } from "./engine-access.ts";

/** TensorFlow.js registers its WebGPU kernels under this name, so the backend must keep it. */
const BACKEND = "webgpu";
/** As TensorFlow.js itself registers it. */
const PRIORITY = 3;
const WHO = "shareDevice";

/** The parts of the backend that its types keep private. */
interface BackendInside {
  readonly commandEncoder: GPUCommandEncoder | null;
  endComputePassEncoder(): void;
  submitQueue(): void;
  readonly bufferManager: {
    readonly freeBuffers: Map<string, GPUBuffer[]>;
    numFreeBuffers: number;
    numBytesAllocated: number;
  };
}

/** Only one engine at a time can lend its device, since TensorFlow.js has one WebGPU backend a page. */
let present: SharedDevice | null = null;

/**
 * Lets TensorFlow.js compute on the GPU device of a rendering engine, so that pictures go from one to the other without
 * leaving the GPU. Call it before the first tensor is made on WebGPU. Afterwards `webgpu` is the backend in use.
 *
 * The same device serves `createWebGpuPpoLearner(role, network, { device: shared.device })`.
 *
 * @param engine - A `WebGPUEngine` after `initAsync`. It must outlive what is returned, since it destroys the device with itself.
 * @throws ConfigurationError for another engine, for a second one, or when there are tensors on TensorFlow.js' own device.
 */
export async function shareDevice(engine: AbstractEngine): Promise<SharedDevice> {
  requireDevice(engine, WHO);
  if (present) {
    const came = present.engine === engine ? "it twice" : "a second one";
    throw new ConfigurationError(
      `${WHO}: needed the only engine that shares its device, came ${came}. Dispose of the first sharing, or use it.`,
    );
  }
  const own = tf.engine().registry[BACKEND] as { numDataIds(): number } | undefined;
  if (own && own.numDataIds() > 0) {
    throw new ConfigurationError(
      `${WHO}: needed no tensors on TensorFlow.js' own WebGPU device, came ${own.numDataIds()}. Share the device before the first tensor, or dispose of them.`,
    );
  }
  const shared = new SharedDevice(engine);
  present = shared;
  try {
    await shared.ready;
  } catch (error) {
    shared.dispose();
    throw error;
  }
  return shared;
}

/** One GPU device for Babylon and TensorFlow.js; see `shareDevice`. */
export class SharedDevice {
  readonly engine: AbstractEngine;
  /** Told when the device is lost: tensors on it are gone, and nothing can be computed until `onRestoredObservable`. */
  readonly onLostObservable = new Observable<SharedDevice>();
  /** Told when there is a new device and the kept variables have their values again. */
  readonly onRestoredObservable = new Observable<SharedDevice>();
  readonly #factory = tf.findBackendFactory(BACKEND) as (() => WebGPUBackend | Promise<WebGPUBackend>) | null;
  readonly #kept = new Map<tf.Variable, KeptValue>();
  readonly #observers: Observer<AbstractEngine>[];
  #ready: Promise<void>;
  #lost = false;
  #disposed = false;

  /** @internal Use `shareDevice`. */
  constructor(engine: AbstractEngine) {
    this.engine = engine;
    this.#ready = this.#connect();
    this.#observers = [
      engine.onContextLostObservable.add(() => this.#lose()),
      engine.onContextRestoredObservable.add(() => {
        this.#ready = this.#restore();
        this.#ready.catch(() => {}); // whoever awaits `ready` hears of it
      }),
    ];
  }

  /** The device at present; after a loss it is another. */
  get device(): GPUDevice {
    return requireDevice(this.engine, "SharedDevice");
  }

  /** Whether the device was lost and its successor is not there yet. */
  get isLost(): boolean {
    return this.#lost;
  }

  /** Resolves when tensors can be computed: at once, or after a restoration. */
  get ready(): Promise<void> {
    return this.#ready;
  }

  /** Submits what Babylon has recorded. Before TensorFlow.js, or a shader of yours, reads what Babylon draws or writes. */
  flushScene(): void {
    flushScene(this.engine);
  }

  /** Submits what TensorFlow.js has recorded; it collects 15 dispatches. Before Babylon reads what TensorFlow.js computes. */
  flushTensors(): void {
    const backend = tf.engine().registry[BACKEND] as unknown as BackendInside | undefined;
    if (!backend?.commandEncoder) return;
    backend.endComputePassEncoder();
    backend.submitQueue();
  }

  /**
   * Frees the buffers that TensorFlow.js has in store for later tensors of the same size, e.g. when no more pictures of a size are
   * to come: it never does so by itself.
   */
  freePool(): void {
    this.flushTensors();
    const backend = tf.engine().registry[BACKEND] as unknown as BackendInside | undefined;
    if (!backend) return;
    const { bufferManager } = backend;
    for (const buffers of bufferManager.freeBuffers.values()) {
      for (const buffer of buffers.splice(0)) {
        bufferManager.numFreeBuffers -= 1;
        bufferManager.numBytesAllocated -= buffer.size;
        buffer.destroy();
      }
    }
  }

  /**
   * Keeps the values of variables beyond the loss of the device, by copies in ordinary memory. Call it again after every
   * change that is worth keeping; each call is one readback per variable.
   */
  async keep(variables: readonly tf.Variable[]): Promise<void> {
    await Promise.all(
      variables.map(async (variable) => {
        // A tensor of its own: TensorFlow.js remembers what it once read, even where a kernel has written there since.
        const copy = tf.tidy(() => tf.mul(variable, tf.scalar(1, variable.dtype)));
        try {
          const values = (await copy.data()).slice();
          this.#kept.set(variable, { values, shape: [...variable.shape], dtype: variable.dtype });
        } finally {
          copy.dispose();
        }
      }),
    );
  }

  /** Forgets the copies of variables, e.g. before they are disposed of. */
  release(variables: readonly tf.Variable[]): void {
    for (const variable of variables) this.#kept.delete(variable);
  }

  /**
   * Gives TensorFlow.js back its own device, which it requests when it is next used. Tensors on the shared device are gone;
   * kept variables keep their values. May be called twice.
   */
  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    for (const observer of this.#observers) observer.remove();
    this.onLostObservable.clear();
    this.onRestoredObservable.clear();
    if (present === this) present = null;
    this.#rescue();
    removeBackend();
    if (this.#factory) tf.registerBackend(BACKEND, this.#factory, PRIORITY);
    this.#kept.clear();
  }

  async #connect(): Promise<void> {
    const { engine } = this;
    const device = requireDevice(engine, WHO);
    lendGpu(device);
    removeBackend();
    tf.registerBackend(BACKEND, () => new WebGPUBackend(device, adapterInfoOf(engine)), PRIORITY);
    if (await tf.setBackend(BACKEND)) return;
    throw new ConfigurationError(
      `${WHO}: needed TensorFlow.js to take the engine's device, came a refusal. Use version 4.22.0 of @tensorflow/tfjs and @tensorflow/tfjs-backend-webgpu.`,
    );
  }

  #lose(): void {
    this.#lost = true;
    this.#rescue();
    this.onLostObservable.notifyObservers(this);
  }

  async #restore(): Promise<void> {
    await this.#connect();
    if (this.#disposed) return;
    this.#lost = false;
    this.onRestoredObservable.notifyObservers(this);
  }

  /** Puts the copies into the variables, in ordinary memory; TensorFlow.js uploads them when they are next used on the GPU. */
  #rescue(): void {
    const cpu = tf.engine().findBackend("cpu");
    for (const [variable, { values, shape, dtype }] of this.#kept) {
      if (variable.isDisposed) {
        this.#kept.delete(variable);
        continue;
      }
      const value = tf.engine().makeTensor(values.slice(), shape, dtype, cpu);
      variable.assign(value);
      value.dispose();
    }
  }
}

/** Also disposes of what the backend holds. */
function removeBackend(): void {
  if (tf.findBackendFactory(BACKEND)) tf.removeBackend(BACKEND);
}

/** What a variable was. */
interface KeptValue {
  readonly values: Float32Array | Int32Array | Uint8Array;
  readonly shape: number[];
  readonly dtype: tf.DataType;
}

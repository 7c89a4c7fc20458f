import * as tf from "@tensorflow/tfjs";
import { deviceLost } from "../compute/webgpu/device-errors.ts";
import { UnsupportedError } from "../core/errors.ts";

/** Milliseconds within which a device that failed says whether it is lost. */
const NEWS_OF_LOSS = 100;

/** What is known of a device. */
interface Watched {
  readonly lost: Promise<void>;
  info: GPUDeviceLostInfo | null;
  /**
   * Whoever waits for errors that nobody caught: a kernel that does not compile leaves its tensors as they were, and says so only
   * there.
   */
  readonly listeners: Set<string[]>;
}

/** The devices of TensorFlow.js's webgpu backends. */
const devices = new WeakMap<GPUDevice, Watched>();

/** Devices of others, whose errors need not come from TensorFlow.js. */
const lent = new WeakSet<GPUDevice>();

/** Says that somebody else computes or draws on a device, too: errors that nobody caught are then not taken for a learner's. */
export function lendGpu(device: GPUDevice): void {
  lent.add(device);
}

/** The device of the webgpu backend that is registered now, if it has been used. */
function presentDevice(): GPUDevice | null {
  const backend = tf.engine().registry["webgpu"] as { readonly device?: GPUDevice } | undefined;
  return backend?.device ?? null;
}

/** Listens to the present device of TensorFlow.js; once a device, however often it is called. */
export function watchGpu(): void {
  const device = presentDevice();
  if (!device || devices.has(device)) return;
  const lost = device.lost.then((info) => {
    watched.info = info;
  });
  const watched: Watched = { lost, info: null, listeners: new Set() };
  devices.set(device, watched);
  if (lent.has(device)) return;
  device.addEventListener("uncapturederror", ({ error }) => {
    for (const complaints of watched.listeners) complaints.push(error.message);
  });
}

/** Replaces a webgpu backend whose device is lost by a new one; its tensors are lost, too. */
export function replaceLostGpu(): void {
  if (!isGpuLost()) return;
  const factory = tf.findBackendFactory("webgpu");
  const { priority } = tf.engine().registryFactory["webgpu"];
  tf.removeBackend("webgpu");
  tf.registerBackend("webgpu", factory, priority);
}

/** Whether the present device of TensorFlow.js is lost, as far as it has said so. */
export function isGpuLost(): boolean {
  const device = presentDevice();
  return device !== null && (devices.get(device)?.info ?? null) !== null;
}

/**
 * Does something on TensorFlow.js's webgpu backend, which by itself neither tells a lost device from other failures nor says
 * that a kernel did nothing.
 *
 * @param who - Named at the start of messages.
 * @throws DeviceLostError when it failed because the device was lost, UnsupportedError when the device complained meanwhile.
 */
export async function watchingGpu<T>(who: string, work: () => Promise<T>): Promise<T> {
  const device = presentDevice();
  const watched = device && devices.get(device);
  if (!watched) return work();
  const complaints: string[] = [];
  watched.listeners.add(complaints);
  try {
    const result = await work();
    if (complaints.length === 0) return result;
  } catch (error) {
    // What waits for a device may fail a moment before the news of its loss arrives.
    await Promise.race([watched.lost, new Promise((resolve) => setTimeout(resolve, NEWS_OF_LOSS))]);
    if (!watched.info) throw error;
  } finally {
    watched.listeners.delete(complaints);
  }
  if (watched.info) throw deviceLost(who, watched.info);
  throw new UnsupportedError(
    `${who}: needed a GPU that takes its commands, came "${complaints[0]}". Use the backend "wasm".`,
  );
}

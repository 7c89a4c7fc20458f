import * as tf from "@tensorflow/tfjs";
import { deviceLost } from "../compute/webgpu/device-errors.ts";
import { UnsupportedError } from "../core/errors.ts";

/** Milliseconds within which a device that failed says whether it is lost. */
const NEWS_OF_LOSS = 100;

/** What is known of a device. */
interface Watched {
  readonly lost: Promise<void>;
  info: GPUDeviceLostInfo | null;
  /** Errors that nobody caught: a kernel that does not compile leaves its tensors as they were, and says so only here. */
  complaints: string[];
}

/** The devices of TensorFlow.js's webgpu backends. */
const devices = new WeakMap<GPUDevice, Watched>();

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
  const watched: Watched = { lost, info: null, complaints: [] };
  devices.set(device, watched);
  device.addEventListener("uncapturederror", ({ error }) => watched.complaints.push(error.message));
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
  watched.complaints = [];
  try {
    const result = await work();
    if (watched.complaints.length === 0) return result;
  } catch (error) {
    // What waits for a device may fail a moment before the news of its loss arrives.
    await Promise.race([watched.lost, new Promise((resolve) => setTimeout(resolve, NEWS_OF_LOSS))]);
    if (!watched.info) throw error;
  }
  if (watched.info) throw deviceLost(who, watched.info);
  throw new UnsupportedError(
    `${who}: needed a GPU that takes its commands, came "${watched.complaints[0]}". Use the backend "wasm".`,
  );
}

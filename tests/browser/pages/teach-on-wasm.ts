import * as tf from "@tensorflow/tfjs";
import { useWasmBackend } from "../../../plugin/nets/wasm-backend.ts";

/** Starts tfjs-wasm and differentiates by a filter. Resolves to backend and gradient, or to an error's message. */
export async function startAndTeach(url: string | null): Promise<string> {
  try {
    await useWasmBackend(url === null ? {} : { wasmUrl: url });
  } catch (error) {
    return (error as Error).message;
  }
  const x = tf.tensor4d([1, 2, 3, 4], [1, 2, 2, 1]);
  const convolve = (filter: tf.Tensor): tf.Tensor => tf.conv2d(x, filter as tf.Tensor4D, 1, "valid");
  const gradient = await tf
    .grad(convolve)(tf.ones([1, 2, 1, 1]))
    .data();
  return `${tf.getBackend()}: ${gradient.join(", ")}`;
}

import * as tf from "@tensorflow/tfjs";
import "@tensorflow/tfjs-backend-wasm";

/**
 * TensorFlow.js on one of its backends, without the notice that its cpu backend prints in Node.
 *
 * The cpu backend sums in float64 and stores float32: that is what makes it an oracle.
 */
export async function loadTfjs(backend: "cpu" | "wasm"): Promise<typeof tf> {
  tf.enableProdMode();
  if (!(await tf.setBackend(backend))) {
    throw new Error(`loadTfjs: needed the backend "${backend}", came none. Install @tensorflow/tfjs 4.22.0.`);
  }
  await tf.ready();
  return tf;
}

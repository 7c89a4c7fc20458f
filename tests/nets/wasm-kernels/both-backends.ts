import * as tf from "@tensorflow/tfjs";
import { Random } from "../../../plugin/core/random.ts";
import { useWasmBackend } from "../../../plugin/nets/wasm-backend.ts";

/** Makes a tensor of numbers in [-1, 1). */
export type Draw = (shape: readonly number[]) => tf.Tensor;

/** tfjs-wasm with our kernels, and tfjs-cpu without the notice that it prints in Node. */
export async function loadBothBackends(): Promise<void> {
  tf.enableProdMode();
  await useWasmBackend();
}

/**
 * Does the same work on both backends with the same numbers.
 *
 * @returns The largest difference of a result on tfjs-wasm from tfjs-cpu, over the largest number of that result.
 */
export async function differenceFromCpu(seed: number, work: (draw: Draw) => tf.Tensor[]): Promise<number> {
  const expected = await run("cpu", seed, work);
  const actual = await run("wasm", seed, work);
  return Math.max(...expected.map((values, i) => differenceOf(actual[i], values)));
}

async function run(backend: string, seed: number, work: (draw: Draw) => tf.Tensor[]): Promise<tf.Tensor[]> {
  await tf.setBackend(backend);
  const random = new Random(seed);
  return tf.tidy(() =>
    work((shape) => {
      const values = Float32Array.from({ length: tf.util.sizeFromShape([...shape]) }, () => random.between(-1, 1));
      return tf.tensor(values, [...shape]);
    }),
  );
}

function differenceOf(actual: tf.Tensor, expected: tf.Tensor): number {
  if (String(actual.shape) !== String(expected.shape)) throw new Error(`shapes: ${actual.shape} and ${expected.shape}`);
  const [a, b] = [actual.dataSync(), expected.dataSync()];
  tf.dispose([actual, expected]);
  let difference = 0;
  let largest = 1e-3; // below that all is rounding
  b.forEach((value, i) => {
    difference = Math.max(difference, Math.abs(a[i] - value));
    largest = Math.max(largest, Math.abs(value));
  });
  return difference / largest;
}

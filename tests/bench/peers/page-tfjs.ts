import * as tf from "@tensorflow/tfjs";
import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import simdUrl from "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url";
import threadedUrl from "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm?url";
import plainUrl from "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url";
import "@tensorflow/tfjs-backend-webgpu";
import type { LayerLayout } from "../../../plugin/core/network-spec.ts";

export type TfjsBackend = "cpu" | "wasm" | "webgpu";

// It wants all three, and takes the second in a page without shared memory.
setWasmPaths({
  "tfjs-backend-wasm.wasm": plainUrl,
  "tfjs-backend-wasm-simd.wasm": simdUrl,
  "tfjs-backend-wasm-threaded-simd.wasm": threadedUrl,
});
tf.enableProdMode();

/** Makes a backend of tfjs the present one, in a page. @throws Error where it cannot be had. */
export async function useTfjs(backend: TfjsBackend): Promise<void> {
  if (tf.getBackend() === backend) return;
  if (!(await tf.setBackend(backend))) throw new Error(`tfjs: needed the backend "${backend}", came none.`);
}

/**
 * Reads variables into the layout of `layOutNetwork`, without stopping the thread.
 *
 * @param variables - As `OracleNetwork.variables` lists them: weights [inputs, outputs] and biases of every layer, then log
 * standard deviations.
 */
export async function readVariables(
  variables: readonly tf.Variable[],
  { actor, critic, logStd, size }: Layout,
): Promise<Float32Array> {
  const flat = new Float32Array(size);
  const layers = [...actor, ...critic];
  for (const [index, { inputs, outputs, weights, biases }] of layers.entries()) {
    const matrix = await variables[2 * index].data();
    for (let o = 0; o < outputs; o++) {
      for (let i = 0; i < inputs; i++) flat[weights + o * inputs + i] = matrix[i * outputs + o];
    }
    flat.set(await variables[2 * index + 1].data(), biases);
  }
  const rest = variables[2 * layers.length];
  if (rest) flat.set(await rest.data(), logStd);
  return flat;
}

interface Layout {
  readonly actor: readonly LayerLayout[];
  readonly critic: readonly LayerLayout[];
  readonly logStd: number;
  readonly size: number;
}

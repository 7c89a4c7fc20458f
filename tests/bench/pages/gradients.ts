import * as tf from "@tensorflow/tfjs";
import "@tensorflow/tfjs-backend-webgpu";
import wasmUrl from "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url";
import { repairGradients } from "../../../plugin/nets/repair-gradients.ts";
import { useWasmBackend } from "../../../plugin/nets/wasm-backend.ts";
import { GRADIENT_CASES } from "../gradients/cases.ts";
import { differentiate } from "../gradients/gradient-case.ts";

declare global {
  /** The gradients of every case with respect to each of its inputs, in the order of the cases. */
  var differentiateAll: (backend: "wasm" | "webgpu") => Promise<number[][][]>;
}

tf.enableProdMode();

globalThis.differentiateAll = async (backend) => {
  if (backend === "wasm") await useWasmBackend({ wasmUrl });
  else {
    tf.env().set("WEBGPU_CPU_FORWARD", false); // else small tensors never reach the GPU
    await tf.setBackend("webgpu");
    repairGradients();
  }
  if (tf.getBackend() !== backend) throw new Error(`needed the backend ${backend}, came ${tf.getBackend()}`);
  const gradients: number[][][] = [];
  for (const [place, one] of GRADIENT_CASES.entries()) {
    gradients.push((await differentiate(one, place)).map((values) => [...values]));
  }
  return gradients;
};

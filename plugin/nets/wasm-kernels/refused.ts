import { UnsupportedError } from "../../core/errors.ts";
import type { WasmKernel } from "./wasm-host.ts";

/** Gradients that tfjs-wasm 4.22.0 computes wrongly: better none than a wrong one. */
export const refusedKernels: readonly WasmKernel[] = [
  refuse("Conv3DBackpropInputV2", "tf.conv3d"),
  refuse("Conv3DBackpropFilterV2", "tf.conv3d"),
  refuse("Dilation2DBackpropInput", "tf.dilation2d"),
  refuse("Dilation2DBackpropFilter", "tf.dilation2d"),
];

function refuse(name: string, operation: string): WasmKernel {
  return {
    name,
    run() {
      throw new UnsupportedError(
        `tfjs-wasm ${name}: needed a gradient of ${operation}, came a backend that computes it wrongly. Use webgpu or cpu, e.g. await tf.setBackend("cpu").`,
      );
    },
  };
}

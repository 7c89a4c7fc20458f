import * as tf from "@tensorflow/tfjs";
import { withShape } from "./convolution-shape.ts";
import { addressOf, makeOutput, type WasmKernel } from "./wasm-host.ts";

/** Gradient of pooling by the largest number; tfjs-wasm 4.22.0 gives it to the wrong pixels with the padding "same". */
export const maxPoolGrad: WasmKernel = {
  name: "MaxPoolGrad",
  run(call) {
    const { backend, kernels, inputs, attributes } = call;
    const x = inputs["input"]!;
    const dy = inputs["dy"]!;
    const { filterSize, strides, pad, dimRoundingMode } = attributes as unknown as tf.MaxPoolGradAttrs;
    const pictures = x.shape as [number, number, number, number];
    const shape = tf.backend_util.computePool2DInfo(pictures, filterSize, strides, 1, pad, dimRoundingMode);
    const output = makeOutput(backend, x.shape);
    const [from, by, to] = [x, dy, output].map((tensor) => addressOf(backend, tensor));
    withShape(call, shape, null, (address) => kernels.maxPoolBack(address, from, by, to));
    return output;
  },
};

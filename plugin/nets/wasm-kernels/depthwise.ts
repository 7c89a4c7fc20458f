import { inNumbers, readShape, withShape } from "./convolution-shape.ts";
import { addressOf, makeOutput, type KernelCall, type WasmKernel } from "./wasm-host.ts";

/** Depthwise convolution. */
export const depthwiseConv2dNative: WasmKernel = { name: "DepthwiseConv2dNative", run: convolve };

/** The same with a bias and an activation. */
export const fusedDepthwiseConv2D: WasmKernel = { name: "FusedDepthwiseConv2D", run: convolve };

/** Gradient of a depthwise convolution with respect to its input. */
export const depthwiseBackpropInput: WasmKernel = {
  name: "DepthwiseConv2dNativeBackpropInput",
  run(call) {
    const { backend, kernels, inputs, attributes } = call;
    const dy = inputs["dy"]!;
    const filter = inputs["filter"]!;
    const asked = { input: attributes["inputShape"] as number[], filter: filter.shape, depthwise: true };
    const shape = readShape("DepthwiseConv2dNativeBackpropInput", attributes, asked);
    const output = makeOutput(backend, shape.inShape);
    const [from, weights, to] = [dy, filter, output].map((tensor) => addressOf(backend, tensor));
    withShape(call, shape, null, (address) => kernels.depthwiseBack(address, from, weights, to));
    return output;
  },
};

/** Gradient of a depthwise convolution with respect to its filter. */
export const depthwiseBackpropFilter: WasmKernel = {
  name: "DepthwiseConv2dNativeBackpropFilter",
  run(call) {
    const { backend, kernels, inputs, attributes } = call;
    const x = inputs["x"]!;
    const dy = inputs["dy"]!;
    const asked = { input: x.shape, filter: attributes["filterShape"] as number[], depthwise: true };
    const shape = readShape("DepthwiseConv2dNativeBackpropFilter", attributes, asked);
    const output = makeOutput(backend, shape.filterShape);
    const [pictures, gradients, to] = [x, dy, output].map((tensor) => addressOf(backend, tensor));
    withShape(call, shape, null, (address) => kernels.depthwiseFilter(address, pictures, gradients, to));
    return output;
  },
};

/**
 * As tfjs-wasm does it, but with the padding in numbers: "same" is wrong there in 4.22.0 when a filter is smaller than its stride
 * in one direction only.
 */
function convolve(call: KernelCall): ReturnType<WasmKernel["run"]> {
  const { inputs, attributes } = call;
  if (attributes["pad"] !== "same") return call.original();
  const asked = { input: inputs["x"]!.shape, filter: inputs["filter"]!.shape, depthwise: true };
  return call.original({ pad: inNumbers(readShape("DepthwiseConv2dNative", attributes, asked)) });
}

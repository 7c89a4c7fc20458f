import type * as tf from "@tensorflow/tfjs";
import { pointwise, withShape } from "./convolution-shape.ts";
import { addressOf, makeOutput, type KernelCall, type WasmKernel } from "./wasm-host.ts";

/**
 * Products with one transposed matrix, the gradients of other products: tfjs-wasm takes ten times as long for them. All else is
 * left to it.
 */
export const batchMatMul: WasmKernel = {
  name: "BatchMatMul",
  run(call) {
    const { inputs, attributes } = call;
    const a = inputs["a"]!;
    const b = inputs["b"]!;
    const { transposeA, transposeB } = attributes as unknown as tf.BatchMatMulAttrs;
    const sameBatch = a.shape.length === b.shape.length && a.shape.slice(0, -2).every((size, i) => size === b.shape[i]);
    const isOurs = transposeA !== transposeB && sameBatch && a.dtype === "float32" && b.dtype === "float32";
    if (!isOurs) return call.original();
    return transposeA ? transposedLeft(call, a, b) : transposedRight(call, a, b);
  },
};

/** aᵀ · b is the filter's gradient of a convolution that sees one pixel at a time. */
function transposedLeft(call: KernelCall, a: tf.TensorInfo, b: tf.TensorInfo): tf.TensorInfo {
  const { backend, kernels } = call;
  const [inner, left] = a.shape.slice(-2);
  const right = b.shape[b.shape.length - 1];
  const output = makeOutput(backend, [...a.shape.slice(0, -2), left, right]);
  const addresses = [a, b, output].map((tensor) => addressOf(backend, tensor));
  const steps = [inner * left, inner * right, left * right];
  withShape(call, pointwise(inner, left, right), kernels.conv2dFilterScratch, (shape, scratch) => {
    for (const [from, by, to] of matrices(a.shape, addresses, steps))
      kernels.conv2dFilter(shape, from, by, to, scratch);
  });
  return output;
}

/** a · bᵀ is the input's gradient of such a convolution. */
function transposedRight(call: KernelCall, a: tf.TensorInfo, b: tf.TensorInfo): tf.TensorInfo {
  const { backend, kernels } = call;
  const [left, inner] = a.shape.slice(-2);
  const right = b.shape[b.shape.length - 2];
  const output = makeOutput(backend, [...a.shape.slice(0, -2), left, right]);
  const addresses = [a, b, output].map((tensor) => addressOf(backend, tensor));
  const steps = [left * inner, right * inner, left * right];
  withShape(call, pointwise(left, right, inner), kernels.conv2dBackScratch, (shape, scratch) => {
    for (const [from, by, to] of matrices(a.shape, addresses, steps)) kernels.conv2dBack(shape, from, by, to, scratch);
  });
  return output;
}

/** The addresses of one matrix after the other, of each operand. */
function matrices(shape: readonly number[], addresses: readonly number[], steps: readonly number[]): number[][] {
  const count = shape.slice(0, -2).reduce((product, size) => product * size, 1);
  return Array.from({ length: count }, (_, i) => addresses.map((address, operand) => address + 4 * i * steps[operand]));
}

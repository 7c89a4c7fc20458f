import * as tf from "@tensorflow/tfjs";
import { addressOf, makeOutput, withScratch, type KernelCall, type WasmKernel } from "./wasm-host.ts";

/** Sums over all axes but the last ones, e.g. for the gradients of biases; tfjs-wasm would transpose first. */
export const sum: WasmKernel = { name: "Sum", run: (call) => reduce(call, () => 1) };

/** Means over the same axes, e.g. for instance normalisation. */
export const mean: WasmKernel = { name: "Mean", run: (call) => reduce(call, (rows) => 1 / rows) };

/** What is summed when neighbouring axes are, but not the last: [outer, rows, columns]. */
function reduce(call: KernelCall, factorOf: (rows: number) => number): ReturnType<WasmKernel["run"]> {
  const { backend, kernels, inputs, attributes } = call;
  const x = inputs["x"]!;
  const { axis, keepDims } = attributes as unknown as tf.SumAttrs;
  const axes = tf.util.parseAxisParam(axis, x.shape).sort((a, b) => a - b);
  const areNeighbours = axes.every((one, i) => one === axes[0] + i);
  const end = axes[axes.length - 1] + 1;
  const size = (from: number, to?: number): number => tf.util.sizeFromShape(x.shape.slice(from, to));
  if (x.dtype !== "float32" || axes.length === 0 || !areNeighbours || size(end) < 2 || size(0) === 0) {
    return call.original();
  }
  const rows = size(axes[0], end);
  const columns = size(end);
  const kept = x.shape.map((length, i) => (axes.includes(i) ? 1 : length));
  const output = makeOutput(backend, keepDims ? kept : x.shape.filter((_, i) => !axes.includes(i)));
  const [from, to] = [x, output].map((tensor) => addressOf(backend, tensor));
  withScratch(backend, 16 * columns, (scratch) =>
    kernels.sumRows(from, to, size(0, axes[0]), rows, columns, factorOf(rows), scratch),
  );
  return output;
}

import * as tf from "@tensorflow/tfjs";
import { areWasmKernelsRegistered } from "./wasm-kernels/register.ts";

type Filter = tf.Tensor4D;

/**
 * Makes convolutions and depthwise convolutions with dilations differentiable, on every backend; TensorFlow.js 4.22.0 refuses them.
 *
 * With our WASM kernels that costs no more than without dilations; elsewhere the filter is filled up with zeros first. Once for
 * the whole page: later calls do nothing. `repairGradients` calls it.
 */
export function registerDilatedGradients(): void {
  extend(tf.Conv2D, tf.Conv2DBackpropInput, tf.Conv2DBackpropFilter);
  extend(tf.DepthwiseConv2dNative, tf.DepthwiseConv2dNativeBackpropInput, tf.DepthwiseConv2dNativeBackpropFilter);
}

const extended = new WeakSet<tf.GradConfig>();

function extend(kernelName: string, byInput: string, byFilter: string): void {
  const original = tf.getGradient(kernelName);
  if (extended.has(original)) return;
  const gradFunc: tf.GradFunc = (dy, saved, attributes) => {
    const { dilations: asked } = attributes as unknown as Partial<tf.Conv2DAttrs>;
    const dilations = typeof asked === "number" ? ([asked, asked] as const) : (asked ?? ([1, 1] as const));
    if (dilations.every((one) => one === 1)) return original.gradFunc(dy, saved, attributes);
    const [x, filter] = saved as [tf.Tensor4D, Filter];
    const run = (kernel: string, inputs: Record<string, tf.Tensor>, changed: object): Filter =>
      tf.engine().runKernel<Filter>(kernel, inputs, { ...attributes, ...changed });
    if (areWasmKernelsRegistered()) {
      return {
        x: () => run(byInput, { dy: dy as Filter, filter }, { inputShape: x.shape }),
        filter: () => run(byFilter, { x, dy: dy as Filter }, { filterShape: filter.shape }),
      };
    }
    const [high, wide] = [0, 1].map((axis) => (filter.shape[axis] - 1) * dilations[axis] + 1);
    const filterShape = [high, wide, filter.shape[2], filter.shape[3]];
    return {
      x: () =>
        run(byInput, { dy: dy as Filter, filter: spread(filter, dilations) }, { inputShape: x.shape, dilations: 1 }),
      filter: () =>
        gatherTaps(run(byFilter, { x, dy: dy as Filter }, { filterShape, dilations: 1 }), filter, dilations),
    };
  };
  const gradient = { ...original, gradFunc };
  extended.add(gradient);
  tf.unregisterGradient(kernelName);
  tf.registerGradient(gradient);
}

/** A filter whose taps lie `dilations` apart, with zeros between them. */
function spread(filter: Filter, [down, across]: readonly [number, number]): Filter {
  const [high, wide, channels, features] = filter.shape;
  return tf.tidy(() => {
    const rows = tf.pad(tf.reshape(filter, [high, 1, -1]), [
      [0, 0],
      [0, down - 1],
      [0, 0],
    ]); // [high, down, wide · channels · features]
    const columns = tf.pad(tf.reshape(rows, [high * down * wide, 1, -1]), [
      [0, 0],
      [0, across - 1],
      [0, 0],
    ]); // [high · down · wide, across, channels · features]
    const all = tf.reshape<tf.Rank.R4>(columns, [high * down, wide * across, channels, features]);
    return tf.slice(all, [0, 0, 0, 0], [(high - 1) * down + 1, (wide - 1) * across + 1, channels, features]);
  });
}

/** The taps of a filter among the numbers that lie between them. */
function gatherTaps(spreadOut: Filter, { shape }: Filter, [down, across]: readonly [number, number]): Filter {
  const [high, wide, channels, features] = shape;
  return tf.tidy(() => {
    const all = tf.pad(spreadOut, [
      [0, down - 1],
      [0, across - 1],
      [0, 0],
      [0, 0],
    ]); // [high · down, wide · across, channels, features]
    const rows = tf.slice(tf.reshape(all, [high, down, -1]), [0, 0, 0], [high, 1, -1]);
    const columns = tf.slice(tf.reshape(rows, [high * wide, across, -1]), [0, 0, 0], [high * wide, 1, -1]);
    return tf.reshape(columns, [high, wide, channels, features]);
  });
}

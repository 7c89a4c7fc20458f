import * as tf from "@tensorflow/tfjs";
import { registerDilatedGradients } from "./dilated-gradients.ts";

let isRepaired = false;

/**
 * Makes gradients right that TensorFlow.js 4.22.0 refuses or computes wrongly, on every backend: convolutions with dilations,
 * `avgPool` at a padded edge, and on cpu `resizeNearestNeighbor` of more than one picture and `resizeBilinear` of pictures that
 * are not square. `tests/bench/gradients.md` shows what is right where.
 *
 * For the whole page; later calls do nothing. `useWasmBackend` calls it.
 */
export function repairGradients(): void {
  if (isRepaired) return;
  isRepaired = true;
  registerDilatedGradients();
  repairAveragePooling();
  replaceOnCpu("ResizeNearestNeighborGrad", () => spreadNearest);
  replaceOnCpu("ResizeBilinearGrad", (original) => (call) => {
    // The numbers are right, the shape has height and width swapped.
    const gradient = original(call) as tf.TensorInfo;
    return { ...gradient, shape: call.inputs["images"]!.shape };
  });
}

/** The means are over the pixels within the picture, but the gradient is shared out among all of the window's. */
function repairAveragePooling(): void {
  const original = tf.getGradient(tf.AvgPool);
  const gradFunc: tf.GradFunc = (dy, saved, attributes) => {
    const [x] = saved as [tf.Tensor4D];
    const pool = attributes as unknown as tf.AvgPoolAttrs;
    if (pool.pad === "valid" || pool.pad === 0) return original.gradFunc(dy, saved, attributes);
    const { filterHeight, filterWidth } = tf.backend_util.computePool2DInfo(
      x.shape,
      pool.filterSize,
      pool.strides,
      1,
      pool.pad,
      pool.dimRoundingMode,
    );
    // A sum of ones, as a convolution, counts the pixels within.
    const [, height, width] = x.shape;
    const window = tf.ones<tf.Rank.R4>([filterHeight, filterWidth, 1, 1]);
    const within = tf.conv2d(
      tf.ones<tf.Rank.R4>([1, height, width, 1]),
      window,
      pool.strides,
      pool.pad,
      "NHWC",
      1,
      pool.dimRoundingMode,
    );
    const share = tf.div(filterHeight * filterWidth, within); // [1, outHeight, outWidth, 1]
    return original.gradFunc(tf.mul(dy as tf.Tensor, share), saved, attributes);
  };
  tf.unregisterGradient(tf.AvgPool);
  tf.registerGradient({ ...original, gradFunc });
}

function replaceOnCpu(kernelName: string, replace: (original: tf.KernelFunc) => tf.KernelFunc): void {
  const config = tf.getKernel(kernelName, "cpu") as tf.KernelConfig | undefined;
  if (!config) return;
  tf.unregisterKernel(kernelName, "cpu");
  tf.registerKernel({ ...config, kernelFunc: replace(config.kernelFunc) });
}

/** The part of tfjs-cpu that is used. */
interface CpuBackend {
  readonly data: { get(dataId: object): { readonly values: Float32Array } };
  makeTensorInfo(shape: number[], dtype: "float32", values: Float32Array): tf.TensorInfo;
}

/** Each pixel of the resized picture gives its gradient to the pixel that it was taken from. */
const spreadNearest: tf.KernelFunc = ({ inputs, backend, attrs }) => {
  const cpu = backend as CpuBackend;
  const { images, dy } = inputs as { images: tf.TensorInfo; dy: tf.TensorInfo };
  const { alignCorners } = attrs as unknown as tf.ResizeNearestNeighborAttrs;
  const [batch, height, width, channels] = images.shape;
  const [, high, wide] = dy.shape;
  const from = cpu.data.get(dy.dataId).values;
  const gradient = new Float32Array(batch * height * width * channels);
  const rows = sources(height, high, alignCorners);
  const columns = sources(width, wide, alignCorners);
  let next = 0;
  for (let picture = 0; picture < batch; picture++) {
    for (const row of rows) {
      for (const column of columns) {
        const pixel = ((picture * height + row) * width + column) * channels;
        for (let channel = 0; channel < channels; channel++) gradient[pixel + channel] += from[next++];
      }
    }
  }
  return cpu.makeTensorInfo(images.shape, "float32", gradient);
};

/** Where each row or column of the resized picture comes from, as tfjs-cpu takes it forward. */
function sources(length: number, resized: number, alignCorners: boolean): number[] {
  const isAligned = alignCorners && resized > 1;
  const scale = isAligned ? (length - 1) / (resized - 1) : length / resized;
  return Array.from({ length: resized }, (_, i) => {
    const at = alignCorners ? Math.round(scale * i) : Math.floor(scale * i);
    return Math.min(length - 1, at);
  });
}

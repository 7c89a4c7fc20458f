import * as tf from "@tensorflow/tfjs";
import { beforeAll, expect, test } from "vitest";
import { loadBothBackends } from "./both-backends.ts";

interface Heap {
  readonly asm: { readonly memory: WebAssembly.Memory };
  _malloc(bytes: number): number;
  _free(address: number): void;
}

/** Addresses in tfjs-wasm's memory that were handed out during some work and not given back. */
function heldAfter(work: () => void): number {
  const heap = (tf.engine().registry["wasm"] as unknown as { wasm: Heap }).wasm;
  heap._free(heap._malloc(8)); // at their first call both replace themselves
  const { _malloc: malloc, _free: free } = heap;
  const held = new Set<number>();
  heap._malloc = (bytes) => {
    const address = malloc(bytes);
    held.add(address);
    return address;
  };
  heap._free = (address) => {
    held.delete(address);
    free(address);
  };
  try {
    work();
    return held.size;
  } finally {
    Object.assign(heap, { _malloc: malloc, _free: free });
  }
}

beforeAll(async () => {
  await loadBothBackends();
  await tf.setBackend("wasm");
});

/** Every kernel of ours at least once, in both directions. */
function teachOnce(): tf.Scalar {
  const x = tf.ones<tf.Rank.R4>([2, 9, 9, 3]);
  const loss = (filter: tf.Tensor, deep: tf.Tensor, table: tf.Tensor): tf.Tensor => {
    const y = tf.conv2d(x, filter as tf.Tensor4D, 2, "same"); // [2, 5, 5, 4]
    const z = tf.depthwiseConv2d(y, deep as tf.Tensor4D, 1, "same");
    const back = tf.conv2dTranspose(z, filter as tf.Tensor4D, [2, 9, 9, 3], 2, "same");
    const rows = tf.matMul(tf.gather(table, [0, 2, 2]), table, false, true);
    return tf.add(tf.mean(tf.mean(back, [1, 2])), tf.mean(rows));
  };
  const gradients = tf.grads(loss)([tf.ones([3, 3, 3, 4]), tf.ones([3, 3, 4, 1]), tf.ones([3, 2])]);
  return tf.addN(gradients.map((gradient) => tf.sum(gradient)));
}

test("all kernels give back every tensor and all of their scratch", () => {
  const before = tf.memory().numTensors;
  expect(heldAfter(() => tf.tidy(() => void teachOnce().dataSync()))).toBe(0);
  expect(tf.memory().numTensors).toBe(before);
});

test("kernels go on after the memory has grown", () => {
  const heap = (tf.engine().registry["wasm"] as unknown as { wasm: Heap }).wasm;
  const before = tf.tidy(() => teachOnce().dataSync()[0]);
  const bytes = heap.asm.memory.buffer.byteLength;
  const large = tf.zeros([bytes / 4]); // as much again as there is
  expect(heap.asm.memory.buffer.byteLength).toBeGreaterThan(bytes);
  expect(tf.tidy(() => teachOnce().dataSync()[0])).toBe(before);
  large.dispose();
});

test("a kernel that throws gives back its scratch", () => {
  const attributes = { strides: [1, 1], pad: "valid", dataFormat: "NCHW", inputShape: [1, 1, 2, 2] };
  const inputs = { dy: tf.ones([1, 1, 2, 2]), filter: tf.ones([1, 1, 1, 1]) };
  const before = tf.memory().numTensors;
  expect(
    heldAfter(() => {
      expect(() => tf.engine().runKernel("Conv2DBackpropInput", inputs, attributes)).toThrow("needed pictures as NHWC");
    }),
  ).toBe(0);
  expect(tf.memory().numTensors).toBe(before);
});

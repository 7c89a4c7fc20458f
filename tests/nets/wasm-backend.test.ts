import * as tf from "@tensorflow/tfjs";
import { expect, test } from "vitest";
import { registerWasmKernels } from "../../plugin/nets/wasm-kernels/register.ts";
import { useWasmBackend } from "../../plugin/nets/wasm-backend.ts";

test("kernels cannot be registered before tfjs-wasm has started", async () => {
  await expect(registerWasmKernels()).rejects.toThrow(
    'registerWasmKernels: needed the backend "wasm", came none. Await useWasmBackend() instead, which starts it.',
  );
});

test("tfjs-wasm becomes the current backend, again after another was", async () => {
  await useWasmBackend();
  expect(tf.getBackend()).toBe("wasm");
  await tf.setBackend("cpu");
  await useWasmBackend();
  expect(tf.getBackend()).toBe("wasm");
  expect(tf.env().getBool("WASM_HAS_MULTITHREAD_SUPPORT")).toBe(false);
});

test("starting often registers each kernel once", async () => {
  await useWasmBackend();
  const kernel = tf.getKernel("UnsortedSegmentSum", "wasm");
  await Promise.all([useWasmBackend(), registerWasmKernels()]);
  expect(tf.getKernel("UnsortedSegmentSum", "wasm")).toBe(kernel);
});

import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import { expect, test } from "vitest";
import { memoryOf, withScratch } from "../../../plugin/nets/wasm-kernels/wasm-host.ts";

/** The part of tfjs-wasm that is looked at. */
function hostWith(wasm: object): BackendWasm {
  return { wasm } as BackendWasm;
}

test("tfjs-wasm with threads is refused", () => {
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true });
  expect(() => memoryOf(hostWith({ asm: { memory } }))).toThrow(
    'registerWasmKernels: needed tfjs-wasm with one thread, came one with threads. Set tf.env().set("WASM_HAS_MULTITHREAD_SUPPORT", false) before its start, or start it with useWasmBackend.',
  );
});

test("scratch is given back when the work throws", () => {
  const freed: number[] = [];
  const host = hostWith({ _malloc: () => 4096, _free: (address: number) => freed.push(address) });
  const work = (): never => {
    throw new Error("broken");
  };
  expect(() => withScratch(host, 8, work)).toThrow("broken");
  expect(freed).toEqual([4096]);
});

test("no more memory is an error that says what to do", () => {
  const host = hostWith({ _malloc: () => 0, _free: () => {} });
  expect(() => withScratch(host, 8, () => 1)).toThrow(
    "tfjs-wasm: needed 8 more bytes, came none. Use smaller batches, or dispose of tensors earlier.",
  );
});

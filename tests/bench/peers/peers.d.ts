/* eslint-disable @typescript-eslint/consistent-type-imports -- an ambient module cannot import from relative paths */
// Peers are installed when a benchmark needs them, so that types cannot come from them.
declare module "@jax-js/jax" {
  const jax: import("./jax-js.ts").Jax;
  export const { numpy, blockUntilReady, jit, grad, init, defaultDevice }: typeof jax;
}

declare module "onnxruntime-web/webgpu" {
  const runtime: import("./onnx-session.ts").OnnxRuntime;
  export const { env, Tensor, InferenceSession }: typeof runtime;
}

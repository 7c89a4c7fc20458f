/** The part of onnxruntime-web 1.30.0 that the benchmarks use. */
export interface OnnxRuntime {
  readonly env: { readonly wasm: { numThreads: number; proxy: boolean } };
  readonly Tensor: new (type: "float32", values: Float32Array, shape: readonly number[]) => OnnxTensor;
  readonly InferenceSession: {
    create(model: Uint8Array, options: Readonly<Record<string, unknown>>): Promise<OnnxSession>;
  };
}

interface OnnxTensor {
  readonly data: Float32Array;
}

interface OnnxSession {
  run(inputs: Readonly<Record<string, OnnxTensor>>): Promise<Record<string, OnnxTensor>>;
  release(): Promise<void>;
}

/** A model on one of onnxruntime-web's providers, one thread, all graph optimisations on. */
export interface OnnxModel {
  /** @param observations - [batch, inputs]. Resolves to [batch, outputs]. */
  decide(observations: Float32Array, batch: number): Promise<Float32Array>;
  dispose(): Promise<void>;
}

/** @param model - With the input `observations` and the output `actions`, e.g. of `writeOnnxPerceptron`. */
export async function openOnnxModel(
  runtime: OnnxRuntime,
  model: Uint8Array,
  provider: "wasm" | "webgpu",
): Promise<OnnxModel> {
  runtime.env.wasm.numThreads = 1;
  runtime.env.wasm.proxy = false;
  const session = await runtime.InferenceSession.create(model, {
    executionProviders: [provider],
    graphOptimizationLevel: "all",
    executionMode: "sequential",
    logSeverityLevel: 3,
  });
  return {
    async decide(observations, batch) {
      const shape = [batch, observations.length / batch];
      const { actions } = await session.run({ observations: new runtime.Tensor("float32", observations, shape) });
      return actions.data;
    },
    dispose: () => session.release(),
  };
}

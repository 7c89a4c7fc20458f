import type * as tf from "@tensorflow/tfjs";
import { variablesOf, type AdamCall } from "./adam-kernel.ts";
import { recordDispatch, type WebGpuBackend } from "../record-dispatch.ts";
import { ADAM_CODE, ADAM_THREADS, MOST_GRADIENTS, judgeCode, PARTS, squaresCode } from "./adam-shaders.ts";

/** Chosen to fill large devices. */
const MOST_GROUPS = 512;

/**
 * The optimiser's step on the GPU, in the backend's own order of commands, nothing read back: one dispatch for every 6 gradients, one
 * that judges, one a variable.
 */
export function adamOnWebGpu(call: AdamCall<WebGpuBackend>): tf.TensorInfo[] {
  const { inputs, backend, attributes } = call;
  const { row, rate, rootScale, beta1, beta2, epsilon, maxGradientNorm, ceilings } = attributes;
  const pairs = variablesOf(call);
  const journal = inputs["journal"]!;
  const first = inputs["first"]!;
  const second = inputs["second"]!;
  const parts = backend.makeTensorInfo([pairs.length, PARTS], "float32");
  const ruling = backend.makeTensorInfo([2], "float32");

  // Step 1. Sums of the gradients' squares.
  for (let from = 0; from < pairs.length; from += MOST_GRADIENTS) {
    const some = pairs.slice(from, from + MOST_GRADIENTS);
    const words = new Uint32Array(8);
    words.set(some.map(({ count }) => count));
    words[7] = from;
    const code = squaresCode(some.length);
    recordDispatch(
      backend,
      { name: `squares ${some.length}`, code },
      words,
      [parts, ...some.map(({ gradient }) => gradient)],
      [PARTS, some.length],
    );
  }

  // Step 2. Whether the step is taken, and how far the gradient is scaled down.
  const watched = inputs["watched"];
  const job = new Float32Array(12);
  job.set(ceilings.map((ceiling) => Math.min(ceiling, 3e38)));
  job[8] = Math.min(maxGradientNorm, 3e38);
  new Uint32Array(job.buffer).set([row, pairs.length * PARTS], 9);
  const watching = ceilings.length;
  recordDispatch(
    backend,
    { name: `judge ${watching}`, code: judgeCode(watching) },
    job,
    [parts, journal, ruling, ...(watched ? [watched] : [])],
    [1, 1],
  );

  // Step 3. Adam.
  let at = 0;
  const outputs = pairs.map(({ variable, gradient, count }) => {
    const next = backend.makeTensorInfo(variable.shape, "float32");
    const words = new Float32Array([0, 0, rate, rootScale, beta1, beta2, 1 - beta1, 1 - beta2, epsilon, 0, 0, 0]);
    new Uint32Array(words.buffer).set([at, count]);
    const groups = Math.min(MOST_GROUPS, Math.ceil(count / ADAM_THREADS));
    const tensors = [variable, gradient, next, first, second, ruling];
    recordDispatch(backend, { name: "adam", code: ADAM_CODE }, words, tensors, [groups, 1]);
    at += count;
    return next;
  });
  for (const written of [journal, first, second]) backend.tensorMap.get(written.dataId).values = null; // no longer what was read
  for (const { dataId } of [parts, ruling]) backend.disposeData(dataId);
  return outputs;
}

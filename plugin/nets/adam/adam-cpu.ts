import type * as tf from "@tensorflow/tfjs";
import {
  clipScale,
  judge,
  JOURNAL_WIDTH,
  NORM_COLUMN,
  TAKEN,
  variablesOf,
  VERDICT_COLUMN,
  type AdamAttributes,
  type AdamCall,
} from "./adam-kernel.ts";

/** The part of TensorFlow.js's cpu backend (4.22.0) that is used. */
interface CpuBackend {
  readonly data: { get(dataId: tf.DataId): { readonly values: Float32Array } };
  makeTensorInfo(shape: number[], dtype: "float32", values: Float32Array): tf.TensorInfo;
}

/** The optimiser's step in plain JavaScript: what the others are compared with. */
export function adamOnCpu(call: AdamCall<CpuBackend>): tf.TensorInfo[] {
  const { inputs, backend, attributes } = call;
  const read = (tensor: tf.TensorInfo): Float32Array => backend.data.get(tensor.dataId).values;
  const pairs = variablesOf(call);
  let squares = 0;
  for (const { gradient } of pairs) for (const value of read(gradient)) squares += value * value;
  const watched = inputs["watched"] ? read(inputs["watched"]) : new Float32Array(0);
  const isTaken = writeJournal(read(inputs["journal"]!), watched, Math.sqrt(squares), attributes);
  const scale = clipScale(Math.sqrt(squares), attributes.maxGradientNorm);
  let at = 0;
  return pairs.map(({ variable, gradient, count }) => {
    const next = read(variable).slice();
    if (isTaken) {
      const first = read(inputs["first"]!).subarray(at, at + count);
      const second = read(inputs["second"]!).subarray(at, at + count);
      step(next, read(gradient), { first, second }, scale, attributes);
    }
    at += count;
    return backend.makeTensorInfo(variable.shape, "float32", next);
  });
}

/** Notes what a step saw, and says whether it may be taken. */
export function writeJournal(
  journal: Float32Array,
  watched: Float32Array,
  norm: number,
  { row, ceilings }: AdamAttributes,
): boolean {
  const at = row * JOURNAL_WIDTH;
  const before = journal[at - JOURNAL_WIDTH + VERDICT_COLUMN];
  const verdict = before === TAKEN ? judge(watched, norm, ceilings) : before;
  journal.set(watched, at);
  journal[at + NORM_COLUMN] = norm;
  journal[at + VERDICT_COLUMN] = verdict;
  return verdict === TAKEN;
}

function step(
  values: Float32Array,
  gradient: Float32Array,
  { first, second }: { readonly first: Float32Array; readonly second: Float32Array },
  scale: number,
  { rate, rootScale, beta1, beta2, epsilon }: AdamAttributes,
): void {
  for (let i = 0; i < values.length; i++) {
    const g = gradient[i] * scale;
    first[i] = first[i] * beta1 + g * (1 - beta1);
    second[i] = second[i] * beta2 + g * g * (1 - beta2);
    values[i] -= (rate * first[i]) / (Math.sqrt(second[i]) * rootScale + epsilon);
  }
}

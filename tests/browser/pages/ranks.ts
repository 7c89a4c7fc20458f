import * as tf from "@tensorflow/tfjs";
import { areRanksOnGpu, placeOnGpu, sortOnGpu } from "../../../plugin/nets/likeness/ranks-on-gpu.ts";
import { startBackend } from "../../../plugin/nets/start-backend.ts";

/** Numbers, [batch, height, width, columns], row-major. */
export interface RankedNumbers {
  readonly shape: readonly [number, number, number, number];
  readonly values: readonly number[];
}

/** What the GPU made of them, and how many tensors that left behind. */
export interface Ranked {
  readonly isOnGpu: boolean;
  readonly sorted: readonly number[];
  /** Each number of the second in the place of the one of the same rank of the first. */
  readonly placed: readonly number[];
  readonly left: number;
}

declare global {
  var ranksPage: { rank(one: RankedNumbers, other: RankedNumbers): Promise<Ranked> };
}

globalThis.ranksPage = {
  async rank(one, other) {
    await startBackend("webgpu");
    const before = tf.memory().numTensors;
    const [values, model] = [one, other].map((each) => tf.tensor4d([...each.values], [...each.shape]));
    const sorted = sortOnGpu(model);
    const placed = placeOnGpu(values, sorted);
    const result = {
      isOnGpu: areRanksOnGpu(),
      sorted: Array.from(await sorted.data<"float32">()),
      placed: Array.from(await placed.data<"float32">()),
    };
    tf.dispose([values, model, sorted, placed]);
    return { ...result, left: tf.memory().numTensors - before };
  },
};

import * as tf from "@tensorflow/tfjs";
import { constantRate } from "../../../plugin/nets/training/rate-schedule.ts";
import type { TrainingTask } from "../../../plugin/nets/training/training-task.ts";

/** Points of the line y = 3x - 1, and a slope and an offset that shall become 3 and -1. */
export interface LineTask {
  readonly task: TrainingTask<LineBatch>;
  readonly slope: tf.Variable;
  readonly offset: tf.Variable;
  dispose(): void;
}

/** [batch] each. */
export interface LineBatch {
  readonly x: tf.Tensor1D;
  readonly y: tf.Tensor1D;
}

/** 40 points, noise that stays the same for each, and whatever else a test wants to change. */
export function lineTask(changes: Partial<TrainingTask<LineBatch>> = {}, rate = 0.05): LineTask {
  const [slope, offset] = tf.tidy(() => [tf.variable(tf.scalar(0)), tf.variable(tf.scalar(0))]);
  const task: TrainingTask<LineBatch> = {
    name: "line",
    examples: 40,
    take(chosen) {
      const x = Float32Array.from(chosen, (index) => index / 20 - 1);
      return { x: tf.tensor1d(x), y: tf.tensor1d(x.map((value) => 3 * value - 1)) };
    },
    turns: [
      {
        name: "fit",
        variables: [slope, offset],
        loss: ({ x, y }) => tf.mean(tf.squaredDifference(tf.add(tf.mul(x, slope), offset), y)),
        learningRate: constantRate(rate),
      },
    ],
    ...changes,
  };
  return {
    task,
    slope,
    offset,
    dispose: () => {
      slope.dispose();
      offset.dispose();
    },
  };
}

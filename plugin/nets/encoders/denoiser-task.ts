import * as tf from "@tensorflow/tfjs";
import { cooledDown, fallingRate, warmedUp } from "../training/rate-schedule.ts";
import type { TrainingTask } from "../training/training-task.ts";
import type { DenoiserNet, NoisyPictures } from "./denoiser-net.ts";
import { WHITE, type NoisyPicture } from "./noisy-picture.ts";
import { cropPlace, cutCrop } from "./take-crops.ts";

/** Pictures with noise, and without. */
export interface NoisyBatch extends NoisyPictures {
  /** [batch, side, side, 3], in [0, 1]. */
  readonly clean: tf.Tensor4D;
}

/** Noisy pictures to cut crops from. */
export interface NoisyShelf {
  /** How many there are. */
  readonly count: number;
  /** Pixels on each side of all of them. */
  readonly side: number;
  picture(index: number): NoisyPicture;
}

/** How a denoiser is taught. */
export interface DenoiserLesson {
  /** Pixels on each side of the crops, a multiple of the stride. Default 48. */
  readonly side?: number;
  /** Of the first 1,000 mini-batches; over the last 30% it falls to 0. Default 0.001. */
  readonly learningRate?: number;
}

/** Added to the noise's deviation where errors are weighed by it: else strong noise would be all that counts. */
const FINEST = 0.03;
const WARM_UP = 50;
const STEADY = 1000;
const COOL_DOWN = 0.3;

/** Crops of noisy pictures, and the network that shall tell them without it. */
export function denoiserTask(
  net: DenoiserNet,
  shelf: NoisyShelf,
  { side = 48, learningRate = 1e-3 }: DenoiserLesson = {},
): TrainingTask<NoisyBatch> {
  return {
    name: "denoiser",
    examples: shelf.count,
    take(chosen, random) {
      const size = side * side * 3;
      const [clean, noisy, base] = [0, 1, 2].map(() => new Float32Array(chosen.length * size));
      const deviations = Float32Array.from(chosen, (index, number) => {
        const shown = shelf.picture(index);
        const place = cropPlace(shelf.side, random);
        const cut = (source: ArrayLike<number>, into: Float32Array): void =>
          cutCrop(source, shelf.side, { crop: into.subarray(number * size, (number + 1) * size), side, place });
        cut(shown.clean, clean);
        cut(shown.noisy, noisy);
        cut(shown.base, base);
        return shown.deviation;
      });
      const shaped = (values: Float32Array, white: number): tf.Tensor4D =>
        tf.tensor4d(
          values.map((value) => value / white),
          [chosen.length, side, side, 3],
        );
      return {
        clean: shaped(clean, 255),
        noisy: shaped(noisy, WHITE),
        base: shaped(base, WHITE),
        deviations: tf.tensor4d(deviations, [chosen.length, 1, 1, 1]),
      };
    },
    turns: [
      {
        name: "denoiser",
        variables: net.parameters.variables,
        loss(batch) {
          const cleaned = net.decode(batch, net.encode(batch, "mirror"), "mirror");
          const weights = tf.reciprocal(tf.add(batch.deviations, FINEST));
          return tf.mul(tf.mean(tf.mul(tf.squaredDifference(cleaned, batch.clean), weights)), 100);
        },
        learningRate: cooledDown(COOL_DOWN, warmedUp(WARM_UP, fallingRate(learningRate, STEADY))),
        maxGradientNorm: 5,
      },
    ],
  };
}

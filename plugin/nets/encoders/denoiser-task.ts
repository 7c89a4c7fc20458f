import * as tf from "@tensorflow/tfjs";
import type { Random } from "../../core/random.ts";
import { fallingRate, warmedUp } from "../training/rate-schedule.ts";
import type { TrainingTask } from "../training/training-task.ts";
import type { DenoiserNet, NoisyPictures } from "./denoiser-net.ts";
import { finish, pilotedMeans } from "./non-local-means.ts";
import { takeCrops, type CropShelf } from "./take-crops.ts";

/** Pictures with noise, and without. */
export interface NoisyBatch extends NoisyPictures {
  /** [batch, side, side, 3], in [0, 1]. */
  readonly clean: tf.Tensor4D;
}

/** How a denoiser is taught. */
export interface DenoiserLesson {
  /** Pixels on each side of the crops, a multiple of the stride. Default 48. */
  readonly side?: number;
  /** Standard deviations of the noise, drawn evenly between these. Default 0.03 to 0.25. */
  readonly noise?: readonly [least: number, most: number];
  /** Of the first 400 mini-batches. Default 0.002. */
  readonly learningRate?: number;
}

/** How often noise is cut off at black and white, as in a file. */
const CUT_OFF = 0.5;
/** How far the deviation that is told lies from the true one, as the standard deviation of a logarithm. */
const TOLD_ERROR = 0.08;
/** Added to the noise's deviation where errors are weighed by it: else strong noise would be all that counts. */
const FINEST = 0.03;
const WARM_UP = 50;
const STEADY = 400;

/** Crops with noise that is new each time, and the network that shall tell them without it. */
export function denoiserTask(
  net: DenoiserNet,
  shelf: CropShelf,
  { side = 48, noise = [0.03, 0.25], learningRate = 2e-3 }: DenoiserLesson = {},
): TrainingTask<NoisyBatch> {
  return {
    name: "denoiser",
    examples: shelf.count,
    take(chosen, random) {
      const clean = takeCrops(shelf, chosen, side, random);
      const noisy = clean.slice();
      const base = new Float32Array(clean.length);
      const size = side * side * 3;
      const told = Float32Array.from(chosen, (_, i) => {
        const [from, to] = [i * size, (i + 1) * size];
        const pixels = noisy.subarray(from, to);
        const deviation = random.between(...noise);
        addNoise(pixels, deviation, random);
        const said = deviation * Math.exp(TOLD_ERROR * random.normal());
        base.set(finish(pilotedMeans({ height: side, width: side, pixels }, said)), from);
        return said;
      });
      const shaped = (values: Float32Array): tf.Tensor4D => tf.tensor4d(values, [chosen.length, side, side, 3]);
      return {
        clean: shaped(clean),
        noisy: shaped(noisy),
        base: shaped(base),
        deviations: tf.tensor4d(told, [chosen.length, 1, 1, 1]),
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
        learningRate: warmedUp(WARM_UP, fallingRate(learningRate, STEADY)),
        maxGradientNorm: 50,
      },
    ],
  };
}

/** Adds normally distributed noise in place; partly what leaves [0, 1] is cut off. */
function addNoise(values: Float32Array, deviation: number, random: Random): void {
  const isCutOff = random.uniform() < CUT_OFF;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] + deviation * random.normal();
    values[i] = isCutOff ? Math.min(1, Math.max(0, value)) : value;
  }
}

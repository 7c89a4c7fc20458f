import * as tf from "@tensorflow/tfjs";
import { cooledDown, fallingRate, warmedUp } from "../training/rate-schedule.ts";
import type { TrainingTask } from "../training/training-task.ts";
import type { AutoencoderNet } from "./autoencoder-net.ts";
import type { CropShelf } from "./take-crops.ts";
import { takeHoledCrops, type HoledBatch } from "./take-holed-crops.ts";

/** How an autoencoder is taught. */
export interface AutoencoderLesson {
  /** Pixels on each side of the crops, a multiple of 8. Default 48. */
  readonly side?: number;
  /** Of the first 3,000 mini-batches; over the last fifth it falls to 0. Default 0.001. */
  readonly learningRate?: number;
}

/** How many crops have holes. */
const HOLED = 0.3;
const WARM_UP = 100;
const STEADY = 3000;
const COOL_DOWN = 0.2;
/** Mean squared errors below it hardly count any more: 40 dB. */
const SMALL_ERROR = 1e-4;

/** Crops, partly with holes, and the network that shall repeat them whole. */
export function autoencoderTask(
  net: AutoencoderNet,
  shelf: CropShelf,
  { side = 48, learningRate = 1e-3 }: AutoencoderLesson = {},
): TrainingTask<HoledBatch> {
  return {
    name: "autoencoder",
    examples: shelf.count,
    take: (chosen, random) => takeHoledCrops(shelf, chosen, { side, holed: HOLED }, random),
    turns: [
      {
        name: "autoencoder",
        variables: net.learned,
        loss({ whole, holed, known }) {
          const repeated = net.decode(net.encode(holed, known, "mirror"), "mirror");
          return meanDecibels(tf.mean(tf.squaredDifference(repeated, whole), [1, 2, 3]));
        },
        learningRate: cooledDown(COOL_DOWN, warmedUp(WARM_UP, fallingRate(learningRate, STEADY))),
        maxGradientNorm: 50,
      },
    ],
  };
}

/**
 * In decibels, so that what is easily repeated counts as much as what is not.
 *
 * @param errors - Mean squared errors of pictures, [batch].
 */
export function meanDecibels(errors: tf.Tensor): tf.Scalar {
  return tf.mul(tf.mean<tf.Scalar>(tf.log(tf.add(errors, SMALL_ERROR))), 10 / Math.LN10);
}

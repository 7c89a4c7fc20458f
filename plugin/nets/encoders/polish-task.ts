import * as tf from "@tensorflow/tfjs";
import { cooledDown, constantRate, warmedUp } from "../training/rate-schedule.ts";
import type { TrainingTask } from "../training/training-task.ts";
import type { AutoencoderNet } from "./autoencoder-net.ts";
import { meanDecibels } from "./autoencoder-task.ts";
import { refineCodes } from "./refine-codes.ts";
import type { CropShelf } from "./take-crops.ts";
import { takeHoledCrops, type HoledBatch } from "./take-holed-crops.ts";

/** Pictures and their refined codes. */
export interface PolishBatch extends HoledBatch {
  /** [batch, side / 8, side / 8, code]. */
  readonly refined: tf.Tensor4D;
  /** What refining added to the encoder's first guess, of the same shape. */
  readonly change: tf.Tensor4D;
}

/** How an autoencoder that has learned is polished. */
export interface PolishLesson {
  /** Pixels on each side of the crops, a multiple of 8. Default 80. */
  readonly side?: number;
  /** Gradients by which codes are refined, at least 1. Default 2. */
  readonly refine?: number;
  /** At first; falls evenly to 0. Default 0.0003: at a steady 0.0005 all came apart between 200 and 400 mini-batches. */
  readonly learningRate?: number;
}

/** How many crops have holes: few, so that inpainting is not forgotten. */
const HOLED = 0.1;
const WARM_UP = 50;

/**
 * A last lesson, by codes as they come in use: refined before the decoder sees them, of crops in their own colours, most of them whole.
 *
 * What refining adds is taken as given. The decoder learns to draw refined codes; the encoder learns by the error that is left then, such as in
 * holes, and to guess what refining finds, by the error that its guess would add if only the linear code counted.
 */
export function polishTask(
  net: AutoencoderNet,
  shelf: CropShelf,
  { side = 80, refine = 2, learningRate = 3e-4 }: PolishLesson = {},
): TrainingTask<PolishBatch> {
  return {
    name: "autoencoder polish",
    examples: shelf.count,
    async take(chosen, random) {
      const batch = takeHoledCrops(shelf, chosen, { side, holed: HOLED, otherColours: 0 }, random);
      const { whole, holed, known } = batch;
      const guessed = tf.tidy(() => net.encode(holed, known, "mirror"));
      const refined = await refineCodes(net, guessed, { pictures: whole, known, edges: "mirror" }, { steps: refine });
      const change = tf.sub<tf.Tensor4D>(refined, guessed);
      guessed.dispose();
      return { ...batch, refined, change };
    },
    turns: [
      {
        name: "autoencoder",
        variables: net.learned,
        loss({ whole, holed, known, refined, change }) {
          const guessed = net.encode(holed, known, "mirror");
          const repeated = net.decode(tf.add(guessed, change), "mirror");
          const left = tf.mean(tf.squaredDifference(repeated, whole), [1, 2, 3]); // [batch]
          const reached = tf.mul(tf.squaredDifference(guessed, refined), net.squaredReach());
          const missed = tf.div(tf.sum(reached, [1, 2, 3]), side * side * 3); // [batch]
          return meanDecibels(tf.add(left, missed));
        },
        learningRate: cooledDown(1, warmedUp(WARM_UP, constantRate(learningRate))),
        maxGradientNorm: 20,
      },
    ],
  };
}

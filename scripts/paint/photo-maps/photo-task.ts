import * as tf from "@tensorflow/tfjs";
import { dense, type DenseParameters } from "../../../plugin/nets/layers/dense.ts";
import { cosineRate, warmedUp } from "../../../plugin/nets/training/rate-schedule.ts";
import type { TrainingTask } from "../../../plugin/nets/training/training-task.ts";
import { lightImbalance } from "../../../plugin/paint/photograph/camera.ts";
import { photoLoss } from "../../../plugin/paint/photograph/photo-loss.ts";
import type { PhotoNet } from "../../../plugin/paint/photograph/photo-net.ts";
import type { ShelvedMaterial } from "./material-shelf.ts";
import { takePhotographs, type PhotoBatch } from "./take-photographs.ts";

const LEARNING_RATE = 1e-3;
const WARM_UP = 100;
/** Steps of the cosine by which the rate falls; the second lessons begin earlier. */
const COSINE = 4000;

/** How much the light counts. */
const LIGHT = 0.4;

/**
 * First lessons: photographs of materials, in light that is new each time, and the network that shall tell the materials from them.
 *
 * It also has to say where the light comes from, by a layer that is not kept: without knowing the light no shade says anything about a
 * slope, and as long as shades say nothing, there is no reason to look for the light.
 */
export function photoTask(
  net: PhotoNet,
  light: DenseParameters,
  shelf: readonly ShelvedMaterial[],
): TrainingTask<PhotoBatch> {
  const loss = (batch: PhotoBatch): tf.Scalar => {
    const { pictures, edges } = batch;
    const skips = net.encode(pictures, edges);
    const means = net.means(skips);
    const guess = dense(net.context(means), light); // [batch, 2]
    const wrong = tf.mean(tf.squaredDifference(guess, batch.light));
    return tf.add(photoLoss(net.decode(pictures, skips, edges, means), batch), tf.mul(wrong, LIGHT));
  };
  const rate = warmedUp(WARM_UP, cosineRate(LEARNING_RATE, LEARNING_RATE / 50));
  return {
    name: "photo-maps",
    examples: shelf.length,
    take: (chosen, random) => takePhotographs(chosen, shelf, random, (camera) => ({ light: lightImbalance(camera) })),
    turns: [
      {
        name: "maps",
        variables: [...net.parameters.variables, light.weights as tf.Variable, light.biases as tf.Variable],
        loss,
        learningRate: (step) => rate(step, COSINE),
        maxGradientNorm: 1,
      },
    ],
  };
}

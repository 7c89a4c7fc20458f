import * as tf from "@tensorflow/tfjs";
import { cooledDown, fallingRate, warmedUp } from "../../../plugin/nets/training/rate-schedule.ts";
import type { TrainingTask } from "../../../plugin/nets/training/training-task.ts";
import type { PhotoNet } from "../../../plugin/paint/photograph/photo-net.ts";
import type { AlbumPage } from "./photo-album.ts";
import { takeTones, type ToneBatch } from "./take-tones.ts";

/** How fast it learns: from its beginning, and when it learns more later. */
export const FIRST_LIGHT_RATE = 3e-3;
export const LATER_LIGHT_RATE = 2e-3;
const WARM_UP = 100;
/** See `photoTask`. */
const STEADY = 1500;
const END = 0.4;

/** Photographs, and the network whose part for it shall tell from where their light comes. */
export function lightTask(net: PhotoNet, album: readonly AlbumPage[], learningRate: number): TrainingTask<ToneBatch> {
  const { light } = net;
  if (!light)
    throw new Error(
      "photo-light: needed a network that can find the light, came one that cannot. Give it some layers.",
    );
  return {
    name: "photo-light",
    examples: album.length,
    take: (chosen, random) => takeTones(chosen, album, random),
    turns: [
      {
        name: "light",
        variables: net.variables.light,
        loss: ({ tones, lean, edges }) => leanLoss(light.look(tones, edges), lean),
        learningRate: cooledDown(END, warmedUp(WARM_UP, fallingRate(learningRate, STEADY))),
        maxGradientNorm: 1,
      },
    ],
  };
}

/**
 * How wrong a look is. Smallest on average where `leanOf` the look is the mean of all leans that such a picture may have; its gradient is how
 * far that is off, however sure the network is: the matching loss of Auer, Herbster & Warmuth 1995, "Exponentially many local minima for
 * single neurons", for the function of which `leanOf` is the gradient.
 *
 * @param seen - What the network saw, [batch, 2].
 * @param lean - How far the light leans, [batch, 2].
 */
export function leanLoss(seen: tf.Tensor2D, lean: tf.Tensor2D): tf.Scalar {
  const potential = tf.sqrt(tf.add(tf.sum(tf.square(seen), 1), 1));
  return tf.mean(tf.sub(potential, tf.sum(tf.mul(seen, lean), 1)));
}

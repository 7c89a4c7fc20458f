import * as tf from "@tensorflow/tfjs";
import { cooledDown, fallingRate, warmedUp } from "../../../plugin/nets/training/rate-schedule.ts";
import type { TrainingTask } from "../../../plugin/nets/training/training-task.ts";
import { photoLoss } from "../../../plugin/paint/photograph/photo-loss.ts";
import type { PhotoNet } from "../../../plugin/paint/photograph/photo-net.ts";
import { turnedToQuarter } from "../../../plugin/paint/photograph/quarter.ts";
import type { ShelvedMaterial } from "./material-shelf.ts";
import { takePhotographs, type PhotoBatch } from "./take-photographs.ts";

/** How fast it learns: from its beginning, and when it learns more later. */
export const FIRST_RATE = 1.5e-3;
export const LATER_RATE = 1e-3;
const WARM_UP = 100;
/** After so many steps the rate falls by the square root of the step, so that it is the same however long is taught, up to the end. */
const STEADY = 1500;
/** Of all steps, how many are the end, in which it falls to 0. */
const END = 0.4;
/** How much the shape of heights counts. */
const SHAPE = 5;
/** Slopes from one pixel to the next count most: they are what a surface is lit by. */
const SCALES = [3, 1.5, 1, 0.5, 0.5];

/**
 * Photographs of materials, in light that is new each time, and the network that shall tell the materials from them.
 *
 * It is partly told the light nearly as it was, as somebody who was there would say it, partly as its own part for that finds it, with all
 * its mistakes. Without a light no shade says anything about a slope; and who has only been told true lights falls for every false one.
 *
 * @param net - Has learned to find the light, see `lightTask`; that part stays as it is.
 */
export function photoTask(
  net: PhotoNet,
  shelf: readonly ShelvedMaterial[],
  learningRate: number,
): TrainingTask<PhotoBatch> {
  return {
    name: "photo-maps",
    examples: shelf.length,
    take: (chosen, random) => takePhotographs(chosen, shelf, random),
    turns: [
      {
        name: "maps",
        variables: net.variables.maps,
        loss: (batch) => mapsLoss(net, batch),
        learningRate: cooledDown(END, warmedUp(WARM_UP, fallingRate(learningRate, STEADY))),
        maxGradientNorm: 1,
      },
    ],
  };
}

function mapsLoss(net: PhotoNet, batch: PhotoBatch): tf.Scalar {
  const { pictures, told, isTold, edges } = batch;
  // Step 1. The light: as it is told, or as it is found.
  const found = net.light?.guess(pictures, edges) ?? tf.zerosLike(told);
  const light = tf.add<tf.Tensor2D>(tf.mul(told, isTold), tf.mul(found, tf.sub(1, isTold))); // [batch, 2]
  // Step 2. All mirrored so that it comes from the upper right.
  const turn = (map: tf.Tensor4D): tf.Tensor4D => turnedToQuarter(map, light);
  const seen = turn(pictures);
  const truth = { heights: turn(batch.heights), roughness: turn(batch.roughness), albedo: turn(batch.albedo) };
  // Step 3. What the network makes of it.
  const maps = net.decode(seen, net.encode(seen, edges, tf.abs(light)), edges);
  return photoLoss(maps, truth, { shape: SHAPE, scales: SCALES });
}

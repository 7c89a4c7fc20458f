import * as tf from "@tensorflow/tfjs";
import { cooledDown, fallingRate, warmedUp } from "../../../plugin/nets/training/rate-schedule.ts";
import type { TrainingTask } from "../../../plugin/nets/training/training-task.ts";
import { photoLoss } from "../../../plugin/paint/photograph/photo-loss.ts";
import type { PhotoNet } from "../../../plugin/paint/photograph/photo-net.ts";
import { turnedToQuarter } from "../../../plugin/paint/photograph/quarter.ts";
import { findLight } from "../../../plugin/paint/photograph/find-light.ts";
import type { AlbumPage, AlbumPhoto } from "./photo-album.ts";
import { takePhotographs, type FindAlbumLight, type PhotoBatch } from "./take-photographs.ts";

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
 * Photographs of materials in many lights, and the network that shall tell the materials from them.
 *
 * It is partly told the light nearly as it was, as somebody who was there would say it, partly as its own part for that finds it, with all
 * its mistakes. Without a light no shade says anything about a slope; and who has only been told true lights falls for every false one.
 *
 * @param net - Has learned to find the light, see `lightTask`; that part stays as it is.
 */
export function photoTask(net: PhotoNet, album: readonly AlbumPage[], learningRate: number): TrainingTask<PhotoBatch> {
  const finder = albumLights(net);
  return {
    name: "photo-maps",
    examples: album.length,
    take: (chosen, random) => takePhotographs(chosen, album, finder, random),
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

/** The lights that a network finds in an album, each looked for once: in the whole photograph, as later in those of users. */
function albumLights(net: PhotoNet): FindAlbumLight {
  const found = new WeakMap<AlbumPhoto, readonly [right: number, up: number]>();
  return (photo, side) => {
    const known = found.get(photo);
    if (known) return known;
    const [right, up] = tf.tidy(() => {
      const pixels = Float32Array.from(photo.bytes, (byte) => byte / 255);
      return findLight(net, tf.tensor4d(pixels, [1, side, side, 3]), "wrap").dataSync<"float32">();
    });
    found.set(photo, [right, up]);
    return [right, up];
  };
}

function mapsLoss(net: PhotoNet, batch: PhotoBatch): tf.Scalar {
  const { pictures, light, edges } = batch;
  // All mirrored so that the light comes from the upper right.
  const turn = (map: tf.Tensor4D): tf.Tensor4D => turnedToQuarter(map, light);
  const seen = turn(pictures);
  const truth = { heights: turn(batch.heights), roughness: turn(batch.roughness), albedo: turn(batch.albedo) };
  const maps = net.decode(seen, net.encode(seen, edges, tf.abs(light)), edges);
  return photoLoss(maps, truth, { shape: SHAPE, scales: SCALES });
}

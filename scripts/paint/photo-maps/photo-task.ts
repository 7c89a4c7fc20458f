import * as tf from "@tensorflow/tfjs";
import type { Random } from "../../../plugin/core/random.ts";
import { dense, type DenseParameters } from "../../../plugin/nets/layers/dense.ts";
import type { Edges } from "../../../plugin/nets/layers/pad-edges.ts";
import { cosineRate, warmedUp } from "../../../plugin/nets/training/rate-schedule.ts";
import type { TrainingTask } from "../../../plugin/nets/training/training-task.ts";
import { srgbBytes } from "../../../plugin/paint/maps/srgb.ts";
import { lightImbalance, randomCamera } from "../../../plugin/paint/photograph/camera.ts";
import { photoLoss, type PhotoTargets } from "../../../plugin/paint/photograph/photo-loss.ts";
import type { PhotoNet } from "../../../plugin/paint/photograph/photo-net.ts";
import { photograph } from "../../../plugin/paint/photograph/photograph.ts";
import { cutOut, type ShelvedMaterial } from "./material-shelf.ts";

/** Photographs with the truth about them. */
export interface PhotoBatch extends PhotoTargets {
  /** sRGB, [batch, side, side, 3]. */
  readonly pictures: tf.Tensor4D;
  /** From where the light comes, [batch, 2]. */
  readonly light: tf.Tensor2D;
  readonly edges: Edges;
}

/** Pixels on each side of a photograph of a part of a material. */
const PART = 96;
/** Pixels on each side of a photograph of a whole tile; there are half as many of them in a mini-batch, which costs the same. */
const TILE = 128;
/** Pixels around it that are drawn and then cut off, so that shadows of what is outside fall into it. */
const MARGIN = 16;
/** How often photographs show whole tiles, which go on beyond their borders. */
const WHOLE = 0.3;
const LEARNING_RATE = 1e-3;
const WARM_UP = 100;

/** How much the light counts. */
const LIGHT = 0.4;

/**
 * Photographs of materials, in light that is new each time, and the network that shall tell the materials from them.
 *
 * It also has to say where the light comes from, by a layer that is not kept. Else it never learns that: without knowing the light no
 * shade says anything about a slope, and as long as shades say nothing, there is no reason to look for the light.
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
  return {
    name: "photo-maps",
    examples: shelf.length,
    take: (chosen, random) => takePhotographs(chosen, shelf, random),
    turns: [
      {
        name: "maps",
        variables: [...net.parameters.variables, light.weights as tf.Variable, light.biases as tf.Variable],
        loss,
        learningRate: warmedUp(WARM_UP, cosineRate(LEARNING_RATE, LEARNING_RATE / 50)),
        maxGradientNorm: 1,
      },
    ],
  };
}

function takePhotographs(chosen: Uint32Array, shelf: readonly ShelvedMaterial[], random: Random): PhotoBatch {
  const isWhole = random.uniform() < WHOLE;
  const taken = isWhole ? chosen.subarray(0, Math.ceil(chosen.length / 2)) : chosen;
  const side = isWhole ? TILE : PART;
  const margin = isWhole ? 0 : MARGIN;
  const size = side + 2 * margin;
  const pixels = side * side;
  const pictures = new Float32Array(taken.length * pixels * 3);
  const albedo = new Float32Array(taken.length * pixels * 3);
  const heights = new Float32Array(taken.length * pixels);
  const roughness = new Float32Array(taken.length * pixels);
  const light = new Float32Array(taken.length * 2);
  taken.forEach((index, place) => {
    const material = shelf[index];
    const isLarge = material.width > 2 * TILE;
    const shrink = isWhole ? material.width / TILE : random.pick(isLarge ? [1, 1, 2] : [1]);
    const way = random.integer(8);
    const [top, left] = [random.integer(material.height), random.integer(material.width)];
    const { maps, occlusion } = cutOut(material, { size, top, left, shrink, way });
    const camera = randomCamera(random, isWhole);
    const photo = photograph(maps, camera, { occlusion });
    light.set(lightImbalance(camera), 2 * place);
    const colours = srgbBytes(maps.albedo);
    const rise = maps.relief * size;
    for (let row = 0, to = place * pixels; row < side; row++) {
      for (let column = 0; column < side; column++, to++) {
        const from = (row + margin) * size + column + margin;
        heights[to] = rise * maps.heights[from];
        roughness[to] = maps.roughness[from];
        for (let c = 0; c < 3; c++) {
          pictures[3 * to + c] = photo.pixels[3 * from + c];
          albedo[3 * to + c] = colours[3 * from + c] / 255;
        }
      }
    }
  });
  const shaped = (values: Float32Array, channels: number): tf.Tensor4D =>
    tf.tensor4d(values, [taken.length, side, side, channels]);
  return {
    pictures: shaped(pictures, 3),
    heights: shaped(heights, 1),
    roughness: shaped(roughness, 1),
    albedo: shaped(albedo, 3),
    light: tf.tensor2d(light, [taken.length, 2]),
    edges: isWhole ? "wrap" : "mirror",
  };
}

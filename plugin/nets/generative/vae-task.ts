import * as tf from "@tensorflow/tfjs";
import { cosineRate, warmedUp } from "../training/rate-schedule.ts";
import type { TrainingTask } from "../training/training-task.ts";
import { takePictures, type PictureBatch, type PictureSource } from "./picture-source.ts";
import { divergenceFromNormal, drawCodes, pictureError } from "./vae-losses.ts";
import type { Vae } from "./vae.ts";

/** How a variational autoencoder is taught. */
export interface VaeLesson {
  /**
   * What a nat of the code costs, in squared errors of a picture: the more, the more alike codes are to chance, and the softer the
   * pictures. β of Higgins et al. 2017, https://openreview.net/forum?id=Sy2fzU9gl, for an error of ½ each; default 0.05.
   */
  readonly beta?: number;
  /** Mini-batches over which `beta` rises from 0, so that codes first learn to say something. Default 500. */
  readonly warmUpSteps?: number;
  /** Of the first mini-batches; it falls to a fiftieth of it. Default 0.002. */
  readonly learningRate?: number;
  /** Mini-batches over which it falls; more of them go on at the end's rate. Default 4000, however many are taught. */
  readonly horizon?: number;
}

/** A variational autoencoder to be taught by `train`. */
export function vaeTask(
  vae: Vae,
  source: PictureSource,
  { beta = 0.05, warmUpSteps = 500, learningRate = 2e-3, horizon = 4000 }: VaeLesson = {},
): TrainingTask<PictureBatch> {
  const lossAt = ({ pictures, noise }: PictureBatch, weight: number): tf.Scalar => {
    const distribution = vae.encoder.encode(pictures);
    const made = vae.decoder.decode(drawCodes(distribution, noise));
    return tf.add(pictureError(made, pictures), tf.mul(divergenceFromNormal(distribution), weight));
  };
  const rate = warmedUp(50, cosineRate(learningRate, learningRate / 50));
  return {
    name: "vae",
    examples: source.count,
    take: (chosen, random) => takePictures(source, vae.shape, { chosen, random }),
    turns: [
      {
        name: "vae",
        variables: vae.parameters.variables,
        loss: (batch, step) => lossAt(batch, beta * Math.min(1, (step + 1) / warmUpSteps)),
        learningRate: (step) => rate(Math.min(step, horizon), horizon),
        maxGradientNorm: 50,
      },
    ],
    judge: (batch) => lossAt(batch, beta),
  };
}

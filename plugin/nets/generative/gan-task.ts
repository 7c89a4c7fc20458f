import * as tf from "@tensorflow/tfjs";
import { cosineRate, warmedUp } from "../training/rate-schedule.ts";
import type { TrainingTask } from "../training/training-task.ts";
import type { Critic } from "./critic.ts";
import { criticLoss, generatorLoss, shakeLike, steepness } from "./gan-losses.ts";
import type { Generator } from "./generator.ts";
import { normalRows, takePictures, type PictureBatch, type PictureSource } from "./picture-source.ts";

/** How a generator and its critic are taught. */
export interface GanLesson {
  /**
   * Weight of the critic's steepness around real pictures. Default 0.03, chosen by trial on shields of 32 × 32: with 1 the critic learned
   * nothing within 250 mini-batches, with 0.03 outlines were there after 200.
   */
  readonly penalty?: number;
  /** Of the first mini-batches; it falls to a tenth of it. Default 0.001. */
  readonly learningRate?: number;
  /** Mini-batches over which it falls; more of them go on at the end's rate. Default 5000, however many are taught. */
  readonly horizon?: number;
}

/** What both learn from. */
export interface GanBatch extends PictureBatch {
  /** Codes for the generator's own turn; the critic's are `noise`. [batch, code]. */
  readonly secondNoise: tf.Tensor2D;
  /** What real pictures are shaken by, as large as they. */
  readonly shake: tf.Tensor4D;
}

/** Deviation of that, of values in [0, 1]: below what an eye sees, far above rounding. */
const SHAKE = 0.02;
/** The steepness is looked at every so many mini-batches, and counts as often more (Karras et al. 2020, arXiv 1912.04958, appendix B). */
const EVERY = 4;

/** Two networks that learn against each other by `train`: first the critic, then the generator. */
export function ganTask(
  { generator, critic }: { readonly generator: Generator; readonly critic: Critic },
  source: PictureSource,
  { penalty = 0.03, learningRate = 1e-3, horizon = 5000 }: GanLesson = {},
): TrainingTask<GanBatch> {
  const { shape } = generator;
  const rate = warmedUp(50, cosineRate(learningRate, learningRate / 10));
  const adversary = {
    learningRate: (step: number) => rate(Math.min(step, horizon), horizon),
    beta1: 0,
    beta2: 0.99,
  };
  return {
    name: "gan",
    examples: source.count,
    take(chosen, random) {
      const batch = takePictures(source, shape, { chosen, random });
      const secondNoise = normalRows(random, chosen.length, shape.code);
      return { ...batch, secondNoise, shake: shakeLike(batch.pictures, SHAKE, random) };
    },
    turns: [
      {
        ...adversary,
        name: "critic",
        variables: critic.parameters.variables,
        loss({ pictures, noise, shake }, step) {
          const score = (shown: tf.Tensor4D): tf.Tensor2D => critic.score(shown, { wantsInputGradient: false });
          const real = score(pictures);
          const loss = criticLoss(real, score(generator.decoder.decode(noise)));
          if (step % EVERY !== 0) return loss;
          const steep = steepness(real, score(tf.add(pictures, shake)), SHAKE);
          return tf.add(loss, tf.mul(steep, (EVERY * penalty) / 2));
        },
      },
      {
        ...adversary,
        name: "generator",
        variables: generator.parameters.variables,
        loss: ({ secondNoise }) => generatorLoss(critic.score(generator.decoder.decode(secondNoise))),
      },
    ],
  };
}

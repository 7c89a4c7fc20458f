import * as tf from "@tensorflow/tfjs";
import type { Random } from "../../core/random.ts";
import { cooledDown, fallingRate, warmedUp } from "../training/rate-schedule.ts";
import type { TrainingTask } from "../training/training-task.ts";
import type { AutoencoderNet } from "./autoencoder-net.ts";
import { fillSmoothly } from "./fill-smoothly.ts";
import { takeCrops, type CropShelf } from "./take-crops.ts";

/** Pictures, whole and with holes. */
export interface HoledBatch {
  /** [batch, side, side, 3], in [0, 1]. */
  readonly whole: tf.Tensor4D;
  /** Holes filled smoothly. */
  readonly holed: tf.Tensor4D;
  /** 1 where pixels are known, [batch, side, side, 1]. */
  readonly known: tf.Tensor4D;
}

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
    take(chosen, random) {
      const whole = takeCrops(shelf, chosen, side, random);
      const holed = whole.slice();
      const pixels = side * side;
      const known = new Float32Array(chosen.length * pixels).fill(1);
      chosen.forEach((_, i) => {
        if (random.uniform() >= HOLED) return;
        const own = known.subarray(i * pixels, (i + 1) * pixels);
        scratch(own, side, random);
        const colours = holed.subarray(3 * i * pixels, 3 * (i + 1) * pixels);
        fillSmoothly({ height: side, width: side, pixels: colours, known: own });
      });
      const shaped = (values: Float32Array, channels: number): tf.Tensor4D =>
        tf.tensor4d(values, [chosen.length, side, side, channels]);
      return { whole: shaped(whole, 3), holed: shaped(holed, 3), known: shaped(known, 1) };
    },
    turns: [
      {
        name: "autoencoder",
        variables: net.learned,
        loss({ whole, holed, known }) {
          const repeated = net.decode(net.encode(holed, known, "mirror"), "mirror");
          // In decibels, so that what is easily repeated counts as much as what is not.
          const errors = tf.mean(tf.squaredDifference(repeated, whole), [1, 2, 3]); // [batch]
          return tf.mul(tf.mean(tf.log(tf.add(errors, SMALL_ERROR))), 10 / Math.LN10);
        },
        learningRate: cooledDown(COOL_DOWN, warmedUp(WARM_UP, fallingRate(learningRate, STEADY))),
        maxGradientNorm: 50,
      },
    ],
  };
}

/** Makes some holes in what is known, in place: strokes of a brush of 2 to 12 pixels, less than a third of all. */
function scratch(known: Float32Array, side: number, random: Random): void {
  const strokes = 1 + random.integer(3);
  for (let stroke = 0; stroke < strokes; stroke++) {
    const radius = random.between(1, 6);
    const turn = random.between(0, 2 * Math.PI);
    const length = random.between(0, side / (2 * radius ** 0.5));
    let [y, x] = [random.uniform() * side, random.uniform() * side];
    for (let along = 0; along <= length; along++) {
      dab(known, side, { y, x, radius });
      y += Math.sin(turn);
      x += Math.cos(turn);
    }
  }
}

function dab(
  known: Float32Array,
  side: number,
  { y, x, radius }: { readonly y: number; readonly x: number; readonly radius: number },
): void {
  const [top, bottom] = [Math.max(0, Math.ceil(y - radius)), Math.min(side - 1, Math.floor(y + radius))];
  const [left, right] = [Math.max(0, Math.ceil(x - radius)), Math.min(side - 1, Math.floor(x + radius))];
  for (let row = top; row <= bottom; row++) {
    for (let column = left; column <= right; column++) {
      if ((row - y) ** 2 + (column - x) ** 2 <= radius * radius) known[row * side + column] = 0;
    }
  }
}

import * as tf from "@tensorflow/tfjs";
import type { Random } from "../../core/random.ts";
import { SpectrumLikeness } from "../likeness/spectrum-likeness.ts";
import { StackLikeness } from "../likeness/stack-likeness.ts";
import { cosineRate, warmedUp } from "../training/rate-schedule.ts";
import type { TrainingTask } from "../training/training-task.ts";
import { CODE, LEARNED_CODE, type ImaginerNet } from "./imaginer-net.ts";
import { spatialInputs, type SpatialInputs } from "./spatial-inputs.ts";
import { STACK } from "./stack-decoder.ts";

/** A material to learn from, in bytes. */
export interface TaughtStack {
  /** [side, side, 6] of 255: sRGB, height, roughness, metallic. */
  readonly stack: Uint8Array;
  /** Where pieces are (1) and what lies between them (0), [side, side]; null where the material has none. */
  readonly layout: Uint8Array | null;
}

/** How an imaginer is taught. */
export interface ImaginerLesson {
  /** Pixels on each side of the materials, a power of 2. */
  readonly shelfSide: number;
  /** Pixels on each side of what is drawn; layouts are learned only where it is the materials' own. */
  readonly side: number;
  /** Of the first step; it falls to a twentieth. Default 0.002. */
  readonly learningRate?: number;
}

/** A mini-batch. */
export interface ImaginerBatch {
  /** [batch, shelf side, shelf side, 7]: the stack, and the layout where it is told. */
  readonly real: tf.Tensor4D;
  readonly inputs: SpatialInputs;
  /** [batch, side, side, 1]: the layout where it is told, else 0. */
  readonly layout: tf.Tensor4D;
  readonly codeNoise: tf.Tensor2D;
  readonly chance: Random;
}

const CHANNELS = STACK + 1;
const WARM_UP = 40;
const LEARNING_RATE = 2e-3;
const MOST_GRADIENT = 1;
/** How much the spectrum counts beside patches. */
const SPECTRUM = 0.15;
/** Keeps codes small; and how far chance moves them, so that codes between known ones mean something, too. */
const CODE_WEIGHT = 1e-3;
const CODE_NOISE = 0.1;
/** Share of mini-batches of which the layout is told. */
const TOLD = 0.35;
/** Red, green, blue and height in the pictures whose spectra are compared. */
const SEEN = [0.3, 0.5, 0.2, 0, 0, 0];
const HEIGHT = [0, 0, 0, 1, 0, 0];

/**
 * What an imaginer learns: from the picture of a material alone, draw all its maps so that their patches, together, are like the
 * material's own, at every scale.
 *
 * @param shelf - Materials to learn from.
 * @param dispose - Frees what the task holds; the net stays the caller's.
 */
export function imaginerTask(
  net: ImaginerNet,
  shelf: readonly TaughtStack[],
  { shelfSide, side, learningRate = LEARNING_RATE }: ImaginerLesson,
): { readonly task: TrainingTask<ImaginerBatch>; dispose(): void } {
  const likeness = new StackLikeness({ channels: CHANNELS });
  const spectrum = new SpectrumLikeness(side);
  const mixes = tf.tidy(() => tf.transpose(tf.tensor2d([SEEN, HEIGHT]))); // [6, 2]
  const take = (chosen: Uint32Array, chance: Random): ImaginerBatch => {
    const isTold = side === shelfSide && chance.uniform() < TOLD;
    const real = new Float32Array(chosen.length * shelfSide * shelfSide * CHANNELS);
    chosen.forEach((index, at) => {
      const size = shelfSide * shelfSide * CHANNELS;
      writeStack(real.subarray(at * size, (at + 1) * size), shelf[index], { side: shelfSide, chance, isTold });
    });
    const layout = new Float32Array(chosen.length * side * side);
    if (isTold) for (let i = 0; i < layout.length; i++) layout[i] = real[i * CHANNELS + STACK];
    return {
      real: tf.tensor4d(real, [chosen.length, shelfSide, shelfSide, CHANNELS]),
      inputs: spatialInputs(chosen.length, chance.fork(1), {
        height: side,
        width: side,
        layout: isTold ? layout : null,
      }),
      layout: tf.tensor4d(layout, [chosen.length, side, side, 1]),
      codeNoise: tf.tensor2d(
        Float32Array.from({ length: chosen.length * CODE }, (_, i) => {
          return i % CODE < LEARNED_CODE ? CODE_NOISE * chance.normal() : 0; // colours are told as they are
        }),
        [chosen.length, CODE],
      ),
      chance: chance.fork(2),
    };
  };
  const loss = ({ real, inputs, layout, codeNoise, chance }: ImaginerBatch): tf.Scalar => {
    const [batch, realSide] = real.shape;
    const stack = tf.slice(real, [0, 0, 0, 0], [-1, -1, -1, STACK]);
    const codes = net.encode(tf.slice(real, [0, 0, 0, 0], [-1, -1, -1, 3]));
    const made = net.decode(tf.add(codes, codeNoise), inputs);
    const patches = likeness.distance(tf.concat([made, layout], 3), real, chance);
    const mixed = (maps: tf.Tensor4D, length: number): tf.Tensor3D => {
      const two = tf.reshape(tf.matMul(tf.reshape(maps, [-1, STACK]), mixes), [batch, length, length, 2]);
      return tf.reshape(tf.transpose(two, [0, 3, 1, 2]), [2 * batch, length, length]);
    };
    const rings = spectrum.distance(mixed(made, side), mixed(stack, realSide));
    return tf.addN([patches, tf.mul(rings, SPECTRUM), tf.mul(tf.mean(tf.square(codes)), CODE_WEIGHT)]);
  };
  return {
    task: {
      name: "imaginer",
      examples: shelf.length,
      take,
      turns: [
        {
          name: "likeness",
          variables: net.parameters.variables,
          loss,
          learningRate: warmedUp(WARM_UP, cosineRate(learningRate, learningRate / 20)),
          maxGradientNorm: MOST_GRADIENT,
        },
      ],
    },
    dispose() {
      likeness.dispose();
      spectrum.dispose();
      mixes.dispose();
    },
  };
}

/** How far chance changes colours: gain of each channel, and the power that all are raised to. */
const GAIN = 0.25;
const POWER = 0.35;
const RECOLOURED = 0.5;

interface StackUse {
  readonly side: number;
  readonly chance: Random;
  readonly isTold: boolean;
}

/** A stack rolled and recoloured by chance, [side, side, 7]. */
function writeStack(out: Float32Array, { stack, layout }: TaughtStack, { side, chance, isTold }: StackUse): void {
  const [down, across] = [chance.integer(side), chance.integer(side)];
  const isRecoloured = chance.uniform() < RECOLOURED;
  const power = isRecoloured ? Math.exp(chance.between(-POWER, POWER)) : 1;
  const tables = [0, 1, 2].map(() => {
    const gain = isRecoloured ? Math.exp(chance.between(-GAIN, GAIN)) : 1;
    return Float32Array.from({ length: 256 }, (_, byte) => Math.min(1, gain * (byte / 255) ** power));
  });
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const place = ((y + down) % side) * side + ((x + across) % side);
      const to = (y * side + x) * CHANNELS;
      for (let c = 0; c < 3; c++) out[to + c] = tables[c][stack[place * STACK + c]];
      for (let c = 3; c < STACK; c++) out[to + c] = stack[place * STACK + c] / 255;
      out[to + STACK] = isTold && layout ? layout[place] : 0;
    }
  }
}

import * as tf from "@tensorflow/tfjs";
import { Random } from "../../core/random.ts";
import { GRAIN_COLOURS, GRAIN_INPUTS, type GrainNet } from "../../nets/encoders/grain-net.ts";
import type { CropShelf } from "../../nets/encoders/take-crops.ts";
import { constantRate, cooledDown, warmedUp } from "../../nets/training/rate-schedule.ts";
import type { TrainingTask } from "../../nets/training/training-task.ts";
import { coloursOfCells, seenCells } from "./grain-cells.ts";
import { sceneCrops } from "./scene-crops.ts";
import { toldNoise, withSensorNoise, type SensorNoise } from "./sensor-noise.ts";

/** Parts of frames as a dim camera sees them. */
export interface GrainBatch {
  /** [batch, side / 2, side / 2, 15], see `seenCells`. */
  readonly seen: tf.Tensor4D;
  /** What shall be told: the noise in sRGB, [batch, side / 2, side / 2, 12]. */
  readonly noise: tf.Tensor4D;
  /** How much errors count, [batch, 1, 1, 1]. */
  readonly weights: tf.Tensor4D;
}

/** How the network is taught. */
export interface GrainLesson {
  /** Pixels on each side of the crops, a multiple of 8. Default 64. */
  readonly side?: number;
  /** Of all steps between the first 100 and the last third. Default 0.0015. */
  readonly learningRate?: number;
}

/** Electrons of white, and of reading: from a night without stars to a dim room. */
const ELECTRONS = [10, 1500] as const;
const READ_NOISE = [0.2, 3] as const;
/** Added to the noise's deviation where errors are weighed by it: else strong noise would be all that counts. */
const FINEST = 0.02;
const WARM_UP = 100;
/** Of all steps, those in which the rate falls. */
const COOL_DOWN = 0.35;

/** Crops like scenes, seen by cameras with little light, and the network that shall tell the noise. */
export function grainTask(
  net: GrainNet,
  shelf: CropShelf,
  { side = 64, learningRate = 1.5e-3 }: GrainLesson = {},
): TrainingTask<GrainBatch> {
  return {
    name: "grain",
    examples: shelf.count,
    take(chosen, random) {
      const batch = chosen.length;
      const clean = sceneCrops(shelf, chosen, side, random);
      const noisy = new Float32Array(clean.length);
      const [size, told, weights]: [number, number[], number[]] = [side * side * 3, [], []];
      for (let from = 0; from < clean.length; from += size) {
        const noise = anyNoise(random);
        noisy.set(withSensorNoise(clean.subarray(from, from + size), noise, drawnNormals(random)), from);
        const greys = toldNoise(noise);
        told.push(...greys);
        weights.push(10 / (greys[1] + 10 * FINEST));
      }
      const frames = { height: side, width: side, pixels: noisy };
      const noise = coloursOfCells({ ...frames, pixels: noisy.map((value, i) => value - clean[i]) });
      const cells: [number, number, number] = [batch, side / 2, side / 2];
      return {
        seen: tf.tensor4d(seenCells(frames, told), [...cells, GRAIN_INPUTS]),
        noise: tf.tensor4d(noise, [...cells, GRAIN_COLOURS]),
        weights: tf.tensor4d(weights, [batch, 1, 1, 1]),
      };
    },
    turns: [
      {
        name: "grain",
        variables: net.parameters.variables,
        loss: ({ seen, noise, weights }) =>
          tf.mul(tf.mean(tf.mul(tf.squaredDifference(net.noiseOf(seen), noise), weights)), 100),
        learningRate: warmedUp(WARM_UP, cooledDown(COOL_DOWN, constantRate(learningRate))),
        maxGradientNorm: 20,
      },
    ],
  };
}

/** Noise of any strength, each halving of light as likely as the next. */
function anyNoise(random: Random): SensorNoise {
  const [dim, bright] = [Math.log(ELECTRONS[0]), Math.log(ELECTRONS[1])];
  return { electrons: Math.exp(random.between(dim, bright)), readNoise: random.between(...READ_NOISE) };
}

/** Normally distributed numbers: drawing them anew for each crop would take longer than all the rest. */
let normals: Float32Array | null = null;
const NORMALS = 1 << 18;

/** Goes through those numbers from anywhere, by any odd step. */
function drawnNormals(random: Random): () => number {
  const drawn = new Random(NORMALS);
  const table = (normals ??= Float32Array.from({ length: NORMALS }, () => drawn.normal()));
  let at = random.integer(NORMALS);
  const step = 1 + 2 * random.integer(NORMALS / 2);
  return () => table[(at = (at + step) & (NORMALS - 1))];
}

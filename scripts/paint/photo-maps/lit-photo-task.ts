import type { Random } from "../../../plugin/core/random.ts";
import { cosineRate, warmedUp } from "../../../plugin/nets/training/rate-schedule.ts";
import type { TrainingTask } from "../../../plugin/nets/training/training-task.ts";
import type { Camera } from "../../../plugin/paint/photograph/camera.ts";
import { photoLoss } from "../../../plugin/paint/photograph/photo-loss.ts";
import type { PhotoNet } from "../../../plugin/paint/photograph/photo-net.ts";
import type { ShelvedMaterial } from "./material-shelf.ts";
import { takePhotographs, type PhotoBatch, type ToldLight } from "./take-photographs.ts";
import { lightLean } from "./true-light.ts";

const LEARNING_RATE = 1e-3;
const WARM_UP = 100;
/** Steps of the cosine by which the rate falls; learning ends earlier. */
const COSINE = 2400;
/** How much the shape of heights counts, which now can be told. */
const SHAPE = 2;

/** What lies between the true light and the one that is told, as standard deviations in radians and of a logarithm: found lights are off, too. */
const TURN_ERROR = 0.2;
const STRENGTH_ERROR = 0.2;
const MOST_STRENGTH = 1.2;
/** How often a light is told from the wrong quarter, so that maps do not fall apart where a wrong one is found. */
const WRONG_QUARTER = 0.04;

/**
 * Second lessons: the network is told nearly from where the light comes. Without that no shade says anything about a slope.
 */
export function litPhotoTask(net: PhotoNet, shelf: readonly ShelvedMaterial[]): TrainingTask<PhotoBatch> {
  const rate = warmedUp(WARM_UP, cosineRate(LEARNING_RATE, LEARNING_RATE / 50));
  return {
    name: "photo-maps-lit",
    examples: shelf.length,
    take: (chosen, random) => takePhotographs(chosen, shelf, random, tellLight),
    turns: [
      {
        name: "maps",
        variables: net.parameters.variables,
        loss: (batch) => {
          const { pictures, light, edges } = batch;
          return photoLoss(net.decode(pictures, net.encode(pictures, edges, light), edges), batch, { shape: SHAPE });
        },
        learningRate: (step) => rate(step, COSINE),
        maxGradientNorm: 1,
      },
    ],
  };
}

function tellLight(camera: Camera, random: Random): ToldLight {
  const [right, up] = lightLean(camera);
  if (random.uniform() < WRONG_QUARTER) {
    const [across, down] = random.pick([
      [-1, 1],
      [1, -1],
      [-1, -1],
    ]);
    return { light: [across * right, down * up], isMirrored: true };
  }
  const turn = TURN_ERROR * random.normal();
  const longer = Math.min(MOST_STRENGTH, Math.exp(STRENGTH_ERROR * random.normal()));
  const [cosine, sine] = [longer * Math.cos(turn), longer * Math.sin(turn)];
  return { light: [cosine * right - sine * up, sine * right + cosine * up], isMirrored: true };
}

import * as tf from "@tensorflow/tfjs";
import type { Random } from "../../../plugin/core/random.ts";
import type { Edges } from "../../../plugin/nets/layers/pad-edges.ts";
import { ambientOcclusion } from "../../../plugin/paint/maps/ambient-occlusion.ts";
import { srgbBytes } from "../../../plugin/paint/maps/srgb.ts";
import { randomCamera, type Camera } from "../../../plugin/paint/photograph/camera.ts";
import { lightVector } from "../../../plugin/paint/photograph/light-vector.ts";
import type { PhotoTargets } from "../../../plugin/paint/photograph/photo-loss.ts";
import { photograph } from "../../../plugin/paint/photograph/photograph.ts";
import { mixedCut } from "./mixed-cut.ts";
import type { ShelvedMaterial } from "./material-shelf.ts";
import { trueLight } from "./true-light.ts";

/** Photographs with the truth about them. */
export interface PhotoBatch extends PhotoTargets {
  /** sRGB, [batch, side, side, 3]. */
  readonly pictures: tf.Tensor4D;
  /** What is told of the light, [batch, 2]. */
  readonly told: tf.Tensor2D;
  /** 1 where it is told, 0 where it is to be found, [batch, 1]. */
  readonly isTold: tf.Tensor2D;
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
/** How far the sky is looked for, in pixels; less far than shadows are followed, since margins are narrow. */
const SKY_REACH = 24;
/** How often the light is told. */
const TOLD = 0.4;
/** What lies between the true light and the one that is told, in radians: nobody measures it. */
const TURN_ERROR = 0.2;

/** Takes a mini-batch of photographs of materials, each in light that is new each time. */
export function takePhotographs(chosen: Uint32Array, shelf: readonly ShelvedMaterial[], random: Random): PhotoBatch {
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
  const lights: Light[] = [];
  taken.forEach((index, place) => {
    const maps = mixedCut(shelf, index, { size, isWhole }, random);
    const camera = randomCamera(random, isWhole);
    const photo = photograph(maps, camera, { occlusion: ambientOcclusion(maps, { reach: SKY_REACH / size }) });
    lights.push(lightOf(camera, random));
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
    told: tf.tensor2d(lights.map(({ told }) => [...told])),
    isTold: tf.tensor2d(lights.map(({ isTold }) => [isTold ? 1 : 0])),
    edges: isWhole ? "wrap" : "mirror",
  };
}

/** What somebody says of the light of one photograph who was there. */
interface Light {
  readonly told: readonly [right: number, up: number];
  readonly isTold: boolean;
}

function lightOf(camera: Camera, random: Random): Light {
  const light = trueLight(camera);
  const turn = TURN_ERROR * random.normal();
  const told = lightVector(light === "shade" ? light : { azimuth: light.azimuth + turn });
  return { told, isTold: random.uniform() < TOLD };
}

import * as tf from "@tensorflow/tfjs";
import type { Random } from "../../../plugin/core/random.ts";
import type { Edges } from "../../../plugin/nets/layers/pad-edges.ts";
import { srgbBytes } from "../../../plugin/paint/maps/srgb.ts";
import { randomCamera, type Camera } from "../../../plugin/paint/photograph/camera.ts";
import type { PhotoTargets } from "../../../plugin/paint/photograph/photo-loss.ts";
import { photograph } from "../../../plugin/paint/photograph/photograph.ts";
import { cutOut, type ShelvedMaterial } from "./material-shelf.ts";

/** Photographs with the truth about them. */
export interface PhotoBatch extends PhotoTargets {
  /** sRGB, [batch, side, side, 3]. */
  readonly pictures: tf.Tensor4D;
  /** What is told of the light, [batch, 2]. */
  readonly light: tf.Tensor2D;
  readonly edges: Edges;
}

/** What is told of the light of one photograph. */
export interface ToldLight {
  readonly light: readonly [right: number, up: number];
  /** Photograph and maps are mirrored so that the light comes from the upper right. Default false. */
  readonly isMirrored?: boolean;
}

/** Pixels on each side of a photograph of a part of a material. */
const PART = 96;
/** Pixels on each side of a photograph of a whole tile; there are half as many of them in a mini-batch, which costs the same. */
const TILE = 128;
/** Pixels around it that are drawn and then cut off, so that shadows of what is outside fall into it. */
const MARGIN = 16;
/** How often photographs show whole tiles, which go on beyond their borders. */
const WHOLE = 0.3;

/**
 * Takes a mini-batch of photographs of materials, each in light that is new each time.
 *
 * @param tell - What is told of a camera's light.
 */
export function takePhotographs(
  chosen: Uint32Array,
  shelf: readonly ShelvedMaterial[],
  random: Random,
  tell: (camera: Camera, random: Random) => ToldLight,
): PhotoBatch {
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
  const lights = new Float32Array(taken.length * 2);
  taken.forEach((index, place) => {
    const material = shelf[index];
    const isLarge = material.width > 2 * TILE;
    const shrink = isWhole ? material.width / TILE : random.pick(isLarge ? [1, 1, 2] : [1]);
    const way = random.integer(8);
    const [top, left] = [random.integer(material.height), random.integer(material.width)];
    const { maps, occlusion } = cutOut(material, { size, top, left, shrink, way });
    const camera = randomCamera(random, isWhole);
    const photo = photograph(maps, camera, { occlusion });
    const { light, isMirrored = false } = tell(camera, random);
    const [turnsAcross, turnsDown] = light.map((component) => isMirrored && component < 0);
    lights.set(isMirrored ? light.map(Math.abs) : light, 2 * place);
    const colours = srgbBytes(maps.albedo);
    const rise = maps.relief * size;
    for (let row = 0, to = place * pixels; row < side; row++) {
      for (let column = 0; column < side; column++, to++) {
        const down = turnsDown ? side - 1 - row : row;
        const across = turnsAcross ? side - 1 - column : column;
        const from = (down + margin) * size + across + margin;
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
    light: tf.tensor2d(lights, [taken.length, 2]),
    edges: isWhole ? "wrap" : "mirror",
  };
}

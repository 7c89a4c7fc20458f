import * as tf from "@tensorflow/tfjs";
import type { Random } from "../../../plugin/core/random.ts";
import type { Edges } from "../../../plugin/nets/layers/pad-edges.ts";
import { evened, logarithmOf } from "../../../plugin/paint/photograph/light-net.ts";
import { addAlbumPart, someAlbumPart, turnedLean, vignetteFactor } from "./album-part.ts";
import type { AlbumPage } from "./photo-album.ts";

/** Parts of photographs as they are shown to what finds the light. */
export interface ToneBatch {
  /** See `tonesOf`, [batch, side, side, 3]. */
  readonly tones: tf.Tensor4D;
  /** How far the light leans, [batch, 2]. */
  readonly lean: tf.Tensor2D;
  readonly edges: Edges;
}

/** Pixels on each side of a part, the same in a mini-batch: many small ones, or few as large as the light will be looked for in. */
const SIDES = [96, 128, 192, 256];
/** Pixels on each side of a part of which a mini-batch holds all that were chosen. */
const LEAST_SIDE = 96;
/** How often a photograph is looked at from twice as far. */
const FAR = 0.2;
/** How often corners are as bright as the middle; else they are darker by up to so much. */
const NO_VIGNETTE = 0.5;
const MOST_VIGNETTE = 0.45;
/** Of each byte of sRGB. */
const LOGARITHMS = Float32Array.from({ length: 256 }, (_, byte) => logarithmOf(byte / 255));

/**
 * Cuts a mini-batch out of an album: from each chosen page any part of any photograph, laid down in any way; of large parts as many as have
 * the same number of pixels.
 */
export function takeTones(
  chosen: Uint32Array,
  album: readonly Pick<AlbumPage, "side" | "photos">[],
  random: Random,
): ToneBatch {
  const size = random.pick(SIDES);
  const taken = chosen.subarray(0, Math.max(1, Math.round((chosen.length * LEAST_SIDE ** 2) / size ** 2)));
  const logarithms = new Float32Array(taken.length * size * size * 3);
  const leans = Array.from(taken, (index, place) => {
    const { side, photos } = album[index];
    const photo = random.pick(photos);
    const tones = logarithms.subarray(place * size * size * 3, (place + 1) * size * size * 3);
    const part = someAlbumPart(side, size, FAR, random);
    addAlbumPart(photo.bytes, { side, channels: 3 }, part, (byte) => LOGARITHMS[byte], tones);
    if (random.uniform() >= NO_VIGNETTE) darkenCorners(tones, size, random.between(0, MOST_VIGNETTE));
    return turnedLean(photo.lean, part.way);
  });
  return {
    tones: tf.tidy(() => evened(tf.tensor4d(logarithms, [taken.length, size, size, 3]))),
    lean: tf.tensor2d(leans),
    edges: "mirror",
  };
}

/** Darkens linear light by up to a share, in the corners. */
function darkenCorners(logarithms: Float32Array, size: number, vignette: number): void {
  for (let row = 0, at = 0; row < size; row++) {
    for (let column = 0; column < size; column++, at += 3) {
      const darker = Math.log(vignetteFactor(row, column, size, vignette));
      for (let c = 0; c < 3; c++) logarithms[at + c] += darker;
    }
  }
}

import * as tf from "@tensorflow/tfjs";
import type { Random } from "../../../plugin/core/random.ts";
import type { Edges } from "../../../plugin/nets/layers/pad-edges.ts";
import { evened, logarithmOf } from "../../../plugin/paint/photograph/light-net.ts";
import { turned } from "./material-shelf.ts";
import type { AlbumPage, AlbumPhoto } from "./photo-album.ts";

/** Parts of photographs as they are shown to what finds the light. */
export interface ToneBatch {
  /** See `tonesOf`, [batch, side, side, 3]. */
  readonly tones: tf.Tensor4D;
  /** How far the light leans, [batch, 2]. */
  readonly lean: tf.Tensor2D;
  readonly edges: Edges;
}

/** Pixels on each side of a part; the same in a mini-batch. */
const SIDES = [96, 96, 96, 128];
/** How often a photograph is looked at from twice as far. */
const FAR = 0.2;
/** How often corners are as bright as the middle; else they are darker by up to so much. */
const NO_VIGNETTE = 0.5;
const MOST_VIGNETTE = 0.45;
/** Of each byte of sRGB. */
const LOGARITHMS = Float32Array.from({ length: 256 }, (_, byte) => logarithmOf(byte / 255));

/** Cuts a mini-batch out of an album: from each chosen page any part of any photograph, laid down in any way. */
export function takeTones(chosen: Uint32Array, album: readonly AlbumPage[], random: Random): ToneBatch {
  const size = random.pick(SIDES);
  const logarithms = new Float32Array(chosen.length * size * size * 3);
  const leans = Array.from(chosen, (index, place) => {
    const { side, photos } = album[index];
    const photo = random.pick(photos);
    const part = logarithms.subarray(place * size * size * 3, (place + 1) * size * size * 3);
    const step = random.uniform() < FAR && 2 * size <= side ? 2 : 1;
    const way = random.integer(8);
    cutTones(photo, side, { size, step, way, top: random.integer(side), left: random.integer(side) }, part);
    if (random.uniform() >= NO_VIGNETTE) darkenCorners(part, size, random.between(0, MOST_VIGNETTE));
    return turnedLean(photo.lean, way);
  });
  return {
    tones: tf.tidy(() => evened(tf.tensor4d(logarithms, [chosen.length, size, size, 3]))),
    lean: tf.tensor2d(leans),
    edges: "mirror",
  };
}

/** Which part of a photograph is seen. */
interface Part {
  /** Pixels on each side of what is seen, and pixels of the photograph to one of these, on each side. */
  readonly size: number;
  readonly step: number;
  readonly way: number;
  readonly top: number;
  readonly left: number;
}

function cutTones({ bytes }: AlbumPhoto, side: number, { size, step, way, top, left }: Part, to: Float32Array): void {
  const weight = 1 / (step * step);
  for (let row = 0, at = 0; row < size; row++) {
    for (let column = 0; column < size; column++, at += 3) {
      const [across, down] = turned(column, row, size, way);
      for (let y = 0; y < step; y++) {
        const line = ((top + down * step + y) % side) * side;
        for (let x = 0; x < step; x++) {
          const from = 3 * (line + ((left + across * step + x) % side));
          for (let c = 0; c < 3; c++) to[at + c] += weight * LOGARITHMS[bytes[from + c]];
        }
      }
    }
  }
}

/** Darkens linear light by up to a share, in the corners. */
function darkenCorners(logarithms: Float32Array, size: number, vignette: number): void {
  for (let row = 0, at = 0; row < size; row++) {
    const down = (2 * row + 1) / size - 1;
    for (let column = 0; column < size; column++, at += 3) {
      const across = (2 * column + 1) / size - 1;
      const darker = Math.log(1 - (vignette * (down * down + across * across)) / 2);
      for (let c = 0; c < 3; c++) logarithms[at + c] += darker;
    }
  }
}

/** The light of a photograph that is laid down in another way. */
function turnedLean([right, up]: AlbumPhoto["lean"], way: number): [right: number, up: number] {
  const [x, y] = turned(0, 0, 2, way);
  const along = (column: number, row: number): number => {
    const [across, down] = turned(column, row, 2, way);
    return (across - x) * right - (down - y) * up;
  };
  return [along(1, 0), -along(0, 1)];
}

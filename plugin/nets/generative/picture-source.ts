import * as tf from "@tensorflow/tfjs";
import type { Random } from "../../core/random.ts";
import type { CodeShape } from "./code-shape.ts";

/** Pictures to learn from. */
export interface PictureSource {
  /** How many there are. */
  readonly count: number;
  /** Numbers of picture `index`, [side, side, channels], in [0, 1]. */
  picture(index: number): Float32Array;
}

/** A mini-batch of pictures, and chance for codes. */
export interface PictureBatch {
  /** [batch, side, side, channels]. */
  readonly pictures: tf.Tensor4D;
  /** Standard normal, [batch, code]. */
  readonly noise: tf.Tensor2D;
}

/** Fetches pictures. The caller disposes of the tensors. */
export function takePictures(
  source: PictureSource,
  { side, channels, code }: CodeShape,
  { chosen, random }: { readonly chosen: Uint32Array; readonly random: Random },
): PictureBatch {
  const size = side * side * channels;
  const values = new Float32Array(chosen.length * size);
  chosen.forEach((index, i) => values.set(source.picture(index), i * size));
  return {
    pictures: tf.tensor4d(values, [chosen.length, side, side, channels]),
    noise: normalRows(random, chosen.length, code),
  };
}

/** Standard normal numbers, [rows, columns]. The caller disposes of it. */
export function normalRows(random: Random, rows: number, columns: number): tf.Tensor2D {
  return tf.tensor2d(
    Float32Array.from({ length: rows * columns }, () => random.normal()),
    [rows, columns],
  );
}

import * as tf from "@tensorflow/tfjs";
import { breathe } from "../../core/breathe.ts";
import { fitCodes, type CodeFit } from "./fit-codes.ts";
import type { PictureSource } from "./picture-source.ts";
import type { Vae } from "./vae.ts";

/** Pictures that are encoded at once. */
const BATCH = 64;
/** Enough for the covariances of a few dozen numbers. */
const MOST = 2048;

/** Fits the codes of a source's first pictures, at most 2,048, on the present backend. */
export async function readCodes(vae: Vae, source: PictureSource): Promise<CodeFit> {
  const { side, channels, code } = vae.shape;
  const count = Math.min(MOST, source.count);
  const means = new Float32Array(count * code);
  const variances = new Float32Array(count * code);
  for (let from = 0; from < count; from += BATCH) {
    const size = Math.min(BATCH, count - from);
    const pictures = new Float32Array(size * side * side * channels);
    for (let i = 0; i < size; i++) pictures.set(source.picture(from + i), i * side * side * channels);
    const both = tf.tidy(() => {
      const told = vae.encoder.encode(tf.tensor4d(pictures, [size, side, side, channels]));
      return { means: told.means, variances: tf.exp(told.logVariances) };
    });
    means.set(await both.means.data<"float32">(), from * code);
    variances.set(await both.variances.data<"float32">(), from * code);
    tf.dispose([both.means, both.variances]);
    await breathe();
  }
  return fitCodes(means, variances, code);
}

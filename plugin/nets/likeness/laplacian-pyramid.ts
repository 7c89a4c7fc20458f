import * as tf from "@tensorflow/tfjs";
import { padEdges } from "../layers/pad-edges.ts";

/** Burt and Adelson 1983, with a = 0.375: as the metric takes pictures apart. */
const BINOMIAL = [1 / 16, 4 / 16, 6 / 16, 4 / 16, 1 / 16];
const TAPS = BINOMIAL.length ** 2;

/** Takes pictures that go on around their borders apart by scale. Differentiable. */
export class LaplacianPyramid {
  readonly #channels: number;
  readonly #blur: tf.Tensor4D;
  readonly #spread: tf.Tensor4D;

  constructor(channels: number) {
    this.#channels = channels;
    const blur = new Float32Array(TAPS * channels);
    const spread = new Float32Array(TAPS * channels ** 2);
    for (let tap = 0; tap < TAPS; tap++) {
      const weight = BINOMIAL[Math.floor(tap / BINOMIAL.length)] * BINOMIAL[tap % BINOMIAL.length];
      for (let c = 0; c < channels; c++) {
        blur[tap * channels + c] = weight;
        spread[(tap * channels + c) * channels + c] = 4 * weight;
      }
    }
    this.#blur = tf.keep(tf.tensor4d(blur, [5, 5, channels, 1]));
    this.#spread = tf.keep(tf.tensor4d(spread, [5, 5, channels, channels]));
  }

  /**
   * @param pictures - [batch, height, width, channels]; sides can be halved `levels - 1` times.
   * @returns What each scale adds, finest first; the last one is what is left.
   */
  takeApart(pictures: tf.Tensor4D, levels: number): tf.Tensor4D[] {
    const result: tf.Tensor4D[] = [];
    let current = pictures;
    for (let level = 1; level < levels; level++) {
      const coarser = this.#reduce(current);
      result.push(tf.sub(current, this.#expand(coarser)));
      current = coarser;
    }
    return [...result, current];
  }

  dispose(): void {
    tf.dispose([this.#blur, this.#spread]);
  }

  #reduce(pictures: tf.Tensor4D): tf.Tensor4D {
    return tf
      .depthwiseConv2d(padEdges(pictures, 2, 2, "wrap"), this.#blur, 2, "valid")
      .slice([0, 0, 0, 0], [pictures.shape[0], pictures.shape[1] / 2, pictures.shape[2] / 2, this.#channels]);
  }

  #expand(pictures: tf.Tensor4D): tf.Tensor4D {
    const [batch, height, width, channels] = pictures.shape;
    const padded = padEdges(pictures, 1, 1, "wrap");
    const wide = tf.conv2dTranspose(padded, this.#spread, [batch, 2 * height + 7, 2 * width + 7, channels], 2, "valid");
    return tf.slice(wide, [0, 4, 4, 0], [batch, 2 * height, 2 * width, channels]);
  }
}

import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { divergenceFromNormal, drawCodes, pictureError } from "../../../plugin/nets/generative/vae-losses.ts";
import { startBackend } from "../../../plugin/nets/start-backend.ts";

beforeAll(() => startBackend("cpu"));

const number = (make: () => tf.Tensor): number => tf.tidy(() => make().dataSync<"float32">()[0]);

describe("divergenceFromNormal", () => {
  it("is 0 for the standard normal distribution", () => {
    const divergence = number(() => divergenceFromNormal({ means: tf.zeros([3, 4]), logVariances: tf.zeros([3, 4]) }));
    expect(divergence).toBe(0);
  });

  it("is the closed form, summed over a code and averaged over the batch", () => {
    // First code: ½ (1² + 4 − 1 − ln 4) + ½ (0 + 1 − 1 − 0) = 2 − ln 2; second: ½ (3² + 1 − 1 − 0) = 4.5; their mean.
    const divergence = number(() =>
      divergenceFromNormal({
        means: tf.tensor2d([
          [1, 0],
          [3, 0],
        ]),
        logVariances: tf.tensor2d([
          [Math.log(4), 0],
          [0, 0],
        ]),
      }),
    );
    expect(divergence).toBeCloseTo((2 - Math.log(2) + 4.5) / 2, 6);
  });

  it("pulls means towards 0 and variances towards 1", () => {
    // By μ: μ; by log σ²: ½ (σ² − 1).
    const [byMean, byLogVariance] = tf.tidy(() => {
      const loss = (means: tf.Tensor, logVariances: tf.Tensor): tf.Scalar =>
        divergenceFromNormal({ means: means as tf.Tensor2D, logVariances: logVariances as tf.Tensor2D });
      return tf
        .grads(loss)([tf.tensor2d([[0.7]]), tf.tensor2d([[Math.log(3)]])])
        .map((gradient) => gradient.dataSync<"float32">()[0]);
    });
    expect(byMean).toBeCloseTo(0.7, 6);
    expect(byLogVariance).toBeCloseTo(1, 6);
  });
});

describe("drawCodes", () => {
  const distribution = (): { means: tf.Tensor2D; logVariances: tf.Tensor2D } => ({
    means: tf.tensor2d([[2, -1]]),
    logVariances: tf.tensor2d([[Math.log(9), 0]]),
  });

  it("moves the noise to the mean and stretches it by the deviation", () => {
    // 2 + 3 · 0.5 and −1 + 1 · −2.
    const codes = tf.tidy(() => drawCodes(distribution(), tf.tensor2d([[0.5, -2]])).dataSync<"float32">());
    expect(codes[0]).toBeCloseTo(3.5, 5);
    expect(codes[1]).toBeCloseTo(-3, 5);
  });

  it("lets gradients through to means and deviations", () => {
    // d/dμ of the sum is 1; d/d(log σ²) is ½ σ · noise = ½ · 3 · 0.5.
    const [byMean, byLogVariance] = tf.tidy(() => {
      const { means, logVariances } = distribution();
      const sum = (m: tf.Tensor, v: tf.Tensor): tf.Scalar =>
        tf.sum(drawCodes({ means: m as tf.Tensor2D, logVariances: v as tf.Tensor2D }, tf.tensor2d([[0.5, -2]])));
      return tf
        .grads(sum)([means, logVariances])
        .map((gradient) => gradient.dataSync<"float32">()[0]);
    });
    expect(byMean).toBe(1);
    expect(byLogVariance).toBeCloseTo(0.75, 5);
  });
});

describe("pictureError", () => {
  it("sums a picture's squares and averages over the batch", () => {
    // (4 · 0.5² + 4 · 1²) / 2.
    const error = number(() => {
      const made = tf.concat4d([tf.fill([1, 2, 2, 1], 0.5), tf.ones([1, 2, 2, 1])], 0);
      return pictureError(made, tf.zeros([2, 2, 2, 1]));
    });
    expect(error).toBe(2.5);
  });
});

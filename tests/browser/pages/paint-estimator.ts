import * as tf from "@tensorflow/tfjs";
import type { SharedDevice } from "../../../plugin/bridge/shared-device.ts";
import { Random } from "../../../plugin/core/random.ts";
import { NetMapEstimator } from "../../../plugin/paint/photograph/net-map-estimator.ts";
import { PHOTO_NET, PhotoNet } from "../../../plugin/paint/photograph/photo-net.ts";
import type { EstimatedTensors, MapEstimator } from "../../../plugin/paint/photograph/map-estimator.ts";

/**
 * An estimator with two convolutions of fixed weights: as many tensors come and go as with a real one. Its weights outlive
 * a lost device.
 */
export async function smallEstimator(shared: SharedDevice | null): Promise<MapEstimator> {
  const weights = (shape: [number, number, number, number], scale: number): tf.Variable<tf.Rank.R4> => {
    const size = shape.reduce((product, side) => product * side, 1);
    const values = Float32Array.from({ length: size }, (_, i) => scale * Math.sin(12.9898 * (i + 1)));
    return tf.tidy(() => tf.variable(tf.tensor4d(values, shape)));
  };
  const first = weights([3, 3, 3, 8], 0.4);
  const second = weights([3, 3, 8, 2], 0.4);
  await shared?.keep([first, second]);
  return {
    fileHash: null,
    estimate: () => Promise.reject(new Error("Only tensors here.")),
    estimateTensors(picture): EstimatedTensors {
      return tf.tidy(() => {
        const maps = tf.sigmoid(tf.conv2d(tf.relu(tf.conv2d(picture, first, 1, "same")), second, 1, "same"));
        const [heights, roughness] = tf.split(maps, 2, 3);
        const [, height, width] = picture.shape;
        return {
          albedo: tf.reshape<tf.Rank.R3>(tf.pow(picture, 2.2), [height, width, 3]),
          heights: tf.reshape<tf.Rank.R2>(heights, [height, width]),
          roughness: tf.reshape<tf.Rank.R2>(roughness, [height, width]),
          relief: tf.scalar(0.08),
        };
      });
    },
    dispose: () => tf.dispose([first, second]),
  };
}

/** The kind of network that is shipped, untaught. */
export function untaughtEstimator(): MapEstimator {
  return new NetMapEstimator(new PhotoNet(new Random(7, 0), PHOTO_NET), "webgpu");
}

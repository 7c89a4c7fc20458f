import * as tf from "@tensorflow/tfjs";
import { padEdges, type Edges } from "../../nets/layers/pad-edges.ts";

/** Numbers that say what a place is like. */
export const TRAITS = 6;

const LUMINANCE = [0.2126, 0.7152, 0.0722];
/** Spreads that are smaller, of logarithms of light, are not stretched further. */
const LEAST = 1e-3;
/** Traits are no larger, so that single pixels do not count for all. */
const MOST = 4;

/** What gradients lie in pictures, and at what places. */
export interface Gradients {
  /**
   * In spreads of the picture's own: brightness, its curvature, its bend along the gradient, its steepness, how fast colours change; and
   * brightness in steepnesses. [batch, height, width, 6].
   */
  readonly traits: tf.Tensor4D;
  /** Gradients of brightness, in spreads of the picture's own, [batch, height, width, 1] each. */
  readonly right: tf.Tensor4D;
  readonly up: tf.Tensor4D;
}

/**
 * Gradients of the logarithm of brightness, with what their places are like. The traits stay with their places when a picture is
 * turned by quarters or mirrored; the gradients turn along. Not differentiable. In `tf.tidy`.
 *
 * @param light - Logarithms of linear light, [batch, height, width, 3].
 */
export function gradientsOf(light: tf.Tensor4D, edges: Edges): Gradients {
  const raw = tf.sum<tf.Tensor4D>(tf.mul(light, tf.tensor1d(LUMINANCE)), 3, true); // [batch, height, width, 1]
  const brightness = tf.sub<tf.Tensor4D>(raw, tf.mean(raw, [1, 2], true));
  const around = neighbours(padEdges(brightness, 1, 1, edges));
  const right = tf.mul<tf.Tensor4D>(tf.sub(around(1, 2), around(1, 0)), 0.5);
  const up = tf.mul<tf.Tensor4D>(tf.sub(around(0, 1), around(2, 1)), 0.5);
  const [acrossBend, upBend] = [
    tf.sub(tf.add(around(1, 2), around(1, 0)), tf.mul(brightness, 2)),
    tf.sub(tf.add(around(0, 1), around(2, 1)), tf.mul(brightness, 2)),
  ];
  const twist = tf.mul(tf.sub(tf.add(around(0, 2), around(2, 0)), tf.add(around(0, 0), around(2, 2))), 0.25);
  const squares = tf.add(tf.square(right), tf.square(up));
  const bend = tf.add(
    tf.add(tf.mul(acrossBend, tf.square(right)), tf.mul(upBend, tf.square(up))),
    tf.mul(tf.mul(twist, 2), tf.mul(right, up)),
  );
  const curvature = tf.add(acrossBend, upBend);
  const along = tf.div(bend, tf.add(squares, LEAST ** 2));
  const steepness = tf.sqrt(squares);
  // Colour without brightness: where it changes, the material does.
  const colours = neighbours(padEdges(tf.sub<tf.Tensor4D>(light, raw), 1, 1, edges));
  const change = tf.add(
    tf.square(tf.sub(colours(1, 2), colours(1, 0))),
    tf.square(tf.sub(colours(0, 1), colours(2, 1))),
  );
  const colourChange = tf.sqrt(tf.sum(change, 3, true));
  const slope = spread(steepness);
  const traits = [
    tf.div(brightness, spread(brightness)),
    tf.div(curvature, spread(curvature)),
    tf.div(along, spread(curvature)),
    tf.div(steepness, slope),
    tf.div(colourChange, slope),
    tf.div(brightness, tf.mul(slope, 4)),
  ];
  return {
    traits: tf.clipByValue(tf.concat(traits, 3), -MOST, MOST) as tf.Tensor4D,
    right: tf.div(right, slope),
    up: tf.div(up, slope),
  };
}

/** What a frame that is two pixels smaller shows at a place. */
function neighbours(framed: tf.Tensor4D): (top: number, left: number) => tf.Tensor4D {
  const [batch, height, width, channels] = framed.shape;
  return (top, left) => tf.slice(framed, [0, top, left, 0], [batch, height - 2, width - 2, channels]);
}

/** The root of the mean square, for each picture, [batch, 1, 1, 1]. */
function spread(map: tf.Tensor): tf.Tensor {
  return tf.maximum(tf.sqrt(tf.mean(tf.square(map), [1, 2], true)), LEAST);
}

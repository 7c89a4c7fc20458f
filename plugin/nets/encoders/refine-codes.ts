import * as tf from "@tensorflow/tfjs";
import type { Edges } from "../layers/pad-edges.ts";
import type { AutoencoderNet } from "./autoencoder-net.ts";

/** What codes shall give. */
export interface CodesAim {
  /** [batch, height, width, 3], in [0, 1]. */
  readonly pictures: tf.Tensor4D;
  /** 1 where a pixel is known, 0 where anything may come, [batch, height, width, 1]. */
  readonly known: tf.Tensor4D;
  readonly edges: Edges;
}

/** How often codes are looked at again, and what happens in between. */
export interface RefineOptions {
  /** Gradients that are taken, at least 1. Each costs as much as decoding three times. */
  readonly steps: number;
  /** Awaited after each. @param done - The share that is done, in (0, 1]. */
  readonly rest?: (done: number) => Promise<void>;
}

/**
 * How far a step goes, and how much of the one before it is gone again: chosen by trial on pictures that cards don't judge by. Three steps take
 * nine tenths of the way that 80 of L-BFGS find, four all but a hundredth of a decibel.
 */
const RATE = 0.2;
const MOMENTUM = 0.3;
/** For numbers that reach nowhere. */
const LEAST_REACH = 1e-12;

/**
 * Looks again at pictures: moves the codes that the encoder guessed to where the decoder, as it is, comes nearer to what is known. An encoder
 * sees each picture once and is a little off everywhere (Kim et al. 2018, "Semi-amortized variational autoencoders",
 * https://arxiv.org/abs/1802.02550v7); principal components, of which the best code is known, are not.
 *
 * Gradient steps with momentum, each number in units of its reach, so that a step would be the same for all if only the linear code counted. All is
 * local: cells far away change nothing.
 *
 * @param codes - Where it begins, [batch, height / 8, width / 8, code]. They are not changed.
 * @returns New codes of the same shape, never further off than those given. The caller disposes of them.
 */
export async function refineCodes(
  net: AutoencoderNet,
  codes: tf.Tensor4D,
  aim: CodesAim,
  { steps, rest }: RefineOptions,
): Promise<tf.Tensor4D> {
  let [now, velocity] = tf.tidy(() => [codes.clone(), tf.zerosLike(codes)]);
  let best = { codes: codes.clone(), error: Infinity };
  const judge = async (error: tf.Scalar): Promise<void> => {
    const [value] = await error.data<"float32">();
    error.dispose();
    if (!(value < best.error)) return;
    best.codes.dispose();
    best = { codes: now.clone(), error: value };
  };
  try {
    for (let step = 0; step < steps; step++) {
      const [error, next, nextVelocity] = tf.tidy(() => stepFrom(net, { codes: now, velocity }, aim));
      try {
        await judge(error);
      } finally {
        tf.dispose([now, velocity]);
        [now, velocity] = [next, nextVelocity];
      }
      await rest?.((step + 1) / steps);
    }
    await judge(tf.tidy(() => squaredError(net.decode(now, aim.edges), aim)));
    return best.codes;
  } catch (error) {
    best.codes.dispose();
    throw error;
  } finally {
    tf.dispose([now, velocity]);
  }
}

/** Codes on their way, and how far the last step went. */
interface Moving {
  readonly codes: tf.Tensor4D;
  readonly velocity: tf.Tensor4D;
}

/** How far off codes are, where they go, and how far that is. */
function stepFrom(
  net: AutoencoderNet,
  { codes, velocity }: Moving,
  aim: CodesAim,
): [error: tf.Scalar, codes: tf.Tensor4D, velocity: tf.Tensor4D] {
  const { value, grad } = tf.valueAndGrad((x) => squaredError(net.decode(x as tf.Tensor4D, aim.edges, false), aim))(
    codes,
  );
  const push = tf.mul(tf.div(grad, tf.maximum(net.squaredReach(), LEAST_REACH)), RATE);
  const next = tf.sub<tf.Tensor4D>(tf.mul(velocity, MOMENTUM), push);
  return [value, tf.add(codes, next), next];
}

function squaredError(made: tf.Tensor4D, { pictures, known }: CodesAim): tf.Scalar {
  return tf.sum<tf.Scalar>(tf.mul(tf.squaredDifference(made, pictures), known));
}

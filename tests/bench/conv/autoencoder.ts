import * as tf from "@tensorflow/tfjs";
import { Random } from "../../../plugin/core/random.ts";
import { createAdam } from "../../../plugin/nets/adam/adam.ts";

/** Edge of every filter, stride of every layer, channels from the picture to the code. */
const FILTER = 4;
const STRIDE = 2;
const CHANNELS = [3, 32, 64, 128];

/** How large. */
export interface AutoencoderSize {
  readonly batch: number;
  /** Edge of the square pictures, a multiple of 8. */
  readonly pixels: number;
}

/** A convolutional autoencoder on TensorFlow.js's present backend, its parameters and pictures drawn from a seed. */
export interface Autoencoder {
  /** Multiplications and additions in the convolutions of one step, forward and both gradients. */
  readonly flops: number;
  /** The loss's gradients, one for each variable. */
  gradients(): tf.Tensor[];
  /** One step of Adam. Returns the loss. */
  step(): number;
  dispose(): void;
}

interface Layer {
  readonly weights: tf.Variable<tf.Rank.R4>;
  readonly biases: tf.Variable<tf.Rank.R1>;
}

/** Three convolutions down, three transposed ones up, ReLU between them, mean squared error, Adam. */
export function makeAutoencoder({ batch, pixels }: AutoencoderSize, seed: number): Autoencoder {
  const random = new Random(seed);
  const draw = (shape: number[], next: () => number): tf.Tensor =>
    tf.tensor(Float32Array.from({ length: tf.util.sizeFromShape(shape) }, next), shape);
  const layer = (from: number, to: number, outputs: number, inputsSeen: number): Layer => {
    const scale = Math.sqrt(2 / inputsSeen);
    const weights = draw([FILTER, FILTER, from, to], () => scale * random.normal()) as tf.Tensor4D;
    return { weights: takeOver(weights), biases: takeOver(tf.zeros<tf.Rank.R1>([outputs])) };
  };
  const encoder = [0, 1, 2].map((i) => {
    const [from, to] = [CHANNELS[i], CHANNELS[i + 1]];
    return layer(from, to, to, FILTER ** 2 * from);
  });
  // A pixel of a transposed convolution sees FILTER² / STRIDE² taps.
  const decoder = [2, 1, 0].map((i) => {
    const [to, from] = [CHANNELS[i], CHANNELS[i + 1]];
    return layer(to, from, to, (FILTER / STRIDE) ** 2 * from);
  });
  const pictures = draw([batch, pixels, pixels, CHANNELS[0]], () => random.uniform()) as tf.Tensor4D;
  const variables = [...encoder, ...decoder].flatMap(({ weights, biases }) => [weights, biases]);
  const adam = createAdam({ learningRate: 1e-3 });

  const loss = (): tf.Scalar => {
    let h = pictures;
    for (const { weights, biases } of encoder) h = tf.relu(tf.add(tf.conv2d(h, weights, STRIDE, "same"), biases));
    decoder.forEach(({ weights, biases }, i) => {
      const edge = h.shape[1] * STRIDE;
      const shape: [number, number, number, number] = [batch, edge, edge, weights.shape[2]];
      const y = tf.add<tf.Tensor4D>(tf.conv2dTranspose(h, weights, shape, STRIDE, "same"), biases);
      h = i < 2 ? tf.relu(y) : y;
    });
    return tf.mean(tf.squaredDifference(h, pictures));
  };
  const differentiate = (): { value: tf.Scalar; gradients: tf.Tensor[] } => {
    const { value, grads } = tf.variableGrads(loss, variables);
    return { value, gradients: variables.map(({ name }) => grads[name]) };
  };

  return {
    flops: countFlops(batch, pixels),
    gradients() {
      const { value, gradients } = differentiate();
      value.dispose();
      return gradients;
    },
    step() {
      const { value, gradients } = differentiate();
      adam.apply(variables, gradients);
      const [number] = value.dataSync();
      tf.dispose([value, ...gradients]);
      return number;
    },
    dispose() {
      adam.dispose();
      tf.dispose([pictures, ...variables]);
    },
  };
}

/** A variable instead of a tensor. */
function takeOver<R extends tf.Rank>(initial: tf.Tensor<R>): tf.Variable<R> {
  const variable = tf.variable(initial);
  initial.dispose();
  return variable;
}

/**
 * Two for each product that is added: forward, for the filter's gradient and for the input's, which the first layer needs not.
 * Padding counts as if it were picture; biases, ReLU, loss and Adam count nothing.
 */
function countFlops(batch: number, pixels: number): number {
  let flops = 0;
  for (let i = 0; i < 3; i++) {
    const outputs = batch * (pixels / STRIDE ** (i + 1)) ** 2;
    const once = 2 * outputs * FILTER ** 2 * CHANNELS[i] * CHANNELS[i + 1];
    flops += once * (i === 0 ? 2 : 3); // down
    flops += once * 3; // up again, by the transposed convolution of the same shapes
  }
  return flops;
}

import { actorOutputs } from "./action-spec.ts";
import { ConfigurationError } from "./errors.ts";
import { imageParts, observationSize, pictureSize, type ImagePart } from "./observation-spec.ts";
import type { RoleSpec } from "./role-spec.ts";

/** In the order of the numbers by which the kernels know them. */
export const ACTIVATIONS = ["linear", "relu", "leakyRelu", "tanh", "silu"] as const;

/** `leakyRelu` has the slope 0.01 below zero; `silu` is x · sigmoid(x). */
export type Activation = (typeof ACTIVATIONS)[number];

/** One convolution over a picture: square kernel, no padding, then ReLU. */
export interface Convolution {
  /** How many kernels, 1 to 256. */
  readonly filters: number;
  /** Side of a kernel in pixels, 1 to 16. */
  readonly size: number;
  /** Pixels from one application to the next, 1 to 16. */
  readonly stride: number;
}

/** For grids and tiny pictures: details count, and nothing may be skipped. */
export const SMALL_ENCODER: readonly Convolution[] = [
  { filters: 16, size: 3, stride: 1 },
  { filters: 32, size: 3, stride: 1 },
];

/** For pictures from 20 × 20. Sizes as in the simple visual encoder of Unity ML-Agents, release 20. */
export const SIMPLE_ENCODER: readonly Convolution[] = [
  { filters: 16, size: 8, stride: 4 },
  { filters: 32, size: 4, stride: 2 },
];

/** For pictures from 36 × 36. Mnih et al. 2015, https://doi.org/10.1038/nature14236. */
export const NATURE_ENCODER: readonly Convolution[] = [
  { filters: 32, size: 8, stride: 4 },
  { filters: 64, size: 4, stride: 2 },
  { filters: 64, size: 3, stride: 1 },
];

/**
 * The shape of an actor-critic network: a multilayer perceptron, and convolutions before it where there are pictures.
 *
 * Actor and critic share the convolutions. Their results are appended, picture by picture, to the row of numbers; that row
 * is what the first hidden layers get.
 */
export interface NetworkSpec {
  /** Width of each hidden layer, 1 to 4 of them, each 1 to 1024. */
  readonly hidden: readonly number[];
  readonly activation: Activation;
  /** Whether actor and critic share all hidden layers. */
  readonly sharedTrunk: boolean;
  /**
   * What is applied to each picture, with weights of its own, 1 to 6 of them. Default `SIMPLE_ENCODER` for pictures whose
   * shorter side has 20 pixels or more, `SMALL_ENCODER` for smaller ones.
   */
  readonly convolutions?: readonly Convolution[];
}

/** One convolution in the flat array of parameters. */
export interface ConvolutionLayout {
  readonly name: string;
  /** Of its input. */
  readonly channels: number;
  readonly filters: number;
  readonly size: number;
  readonly stride: number;
  readonly inHeight: number;
  readonly inWidth: number;
  readonly outHeight: number;
  readonly outWidth: number;
  /** Where its weights begin, [size, size, channels, filters]. */
  readonly weights: number;
  /** Where its biases begin, [filters]. */
  readonly biases: number;
}

/** The convolutions of one picture. */
export interface EncoderLayout {
  readonly part: ImagePart;
  /** Where the picture begins in a row of images, in bytes. */
  readonly pixels: number;
  readonly layers: readonly ConvolutionLayout[];
  /** Where its results begin in the row that the first hidden layers get. */
  readonly from: number;
  /** How many results there are: [outHeight, outWidth, filters] of the last convolution. */
  readonly features: number;
}

/** One fully connected layer in the flat array of parameters. */
export interface LayerLayout {
  readonly name: string;
  readonly inputs: number;
  readonly outputs: number;
  /** Where its weights begin, row-major [outputs, inputs]. */
  readonly weights: number;
  /** Where its biases begin, [outputs]. */
  readonly biases: number;
}

/** Where everything lies in the flat array of parameters. */
export interface NetworkLayout {
  /** Hidden layers of the actor (of both, with a shared trunk), then the actor's last layer: means, then logits. */
  readonly actor: readonly LayerLayout[];
  /** Where the log standard deviations begin, [continuous]. */
  readonly logStd: number;
  /** Hidden layers of the critic (none with a shared trunk), then its last layer with one output. */
  readonly critic: readonly LayerLayout[];
  /** One for each picture, in order. */
  readonly encoders: readonly EncoderLayout[];
  /** Width of the row that the first hidden layers get: the numbers, then the encoders' results. */
  readonly inputs: number;
  /** How many numbers there are in all. */
  readonly size: number;
}

/** Two hidden layers of 64 with tanh, actor and critic apart: what most published PPO results use. */
export const DEFAULT_NETWORK: NetworkSpec = { hidden: [64, 64], activation: "tanh", sharedTrunk: false };

/**
 * @param role - Whose pictures the convolutions must fit.
 * @throws ConfigurationError for layers, widths, an activation or convolutions that are not supported.
 */
export function assertNetworkSpec(network: NetworkSpec, who: string, role?: RoleSpec): void {
  if (network.hidden.length < 1 || network.hidden.length > 4) {
    throw new ConfigurationError(
      `${who}: needed 1 to 4 hidden layers, came ${network.hidden.length}. Use e.g. [64, 64].`,
    );
  }
  for (const width of network.hidden) {
    if (!isWhole(width, 1024)) {
      throw new ConfigurationError(`${who}: needed hidden widths from 1 to 1024, came ${width}. Use e.g. [64, 64].`);
    }
  }
  if (!ACTIVATIONS.includes(network.activation)) {
    throw new ConfigurationError(
      `${who}: needed an activation among ${ACTIVATIONS.join(", ")}, came "${network.activation as string}". Choose one of them.`,
    );
  }
  if (network.convolutions) assertConvolutions(network.convolutions, who);
  for (const part of role ? imageParts(role.observation) : []) assertFits(part, convolutionsFor(part, network), who);
}

/** The convolutions that a network applies to a picture. Policy files rely on this rule: it must not change. */
export function convolutionsFor({ height, width }: ImagePart, network: NetworkSpec): readonly Convolution[] {
  return network.convolutions ?? (Math.min(height, width) >= 20 ? SIMPLE_ENCODER : SMALL_ENCODER);
}

/**
 * Lays all parameters out in one flat array: actor layers, log standard deviations, critic layers, each layer its weights
 * [outputs, inputs] and then its biases; then, picture by picture, the convolutions.
 */
export function layOutNetwork(role: RoleSpec, network: NetworkSpec): NetworkLayout {
  let size = 0;
  const take = (count: number): number => {
    size += count;
    return size - count;
  };
  const layer = (name: string, inputs: number, outputs: number): LayerLayout => {
    return { name, inputs, outputs, weights: take(inputs * outputs), biases: take(outputs) };
  };
  const shapes = imageParts(role.observation).map((part) => followPicture(part, convolutionsFor(part, network)));
  const inputs = shapes.reduce((sum, shape) => sum + featureCount(shape), observationSize(role.observation));
  const trunk = (owner: string): LayerLayout[] =>
    network.hidden.map((width, index) =>
      layer(`${owner} ${index}`, index === 0 ? inputs : network.hidden[index - 1], width),
    );
  const last = network.hidden[network.hidden.length - 1];
  const actor = trunk(network.sharedTrunk ? "trunk" : "actor");
  actor.push(layer("actor head", last, actorOutputs(role.action)));
  const logStd = take(role.action.continuous.length);
  const critic = network.sharedTrunk ? [] : trunk("critic");
  critic.push(layer("critic head", last, 1));
  let pixels = 0;
  let from = observationSize(role.observation);
  const encoders = imageParts(role.observation).map((part, index): EncoderLayout => {
    const layers = shapes[index].map((shape): ConvolutionLayout => {
      const weights = take(shape.size * shape.size * shape.channels * shape.filters);
      return { ...shape, weights, biases: take(shape.filters) };
    });
    const encoder = { part, pixels, layers, from, features: featureCount(layers) };
    pixels += pictureSize(part);
    from += encoder.features;
    return encoder;
  });
  return { actor, logStd, critic, encoders, inputs, size };
}

type ConvolutionShape = Omit<ConvolutionLayout, "weights" | "biases">;

/** What becomes of a picture from convolution to convolution. */
function followPicture(part: ImagePart, convolutions: readonly Convolution[]): ConvolutionShape[] {
  let { height: inHeight, width: inWidth, channels } = part;
  return convolutions.map(({ filters, size, stride }, index) => {
    const outHeight = Math.floor((inHeight - size) / stride) + 1;
    const outWidth = Math.floor((inWidth - size) / stride) + 1;
    const name = `${part.label} ${index}`;
    const shape = { name, channels, filters, size, stride, inHeight, inWidth, outHeight, outWidth };
    inHeight = outHeight;
    inWidth = outWidth;
    channels = filters;
    return shape;
  });
}

function featureCount(shapes: readonly ConvolutionShape[]): number {
  const { outHeight, outWidth, filters } = shapes[shapes.length - 1];
  return outHeight * outWidth * filters;
}

function isWhole(value: number, most: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= most;
}

function assertConvolutions(convolutions: readonly Convolution[], who: string): void {
  if (convolutions.length < 1 || convolutions.length > 6) {
    throw new ConfigurationError(
      `${who}: needed 1 to 6 convolutions, came ${convolutions.length}. Leave them out, or use SIMPLE_ENCODER.`,
    );
  }
  convolutions.forEach(({ filters, size, stride }, index) => {
    if (isWhole(filters, 256) && isWhole(size, 16) && isWhole(stride, 16)) return;
    throw new ConfigurationError(
      `${who}: convolution ${index} needs 1 to 256 filters, a size and a stride from 1 to 16, came ${filters}, ${size} and ${stride}. Use e.g. { filters: 16, size: 3, stride: 1 }.`,
    );
  });
}

function assertFits(part: ImagePart, convolutions: readonly Convolution[], who: string): void {
  followPicture(part, convolutions).forEach(({ size, inHeight, inWidth }, index) => {
    if (size <= inHeight && size <= inWidth) return;
    throw new ConfigurationError(
      `${who}: convolution ${index} needs at least ${size} × ${size} pixels, came ${inWidth} × ${inHeight} of the picture "${part.label}". Use smaller kernels or strides, or a larger picture.`,
    );
  });
}

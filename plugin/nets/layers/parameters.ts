import * as tf from "@tensorflow/tfjs";
import { ConfigurationError, PolicyFileError } from "../../core/errors.ts";
import type { Random } from "../../core/random.ts";
import type { WeightTensor } from "../weights-file.ts";
import type { ConvolutionParameters } from "./convolve.ts";
import type { DenseParameters } from "./dense.ts";

/** A convolution to be made. */
export interface ConvolutionShape {
  /** Rows and columns of a filter. */
  readonly size: number;
  /** Channels that come in. */
  readonly from: number;
  /** Channels that go out. */
  readonly to: number;
  /** Factor to the weights that He et al. draw, https://arxiv.org/abs/1502.01852v1. Default 1. */
  readonly gain?: number;
}

/**
 * All that a network learns: makes its variables, drawn from our own chance, and knows them by name, in the order in which they were
 * made.
 */
export class Parameters {
  readonly #random: Random | null;
  readonly #byName = new Map<string, tf.Variable>();

  /** @param random - Draws what is learned from; null leaves 0 everywhere, for weights that are written at once. */
  constructor(random: Random | null) {
    this.#random = random;
  }

  /** In the order in which they were made. */
  get variables(): readonly tf.Variable[] {
    return [...this.#byName.values()];
  }

  /** How many numbers are learned. */
  get count(): number {
    return this.variables.reduce((sum, { size }) => sum + size, 0);
  }

  /** In the order in which they were made. */
  get names(): readonly string[] {
    return [...this.#byName.keys()];
  }

  /** The variables of such names, in the order in which they were made. */
  named(isWanted: (name: string) => boolean): readonly tf.Variable[] {
    return [...this.#byName].filter(([name]) => isWanted(name)).map(([, variable]) => variable);
  }

  /** A convolution's weights [size, size, from, to], drawn, and its biases [to], 0. */
  convolution(name: string, { size, from, to, gain = 1 }: ConvolutionShape): ConvolutionParameters {
    return {
      weights: this.#draw(`${name} weights`, [size, size, from, to], gain * Math.sqrt(2 / (size * size * from))),
      biases: this.constant(`${name} biases`, to),
    };
  }

  /** A transposed convolution in steps of its size, default 2: weights [size, size, to, from], drawn, and biases [to], 0. */
  enlarging(name: string, from: number, to: number, size = 2): ConvolutionParameters {
    return {
      weights: this.#draw(`${name} weights`, [size, size, to, from], Math.sqrt(2 / from)), // a new pixel sees one old one
      biases: this.constant(`${name} biases`, to),
    };
  }

  /** A dense layer's weights [outputs, inputs], drawn, and its biases [outputs], 0. */
  dense(name: string, inputs: number, outputs: number, gain = 1): DenseParameters {
    return {
      weights: this.#draw(`${name} weights`, [outputs, inputs], gain * Math.sqrt(2 / inputs)),
      biases: this.constant(`${name} biases`, outputs),
    };
  }

  /** The same number for each channel, [channels]. */
  constant(name: string, channels: number, value = 0): tf.Tensor1D {
    return this.#keep(name, new Float32Array(channels).fill(value), [channels]);
  }

  /** Copies of all numbers, by name. */
  async read(): Promise<Record<string, WeightTensor>> {
    const read: [string, WeightTensor][] = [];
    for (const [name, variable] of this.#byName) {
      read.push([name, { shape: [...variable.shape], values: (await variable.data<"float32">()).slice() }]);
    }
    return Object.fromEntries(read);
  }

  /**
   * Puts numbers in; they are copied.
   *
   * @param who - Named at the start of messages.
   * @throws PolicyFileError when one is missing or of another shape; nothing has changed then.
   */
  write(tensors: Readonly<Record<string, WeightTensor>>, who: string): void {
    const say = (shape: readonly number[]): string => `[${shape.join(", ")}]`;
    for (const [name, { shape }] of this.#byName) {
      const came = Object.hasOwn(tensors, name) ? say(tensors[name].shape) : "nothing";
      if (came === say(shape)) continue;
      throw new PolicyFileError(
        `${who}: needed "${name}" of shape ${say(shape)}, came ${came}. Use weights of the same network.`,
      );
    }
    for (const [name, variable] of this.#byName) {
      tf.tidy(() => variable.assign(tf.tensor(tensors[name].values.slice(), variable.shape)));
    }
  }

  /** Frees the variables. May be called twice. */
  dispose(): void {
    for (const variable of this.variables) if (!variable.isDisposed) variable.dispose();
  }

  #draw<R extends tf.Rank>(name: string, shape: number[], deviation: number): tf.Tensor<R> {
    const values = new Float32Array(tf.util.sizeFromShape(shape));
    if (this.#random) for (let i = 0; i < values.length; i++) values[i] = deviation * this.#random.normal();
    return this.#keep(name, values, shape);
  }

  #keep<R extends tf.Rank>(name: string, values: Float32Array, shape: number[]): tf.Tensor<R> {
    if (this.#byName.has(name)) {
      throw new ConfigurationError(`Parameters: needed a name of its own, came "${name}" twice. Name each layer anew.`);
    }
    const variable = tf.tidy(() => tf.variable<R>(tf.tensor<R>(values, shape as tf.ShapeMap[R])));
    this.#byName.set(name, variable);
    return variable;
  }
}

import * as tf from "@tensorflow/tfjs";
import { ConfigurationError } from "../../core/errors.ts";
import type { Random } from "../../core/random.ts";
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
  readonly #random: Random;
  readonly #byName = new Map<string, tf.Variable>();

  constructor(random: Random) {
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

  /** A convolution's weights [size, size, from, to], drawn, and its biases [to], 0. */
  convolution(name: string, { size, from, to, gain = 1 }: ConvolutionShape): ConvolutionParameters {
    return {
      weights: this.#draw(`${name} weights`, [size, size, from, to], gain * Math.sqrt(2 / (size * size * from))),
      biases: this.constant(`${name} biases`, to),
    };
  }

  /** A transposed convolution of 2 × 2 in steps of 2: weights [2, 2, to, from], drawn, and biases [to], 0. */
  enlarging(name: string, from: number, to: number): ConvolutionParameters {
    return {
      weights: this.#draw(`${name} weights`, [2, 2, to, from], Math.sqrt(2 / from)), // a new pixel sees one old one
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
  async read(): Promise<Record<string, Float32Array>> {
    const read: [string, Float32Array][] = [];
    for (const [name, variable] of this.#byName) read.push([name, (await variable.data<"float32">()).slice()]);
    return Object.fromEntries(read);
  }

  /**
   * Puts numbers in; they are copied.
   *
   * @param who - Named at the start of messages.
   * @throws ConfigurationError when one is missing or of another length; nothing has changed then.
   */
  write(arrays: Readonly<Record<string, Float32Array>>, who: string): void {
    for (const [name, { size }] of this.#byName) {
      const length = Object.hasOwn(arrays, name) ? arrays[name].length : "none";
      if (length === size) continue;
      throw new ConfigurationError(
        `${who}: needed ${size} numbers in "${name}", came ${length}. Use weights of the same network.`,
      );
    }
    for (const [name, variable] of this.#byName) {
      tf.tidy(() => variable.assign(tf.tensor(arrays[name].slice(), variable.shape)));
    }
  }

  /** Frees the variables. May be called twice. */
  dispose(): void {
    for (const variable of this.variables) if (!variable.isDisposed) variable.dispose();
  }

  #draw<R extends tf.Rank>(name: string, shape: number[], deviation: number): tf.Tensor<R> {
    const values = Float32Array.from({ length: tf.util.sizeFromShape(shape) }, () => deviation * this.#random.normal());
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

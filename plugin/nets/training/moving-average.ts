import * as tf from "@tensorflow/tfjs";

/**
 * The exponential moving average of a network's weights: steadier than the weights themselves.
 *
 * While few steps are behind it, it forgets faster than it is told to: after step t at most (1 + t) / (10 + t) stays, as in
 * TensorFlow's `ExponentialMovingAverage`.
 */
export class MovingAverage {
  readonly #variables: readonly tf.Variable[];
  readonly #decay: number;
  #averages: tf.Tensor[];

  /**
   * Begins with the present weights.
   *
   * @param decay - How much of the average stays at each step, in [0, 1).
   */
  constructor(variables: readonly tf.Variable[], decay: number) {
    this.#variables = variables;
    this.#decay = decay;
    this.#averages = variables.map((variable) => tf.keep(tf.clone(variable)));
  }

  /** Takes the present weights in. @param step - From 1. */
  update(step: number): void {
    const decay = Math.min(this.#decay, (1 + step) / (10 + step));
    const updated = tf.tidy(() =>
      this.#variables.map((variable, i) =>
        tf.keep(tf.add(tf.mul(this.#averages[i], decay), tf.mul(variable, 1 - decay))),
      ),
    );
    tf.dispose(this.#averages);
    this.#averages = updated;
  }

  /** Runs `work` while the variables hold the averages. */
  async during<T>(work: () => T | Promise<T>): Promise<T> {
    const weights = this.#variables.map((variable) => tf.keep(tf.clone(variable)));
    this.apply();
    try {
      return await work();
    } finally {
      this.#variables.forEach((variable, i) => variable.assign(weights[i]));
      tf.dispose(weights);
    }
  }

  /** Gives the variables the averages. */
  apply(): void {
    this.#variables.forEach((variable, i) => variable.assign(this.#averages[i]));
  }

  /** Copies of the averages. */
  async read(): Promise<Float32Array[]> {
    const read: Float32Array[] = [];
    for (const average of this.#averages) read.push((await average.data<"float32">()).slice());
    return read;
  }

  /** Goes on from stored averages; they are copied. */
  write(averages: readonly Float32Array[]): void {
    tf.dispose(this.#averages);
    this.#averages = averages.map((values, i) => tf.keep(tf.tensor(values.slice(), this.#variables[i].shape)));
  }

  /** Frees the averages. The variables are the caller's. May be called twice. */
  dispose(): void {
    tf.dispose(this.#averages);
    this.#averages = [];
  }
}

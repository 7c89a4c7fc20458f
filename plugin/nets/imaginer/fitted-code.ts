import * as tf from "@tensorflow/tfjs";
import { COLOUR_CODE } from "./colour-code.ts";
import { LEARNED_CODE } from "./imaginer-net.ts";

/** A code that is fitted. What it tells of the colours is exact, so that stays: 32 numbers of 41 are learned. */
export class FittedCode {
  /** [1, learned]. */
  readonly variable: tf.Variable;
  readonly #colours: tf.Tensor2D;

  /** @param make - Gives what it begins with, [1, code]; called in `tf.tidy`. */
  constructor(make: () => tf.Tensor2D) {
    [this.variable, this.#colours] = tf.tidy(() => {
      const [learned, colours] = tf.split<tf.Tensor2D>(make(), [LEARNED_CODE, COLOUR_CODE], 1);
      return [tf.variable(learned), tf.keep(colours)];
    });
  }

  /** As it is now, [1, code]. Differentiable. Call it inside `tf.tidy`. */
  whole(): tf.Tensor2D {
    return tf.concat<tf.Tensor2D>([tf.reshape(this.variable, [1, -1]), this.#colours], 1);
  }

  /** A copy of its numbers, [code]. */
  async read(): Promise<Float32Array> {
    const whole = tf.tidy(() => this.whole());
    const numbers = (await whole.data<"float32">()).slice();
    whole.dispose();
    return numbers;
  }

  /** May be called twice. */
  dispose(): void {
    tf.dispose([this.variable, this.#colours]);
  }
}

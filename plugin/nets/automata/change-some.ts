import * as tf from "@tensorflow/tfjs";
import type { DenseParameters } from "../layers/dense.ts";
import { differentiable } from "../layers/differentiable.ts";

/** The learned numbers of a step. */
export interface AutomatonRule {
  /** Weights [hidden, senses · channels]: all channels by one sense, then by the next. */
  readonly hidden: DenseParameters;
  /** Weights [channels, hidden]. */
  readonly change: DenseParameters;
}

/**
 * One step of automata in which only some cells are computed, by kernels of our own. Differentiable, by hand: TensorFlow.js would copy
 * what it keeps of each of its ten operations.
 *
 * @param states - [batch, height, width, channels].
 * @param cells - Those that change, in reading order.
 */
export function changeSome(states: tf.Tensor4D, cells: Int32Array, { hidden, change }: AutomatonRule): tf.Tensor4D {
  if (cells.length === 0) return tf.clone(states);
  const inputs = [states, hidden.weights, hidden.biases, change.weights, change.biases];
  const numbers = tf.tensor1d(cells, "int32");
  return differentiable(inputs, ([x, w1, b1, w2, b2], save) => {
    const engine = tf.engine();
    const seen = engine.runKernel<tf.Tensor2D>("SenseCells", { x, cells: numbers }); // [cells, senses · channels]
    // Turned by hand, which costs little: tfjs-wasm 4.22.0 takes ten times as long for products with a turned matrix.
    const [first, second] = [tf.transpose(w1 as tf.Tensor2D), tf.transpose(w2 as tf.Tensor2D)];
    const thought = tf.fused.matMul({ a: seen, b: first, bias: b1, activation: "relu" }); // [cells, hidden]
    const changes = tf.fused.matMul({ a: thought, b: second, bias: b2 }); // [cells, channels]
    const value = engine.runKernel<tf.Tensor4D>("ChangeCells", { x, cells: numbers, changes });
    save([seen, thought, numbers, w1, w2]);
    return {
      value,
      gradFunc: (dy, [p, h, picked, from, to]) => {
        const dChanges = engine.runKernel<tf.Tensor2D>("PickCells", { x: dy, cells: picked }); // [cells, channels]
        const dThought = tf.mul<tf.Tensor2D>(tf.matMul(dChanges, to), tf.step(h));
        const dSeen = tf.matMul(dThought, from);
        return [
          engine.runKernel<tf.Tensor4D>("SenseCellsBack", { x: dy, cells: picked, dy: dSeen }),
          tf.matMul(dThought, p, true),
          tf.sum(dThought, 0),
          tf.matMul(dChanges, h, true),
          tf.sum(dChanges, 0),
        ];
      },
    };
  });
}

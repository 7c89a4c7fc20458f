import * as tf from "@tensorflow/tfjs";
import { Random } from "../../../plugin/core/random.ts";

/** An operation whose gradients are to be right. */
export interface GradientCase {
  /** What it is called in the table. */
  readonly name: string;
  /** Shapes of what it is differentiated by. */
  readonly inputs: readonly (readonly number[])[];
  /**
   * Where inputs lie: `"any"`, in [-1.5, 1.5]; `"positive"`, in [0.5, 2]; `"apart"`, odd multiples
   * of 1 / 40, each once, for what has kinks at multiples of 1 / 20 or where numbers are equal. Default `"any"`.
   */
  readonly domain?: "any" | "positive" | "apart";
  /** On TensorFlow.js's present backend. */
  readonly run: (...inputs: tf.Tensor[]) => tf.Tensor;
}

/** What a case is computed with, the same everywhere. */
export interface CaseNumbers {
  readonly inputs: readonly Float32Array[];
  /** How much each number of the result counts in the loss. */
  weightsOf(size: number): Float32Array;
}

/** Draws the numbers of the case at a place in the list. */
export function drawNumbers({ inputs, domain = "any" }: GradientCase, place: number): CaseNumbers {
  const random = new Random(1, place);
  const sizes = inputs.map((shape) => tf.util.sizeFromShape([...shape]));
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const apart = Array.from({ length: total }, (_, i) => (i - Math.floor(total / 2) + 0.5) / 20);
  shuffle(apart, random);
  const next = {
    any: () => random.between(-1.5, 1.5),
    positive: () => random.between(0.5, 2),
    apart: () => apart.pop()!,
  }[domain];
  return {
    inputs: sizes.map((size) => Float32Array.from({ length: size }, next)),
    weightsOf(size) {
      const weights = new Random(2, place);
      return Float32Array.from({ length: size }, () => weights.between(0.5, 1.5) * (weights.uniform() < 0.5 ? -1 : 1));
    },
  };
}

/** The loss's gradient with respect to every input, by TensorFlow.js. */
export async function differentiate(one: GradientCase, place: number): Promise<Float32Array[]> {
  const numbers = drawNumbers(one, place);
  const inputs = numbers.inputs.map((values, i) => tf.tensor(values, [...one.inputs[i]]));
  const gradients = tf.tidy(() => {
    const { shape, size } = one.run(...inputs);
    return tf.grads(one.run)(inputs, tf.tensor(numbers.weightsOf(size), shape));
  });
  const read = await Promise.all(gradients.map((gradient) => gradient.data<"float32">()));
  tf.dispose([...inputs, ...gradients]);
  return read;
}

/** The same by central differences; `coordinates` of each input, drawn with a seed. Others are NaN. */
export function finiteDifferences(one: GradientCase, place: number, coordinates: number): Float64Array[] {
  const numbers = drawNumbers(one, place);
  const random = new Random(3, place);
  const values = numbers.inputs.map((input) => input.slice());
  return values.map((input) => {
    const gradient = new Float64Array(input.length).fill(Number.NaN);
    const order = Array.from(input.keys());
    shuffle(order, random);
    for (const i of order.slice(0, coordinates)) {
      const middle = input[i];
      const [above, below] = [middle + STEP, middle - STEP].map((moved) => {
        input[i] = moved;
        return { at: input[i], loss: lossOf(one, values, numbers) };
      });
      input[i] = middle;
      gradient[i] = (above.loss - below.loss) / (above.at - below.at);
    }
    return gradient;
  });
}

/**
 * How far central differences look. Chosen between two errors: rounding of float32 results grows below, curvature above.
 */
const STEP = 2 ** -7;

/** Summed in float64, so that only the operation itself rounds to float32. */
function lossOf(one: GradientCase, values: readonly Float32Array[], numbers: CaseNumbers): number {
  const result = tf.tidy(() => one.run(...values.map((input, i) => tf.tensor(input.slice(), [...one.inputs[i]]))));
  const read = result.dataSync();
  result.dispose();
  const weights = numbers.weightsOf(read.length);
  return weights.reduce((sum, weight, i) => sum + weight * read[i], 0);
}

/** Distance of two gradients over the length of the second, over the numbers that the second has. The worst input counts. */
export function relativeError(actual: readonly Float32Array[], expected: readonly Float64Array[]): number {
  const errors = expected.map((values, input) => {
    let difference = 0;
    let length = 0;
    values.forEach((value, i) => {
      if (Number.isNaN(value)) return;
      difference += (actual[input][i] - value) ** 2;
      length += value ** 2;
    });
    // Where few coordinates are looked at, all of their slopes may be 0: then nothing but 0 is right.
    return difference === 0 ? 0 : Math.sqrt(difference / length);
  });
  return Math.max(...errors);
}

function shuffle(values: number[], random: Random): void {
  for (let i = values.length - 1; i > 0; i--) {
    const j = random.integer(i + 1);
    [values[i], values[j]] = [values[j], values[i]];
  }
}

import * as tf from "@tensorflow/tfjs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createAdam } from "../../../plugin/nets/adam/adam.ts";
import { Random } from "../../../plugin/core/random.ts";
import { largestDifference } from "../../compute/oracle/agreement.ts";
import { loadTfjs } from "../../compute/oracle/tfjs.ts";

/** Sizes with and without a rest when divided by 4, and more variables than one dispatch sums up. */
const SHAPES: readonly (readonly number[])[] = [[3, 3, 2, 5], [7], [16, 9], [1], [64], [33, 2], [6, 6], [2]];

interface Setup {
  readonly variables: tf.Variable[];
  readonly values: Float64Array[];
  gradients(step: number): { tensors: tf.Tensor[]; numbers: Float32Array[] };
  dispose(): void;
}

function setUp(): Setup {
  const random = new Random(5);
  const numbers = (shape: readonly number[], scale = 1): Float32Array =>
    Float32Array.from({ length: shape.reduce((size, side) => size * side, 1) }, () => scale * random.normal());
  const starts = SHAPES.map((shape) => numbers(shape));
  const variables = SHAPES.map((shape, i) => tf.tidy(() => tf.variable(tf.tensor(starts[i].slice(), [...shape]))));
  return {
    variables,
    values: starts.map((start) => Float64Array.from(start)),
    gradients(step) {
      const drawn = SHAPES.map((shape) => numbers(shape, 1 / (1 + step)));
      return { numbers: drawn, tensors: drawn.map((values, i) => tf.tensor(values.slice(), [...SHAPES[i]])) };
    },
    dispose: () => tf.dispose(variables),
  };
}

describe.each(["cpu", "wasm"] as const)("Adam on %s", (backend) => {
  let before = 0;
  beforeAll(async () => {
    await loadTfjs(backend);
    before = tf.memory().numTensors;
  });
  afterAll(() => {
    expect(tf.memory().numTensors).toBe(before);
  });

  it.each([
    { name: "clipped", maxGradientNorm: 0.5, beta1: 0.9 },
    { name: "not clipped, with the first beta of adversarial networks", maxGradientNorm: Infinity, beta1: 0.5 },
  ])("takes the steps of Kingma and Ba, $name", async ({ maxGradientNorm, beta1 }) => {
    const { variables, values, gradients, dispose } = setUp();
    const adam = createAdam({ learningRate: 0.01, epsilon: 1e-5, maxGradientNorm, beta1 });
    const first = values.map((one) => new Float64Array(one.length));
    const second = values.map((one) => new Float64Array(one.length));
    const norms: number[] = [];
    for (let step = 1; step <= 20; step++) {
      const { tensors, numbers } = gradients(step);
      adam.apply(variables, tensors);
      tf.dispose(tensors);
      const norm = Math.sqrt(numbers.reduce((sum, one) => one.reduce((part, g) => part + g * g, sum), 0));
      norms.push(norm);
      const scale = Math.min(1, maxGradientNorm / (norm + 1e-6));
      numbers.forEach((one, i) =>
        one.forEach((drawn, k) => {
          const g = drawn * scale;
          first[i][k] = beta1 * first[i][k] + (1 - beta1) * g;
          second[i][k] = 0.999 * second[i][k] + 0.001 * g * g;
          const hat = Math.sqrt(second[i][k] / (1 - 0.999 ** step)) + 1e-5;
          values[i][k] -= (0.01 * first[i][k]) / (1 - beta1 ** step) / hat;
        }),
      );
    }
    variables.forEach((variable, i) => expect(largestDifference(variable.dataSync(), values[i])).toBeLessThan(1e-6));
    const moments = (await adam.readMoments())!;
    expect(moments.steps).toBe(20);
    expect(
      largestDifference(
        moments.first,
        first.flatMap((one) => [...one]),
      ),
    ).toBeLessThan(1e-6);
    expect(
      largestDifference(
        moments.second,
        second.flatMap((one) => [...one]),
      ),
    ).toBeLessThan(1e-6);
    const { rows, taken } = await adam.report();
    expect(taken).toBe(20);
    norms.forEach((norm, step) => expect(rows[step * 8 + 6]).toBeCloseTo(norm, 4));
    adam.dispose();
    dispose();
  });

  it.each([
    { name: "a gradient that is not a number", spoil: NaN, verdict: 2 },
    { name: "an exploded gradient", spoil: 1e13, verdict: 2 },
    { name: "an infinite gradient", spoil: -Infinity, verdict: 2 },
  ])("changes nothing by $name, nor afterwards, until it begins anew", async ({ spoil, verdict }) => {
    const { variables, gradients, dispose } = setUp();
    const adam = createAdam();
    const steps = (): Float32Array[] => variables.map((variable) => variable.dataSync<"float32">().slice());
    const step = (change: number | null): void => {
      const { numbers, tensors } = gradients(1);
      tf.dispose(tensors);
      if (change !== null) numbers[2][17] = change;
      const changed = numbers.map((one, i) => tf.tensor(one, [...SHAPES[i]]));
      adam.apply(variables, changed);
      tf.dispose(changed);
    };
    adam.begin(3);
    step(null);
    expect(await adam.hasEnded()).toBe(false);
    const learned = steps();
    const { first } = (await adam.readMoments())!;
    step(spoil);
    expect(await adam.hasEnded()).toBe(true);
    step(null);
    expect(steps()).toEqual(learned);
    expect((await adam.readMoments())!.first).toEqual(first);
    const { rows, taken } = await adam.report();
    expect([rows[7], rows[15], rows[23]]).toEqual([0, verdict, verdict]);
    expect([taken, adam.steps]).toEqual([1, 1]);
    adam.begin();
    step(null);
    expect(steps()).not.toEqual(learned);
    expect(adam.steps).toBe(2);
    adam.dispose();
    dispose();
  });

  it("stops before the step at which something watched is above its ceiling", async () => {
    const { variables, gradients, dispose } = setUp();
    const adam = createAdam();
    const watch = (...numbers: number[]): void => {
      const { tensors } = gradients(1);
      const watched = tf.tensor1d(numbers);
      adam.apply(variables, tensors, { watched, ceilings: [Infinity, 0.5] });
      tf.dispose([...tensors, watched]);
    };
    adam.begin(3);
    watch(7, 0.5);
    watch(-8, 0.51);
    watch(9, 0);
    const { rows, taken } = await adam.report();
    expect(taken).toBe(1);
    expect([...rows.filter((_, i) => i % 8 < 2)]).toEqual([7, 0.5, -8, Math.fround(0.51), 9, 0]);
    expect([rows[7], rows[15], rows[23]]).toEqual([0, 1, 1]);
    adam.dispose();
    dispose();
  });

  it("goes on from stored moments as if nothing had happened", async () => {
    const one = setUp();
    const other = setUp();
    const whole = createAdam({ learningRate: 0.01 });
    let half = createAdam({ learningRate: 0.01 });
    for (let step = 0; step < 6; step++) {
      const a = one.gradients(step).tensors;
      const b = other.gradients(step).tensors;
      whole.apply(one.variables, a);
      half.apply(other.variables, b);
      tf.dispose([...a, ...b]);
      if (step !== 2) continue;
      const moments = (await half.readMoments())!;
      half.dispose();
      half = createAdam({ learningRate: 0.01 });
      half.writeMoments(moments);
    }
    one.variables.forEach((variable, i) => expect(other.variables[i].dataSync()).toEqual(variable.dataSync()));
    for (const thing of [whole, half, one, other]) thing.dispose();
  });

  it("remembers a refusal after its journal has run full", async () => {
    const variable = tf.tidy(() => tf.variable(tf.zeros([3])));
    const adam = createAdam();
    const step = (value: number): void => {
      const gradient = tf.fill([3], value);
      adam.apply([variable], [gradient]);
      gradient.dispose();
    };
    adam.begin(2);
    step(1);
    step(NaN);
    for (let i = 0; i < 5; i++) step(1);
    expect(await adam.hasEnded()).toBe(true);
    expect(variable.dataSync()[0]).toBeCloseTo(-1e-3, 6); // the first step moves by the learning rate
    adam.dispose();
    variable.dispose();
  });

  it("leaves what a variable was made from as it was", () => {
    const source = tf.tensor1d([1, 2, 3]);
    const variable = tf.variable(source);
    const adam = createAdam();
    const gradient = tf.ones([3]);
    adam.apply([variable], [gradient]);
    expect([...source.dataSync()]).toEqual([1, 2, 3]);
    adam.dispose();
    tf.dispose([source, variable, gradient]);
  });
});

describe("Adam", () => {
  beforeAll(async () => {
    await loadTfjs("cpu");
  });

  it("refuses other variables than at its first step", () => {
    const variables = [tf.variable(tf.zeros([3])), tf.variable(tf.zeros([2]))];
    const adam = createAdam();
    adam.apply(variables, variables);
    expect(() => adam.apply(variables.slice(1), variables.slice(1))).toThrow(
      "Adam: needed the 2 variables of its first step, came 1 others. Give the same at every step, none of them empty.",
    );
    expect(() => adam.apply(variables, variables.toReversed())).toThrow(
      "Adam: needed one gradient of its size for each of 2 variables, came 2 that do not fit. Give them in the order of the variables.",
    );
    adam.dispose();
    adam.dispose();
    tf.dispose(variables);
  });

  it("refuses to watch more than six numbers", () => {
    const variable = tf.tidy(() => tf.variable(tf.zeros([3])));
    const watched = tf.zeros<tf.Rank.R1>([7]);
    expect(() => createAdam().apply([variable], [variable], { watched })).toThrow(
      "Adam: needed at most 6 watched numbers and a ceiling for each, came 7 and 7. Leave some out.",
    );
    tf.dispose([variable, watched]);
  });
});

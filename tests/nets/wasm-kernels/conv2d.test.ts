import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { attributesOf, convolutionCases, outputOf, spreadOut, tapsOf } from "./convolution-cases.ts";
import { differenceFromCpu, loadBothBackends } from "./both-backends.ts";

/** tfjs-cpu sums in float64; sums of some hundred float32 differ from that by some roundings of 6e-8. */
const ROUNDING = 3e-6;

/** relu6 is left to tfjs-wasm. */
const activations = fc.constantFrom("linear" as const, "relu" as const, "relu6" as const);

const run = (kernel: string, inputs: Record<string, tf.Tensor>, attributes: object): tf.Tensor =>
  tf.engine().runKernel(kernel, inputs, attributes as tf.NamedAttrMap);

beforeAll(loadBothBackends);

test("a convolution agrees with tfjs-cpu, with bias and activation", async () => {
  const property = fc.asyncProperty(convolutionCases(21), activations, async (one, activation) => {
    const { strides, pad, dilations } = one;
    const difference = await differenceFromCpu(one.seed, (draw) => {
      const [x, filter] = [draw(one.input) as tf.Tensor4D, draw(one.filter) as tf.Tensor4D];
      const bias = draw([one.filter[3]]);
      return [tf.fused.conv2d({ x, filter, strides, pad, dilations, bias, activation })];
    });
    expect(difference).toBeLessThan(ROUNDING);
  });
  await fc.assert(property, { numRuns: 150, seed: 1 });
});

test("a convolution without a bias agrees with tfjs-cpu", async () => {
  const property = fc.asyncProperty(convolutionCases(21), async (one) => {
    const { strides, pad, dilations } = one;
    const difference = await differenceFromCpu(one.seed, (draw) => {
      const [x, filter] = [draw(one.input) as tf.Tensor4D, draw(one.filter) as tf.Tensor4D];
      return [tf.conv2d(x, filter, strides, pad, "NHWC", dilations)];
    });
    expect(difference).toBeLessThan(ROUNDING);
  });
  await fc.assert(property, { numRuns: 100, seed: 2 });
});

test("the gradient of a convolution's input agrees with tfjs-cpu", async () => {
  const property = fc.asyncProperty(convolutionCases(21), async (one) => {
    const difference = await differenceFromCpu(one.seed, (draw) => {
      const [dy, drawn] = [draw(outputOf(one, false)), draw(one.filter)];
      // tfjs-cpu ignores dilations here.
      const isWasm = tf.getBackend() === "wasm";
      const filter = isWasm ? drawn : spreadOut(drawn, one.dilations);
      const dilations = isWasm ? { dilations: one.dilations } : {};
      const attributes = { ...attributesOf(one), ...dilations, inputShape: one.input };
      return [run("Conv2DBackpropInput", { dy, filter }, attributes)];
    });
    expect(difference).toBeLessThan(ROUNDING);
  });
  await fc.assert(property, { numRuns: 200, seed: 3 });
});

test("the gradient of a convolution's filter agrees with tfjs-cpu", async () => {
  const property = fc.asyncProperty(convolutionCases(21), async (one) => {
    const { dilations } = one;
    const difference = await differenceFromCpu(one.seed, (draw) => {
      const [x, dy] = [draw(one.input), draw(outputOf(one, false))];
      if (tf.getBackend() === "wasm") {
        const attributes = { ...attributesOf(one), dilations, filterShape: one.filter };
        return [run("Conv2DBackpropFilter", { x, dy }, attributes)];
      }
      const filterShape = spreadOut(tf.zeros(one.filter), dilations).shape;
      return [tapsOf(run("Conv2DBackpropFilter", { x, dy }, { ...attributesOf(one), filterShape }), dilations)];
    });
    expect(difference).toBeLessThan(ROUNDING);
  });
  await fc.assert(property, { numRuns: 200, seed: 4 });
});

test("pictures of many pixels are summed in parts that fit together", async () => {
  // 70 × 75 pixels are more than 20 parts of 256; 3 × 3 taps with a stride of 2 cross their seams.
  const difference = await differenceFromCpu(5, (draw) => {
    const [x, filter] = [draw([2, 70, 75, 6]) as tf.Tensor4D, draw([3, 3, 6, 10]) as tf.Tensor4D];
    const dy = draw([2, 35, 38, 10]);
    const attributes = { strides: [2, 2], pad: "same", dataFormat: "NHWC" };
    return [
      tf.conv2d(x, draw([3, 3, 6, 3]) as tf.Tensor4D, 2, "same"),
      run("Conv2DBackpropInput", { dy, filter }, { ...attributes, inputShape: x.shape }),
      run("Conv2DBackpropFilter", { x, dy }, { ...attributes, filterShape: filter.shape }),
    ];
  });
  expect(difference).toBeLessThan(ROUNDING);
});

test("a transposed convolution agrees with tfjs-cpu", async () => {
  const difference = await differenceFromCpu(6, (draw) => {
    const [x, filter] = [draw([2, 5, 7, 9]) as tf.Tensor4D, draw([4, 4, 6, 9]) as tf.Tensor4D];
    return [tf.conv2dTranspose(x, filter, [2, 10, 14, 6], 2, "same")];
  });
  expect(difference).toBeLessThan(ROUNDING);
});

test("a stride beyond the filter leaves the pixels between without a gradient", async () => {
  await tf.setBackend("wasm");
  const attributes = { strides: [3, 3], pad: "valid", dataFormat: "NHWC", inputShape: [1, 4, 4, 1] };
  const [dy, filter] = [tf.ones([1, 2, 2, 1]), tf.fill([1, 1, 1, 1], 5)];
  const dx = run("Conv2DBackpropInput", { dy, filter }, attributes);
  // prettier-ignore
  expect([...dx.dataSync()]).toEqual([
    5, 0, 0, 5,
    0, 0, 0, 0,
    0, 0, 0, 0,
    5, 0, 0, 5,
  ]);
});

test("channels before pixels are refused", async () => {
  await tf.setBackend("wasm");
  const attributes = { strides: [1, 1], pad: "valid", dataFormat: "NCHW", inputShape: [1, 1, 4, 4] };
  const inputs = { dy: tf.ones([1, 1, 4, 4]), filter: tf.ones([1, 1, 1, 1]) };
  expect(() => run("Conv2DBackpropInput", inputs, attributes)).toThrow(
    'tfjs-wasm Conv2DBackpropInput: needed pictures as NHWC, came "NCHW". Transpose them to [batch, height, width, channels].',
  );
});

test("a filter larger than the picture is refused", async () => {
  await tf.setBackend("wasm");
  const [x, filter] = [tf.ones([1, 3, 3, 1]), tf.ones([2, 2, 1, 1])] as [tf.Tensor4D, tf.Tensor4D];
  expect(() => tf.conv2d(x, filter, 1, "valid", "NHWC", [4, 1])).toThrow(
    "tfjs-wasm Conv2D: needed a picture of at least 5 × 2 pixels with its padding, came 3 × 3. Use a smaller filter, or padding.",
  );
});

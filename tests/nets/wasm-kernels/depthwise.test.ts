import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { attributesOf, convolutionCases, outputOf, spreadOut, tapsOf } from "./convolution-cases.ts";
import { differenceFromCpu, loadBothBackends } from "./both-backends.ts";

const ROUNDING = 3e-6;
/** Up to 40 channels, so that whole groups of 16 and the rest occur; up to 3 filters each. */
const cases = convolutionCases(3, 40);

beforeAll(loadBothBackends);

const run = (kernel: string, inputs: Record<string, tf.Tensor>, attributes: object): tf.Tensor =>
  tf.engine().runKernel(kernel, inputs, attributes as tf.NamedAttrMap);

test("a depthwise convolution agrees with tfjs-cpu", async () => {
  const property = fc.asyncProperty(cases, async (one) => {
    const { strides, pad, dilations } = one;
    const difference = await differenceFromCpu(one.seed, (draw) => {
      const [x, filter] = [draw(one.input) as tf.Tensor4D, draw(one.filter) as tf.Tensor4D];
      return [tf.depthwiseConv2d(x, filter, strides, pad, "NHWC", dilations)];
    });
    expect(difference).toBeLessThan(ROUNDING);
  });
  await fc.assert(property, { numRuns: 150, seed: 3 });
});

test("the gradient of a depthwise convolution's input agrees with tfjs-cpu", async () => {
  const property = fc.asyncProperty(cases, async (one) => {
    const difference = await differenceFromCpu(one.seed, (draw) => {
      const [dy, drawn] = [draw(outputOf(one, true)), draw(one.filter)];
      // tfjs-cpu ignores dilations here.
      const isWasm = tf.getBackend() === "wasm";
      const filter = isWasm ? drawn : spreadOut(drawn, one.dilations);
      const dilations = isWasm ? one.dilations : [1, 1];
      const attributes = { ...attributesOf(one), dilations, inputShape: one.input };
      return [run("DepthwiseConv2dNativeBackpropInput", { dy, filter }, attributes)];
    });
    expect(difference).toBeLessThan(ROUNDING);
  });
  await fc.assert(property, { numRuns: 150, seed: 1 });
});

test("the gradient of a depthwise convolution's filter agrees with tfjs-cpu", async () => {
  const property = fc.asyncProperty(cases, async (one) => {
    const { dilations } = one;
    const difference = await differenceFromCpu(one.seed, (draw) => {
      const [x, dy] = [draw(one.input), draw(outputOf(one, true))];
      if (tf.getBackend() === "wasm") {
        const attributes = { ...attributesOf(one), dilations, filterShape: one.filter };
        return [run("DepthwiseConv2dNativeBackpropFilter", { x, dy }, attributes)];
      }
      const filterShape = spreadOut(tf.zeros(one.filter), dilations).shape;
      const attributes = { ...attributesOf(one), dilations: [1, 1], filterShape };
      return [tapsOf(run("DepthwiseConv2dNativeBackpropFilter", { x, dy }, attributes), dilations)];
    });
    expect(difference).toBeLessThan(ROUNDING);
  });
  await fc.assert(property, { numRuns: 150, seed: 2 });
});

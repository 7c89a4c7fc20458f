import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, test } from "vitest";
import { GRADIENT_CASES } from "../bench/gradients/cases.ts";
import { differentiate, finiteDifferences, relativeError } from "../bench/gradients/gradient-case.ts";
import { loadBothBackends } from "./wasm-kernels/both-backends.ts";

beforeAll(loadBothBackends);

// `npm run bench -- gradients` looks at more numbers, and at webgpu.
describe.each(GRADIENT_CASES.map((one, place) => ({ ...one, place })))("the gradient of $name", (one) => {
  test.each(["cpu", "wasm"])("is that of central differences on tfjs-%s", async (backend) => {
    await tf.setBackend("cpu");
    const expected = finiteDifferences(one, one.place, 12);
    await tf.setBackend(backend);
    const before = tf.memory().numTensors;
    expect(relativeError(await differentiate(one, one.place), expected)).toBeLessThan(2e-3);
    expect(tf.memory().numTensors).toBe(before);
  });
});

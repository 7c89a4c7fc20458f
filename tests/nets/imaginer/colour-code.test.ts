import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { Random } from "../../../plugin/core/random.ts";
import { colourCode } from "../../../plugin/nets/imaginer/colour-code.ts";
import { startBackend } from "../../../plugin/nets/start-backend.ts";

beforeAll(() => startBackend("wasm"));

const codeOf = (pixels: Float32Array): Float32Array =>
  tf.tidy(() => colourCode(tf.tensor4d(pixels, [1, 64, 64, 3])).dataSync<"float32">());

describe("A picture's colours in numbers", () => {
  it("are those that the picture was drawn with", () => {
    const random = new Random(3);
    const told = [0.5, 0.4, 0.3, 0.1, 0.05, 0.08, -0.06, 0.02, 0.04];
    const [red, green, blue, ...l] = told;
    const pixels = new Float32Array(64 * 64 * 3);
    for (let i = 0; i < pixels.length; i += 3) {
      const [a, b, c] = [random.normal(), random.normal(), random.normal()];
      pixels.set([red + l[0] * a, green + l[1] * a + l[2] * b, blue + l[3] * a + l[4] * b + l[5] * c], i);
    }
    codeOf(pixels).forEach((value, i) => expect(Math.abs(value - told[i])).toBeLessThan(0.006));
  });

  it("are finite for a picture of one colour", () => {
    const pixels = new Float32Array(64 * 64 * 3).fill(0.25);
    const code = Array.from(codeOf(pixels));
    expect(code.slice(0, 3)).toEqual([0.25, 0.25, 0.25]);
    expect(code.every((value) => Number.isFinite(value) && value < 0.3)).toBe(true);
  });
});

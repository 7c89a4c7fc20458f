import { describe, expect, it } from "vitest";
import { Random } from "../../../plugin/core/random.ts";
import {
  assertSensorNoise,
  deviationAt,
  toldNoise,
  withSensorNoise,
} from "../../../plugin/paint/grain/sensor-noise.ts";
import { linearFromSrgb } from "../../../plugin/paint/maps/srgb.ts";

describe("Noise of a sensor", () => {
  it("grows with the square root of light, and begins with what reading adds", () => {
    // 100 electrons of white: half of the light sets 50 free, ± √50; with 5 of reading √(50 + 25) = 8.66 of 100.
    expect(deviationAt(0.5, { electrons: 100, readNoise: 5 })).toBeCloseTo(0.0866, 4);
    expect(deviationAt(0, { electrons: 100, readNoise: 5 })).toBeCloseTo(0.05, 6);
    expect(deviationAt(1, { electrons: 400, readNoise: 0 })).toBeCloseTo(0.05, 6);
  });

  it("is in a picture as strong as it is said to be", () => {
    const grey = new Float32Array(40_000).fill(0.7);
    const random = new Random(3);
    const noise = { electrons: 200, readNoise: 2 };
    const light = withSensorNoise(grey, noise, () => random.normal()).map(linearFromSrgb);
    const mean = light.reduce((sum, value) => sum + value, 0) / light.length;
    const variance = light.reduce((sum, value) => sum + (value - mean) ** 2, 0) / light.length;
    const clean = linearFromSrgb(0.7);
    expect(mean).toBeCloseTo(clean, 2);
    expect(Math.sqrt(variance) / deviationAt(clean, noise)).toBeCloseTo(1, 1);
  });

  it("leaves black black where reading adds nothing, and whole bytes everywhere", () => {
    const random = new Random(3);
    const black = withSensorNoise(new Float32Array(100), { electrons: 20, readNoise: 0 }, () => random.normal());
    expect([...black]).toEqual(Array(100).fill(0));
    const grey = withSensorNoise(new Float32Array(100).fill(0.5), { electrons: 20 }, () => random.normal());
    for (const value of grey) expect(255 * value).toBeCloseTo(Math.round(255 * value), 4);
  });

  it("is told to a network as more in darker and in dimmer frames", () => {
    const [dark, , bright] = toldNoise({ electrons: 40 });
    expect(dark).toBeGreaterThan(bright);
    // Without reading, four times the light halves the noise.
    const few = toldNoise({ electrons: 40, readNoise: 0 });
    const many = toldNoise({ electrons: 160, readNoise: 0 });
    few.forEach((value, i) => expect(value / many[i]).toBeCloseTo(2, 6));
  });

  it.each([3, 1e6, NaN])("says what is wrong with %s electrons", (electrons) => {
    expect(() => assertSensorNoise('CameraNoise "night"', { electrons })).toThrow(
      `CameraNoise "night": needed electrons of 4 to 100000, came ${electrons}. Say how many white sets free in a pixel, e.g. 50 at night.`,
    );
  });

  it.each([-1, 51, NaN])("says what is wrong with readNoise of %s", (readNoise) => {
    expect(() => assertSensorNoise('CameraNoise "night"', { electrons: 50, readNoise })).toThrow(
      `CameraNoise "night": needed readNoise of 0 to 50 electrons, came ${readNoise}. Good cameras have 1 to 3.`,
    );
  });
});

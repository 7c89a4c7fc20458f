import * as tf from "@tensorflow/tfjs";
import { beforeAll, expect, it } from "vitest";
import { startBackend } from "../../../plugin/nets/start-backend.ts";
import { turnedToQuarter } from "../../../plugin/paint/photograph/quarter.ts";

beforeAll(() => startBackend("cpu"));

/** 1 2 above 3 4, with light from a side. */
function turned(light: readonly [number, number], times = 1): number[] {
  return tf.tidy(() => {
    let picture = tf.tensor4d([1, 2, 3, 4], [1, 2, 2, 1]);
    for (let time = 0; time < times; time++) picture = turnedToQuarter(picture, tf.tensor2d([...light], [1, 2]));
    return [...picture.dataSync<"float32">()];
  });
}

it("A picture is mirrored until its light comes from the upper right, and mirrored back by the same", () => {
  expect(turned([0.3, 0.5])).toEqual([1, 2, 3, 4]);
  expect(turned([-0.3, 0.5])).toEqual([2, 1, 4, 3]);
  expect(turned([0.3, -0.5])).toEqual([3, 4, 1, 2]);
  expect(turned([-0.3, -0.5])).toEqual([4, 3, 2, 1]);
  expect(turned([-0.3, -0.5], 2)).toEqual([1, 2, 3, 4]);
});

it("A picture in the shade stays as it is", () => {
  expect(turned([0, 0])).toEqual([1, 2, 3, 4]);
});

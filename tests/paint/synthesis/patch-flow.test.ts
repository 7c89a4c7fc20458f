import { expect, test } from "vitest";
import { Random } from "../../../plugin/core/random.ts";
import { patchSwd } from "../../../plugin/paint/metrics/patch-swd.ts";
import { meanSquaredError } from "../../../plugin/paint/metrics/signal-to-noise.ts";
import { picture, type Picture } from "../../../plugin/paint/picture.ts";
import { describePatches } from "../../../plugin/paint/synthesis/patch-distribution.ts";
import { patchFlow } from "../../../plugin/paint/synthesis/patch-flow.ts";
import { mixed, noise, picturedBy, smoothNoise } from "../metrics/test-pictures.ts";

function copied({ height, width, channels, pixels }: Picture): Picture {
  return picture(height, width, channels, pixels.slice());
}

function flowed(start: Picture, example: Picture, steps: number, stride = 2): Picture {
  const random = new Random(1);
  const target = copied(start);
  const flow = patchFlow(target, describePatches(example, 5, 4096, random), stride);
  for (let step = 0; step < steps; step++) flow.step(0.5, random);
  return target;
}

test("a flat picture takes the colour of a flat example, and stays there", () => {
  const example = picturedBy(20, 20, 3, (_y, _x, c) => [0.2, 0.5, 0.8][c]);
  const { pixels } = flowed(
    picturedBy(18, 22, 3, () => 0.4),
    example,
    60,
  );
  pixels.forEach((value, i) => expect(value).toBeCloseTo([0.2, 0.5, 0.8][i % 3], 3));
});

test("noise comes near to the example's patches, with every stride", () => {
  const example = smoothNoise(32, 1, 2, 1);
  const start = noise(32, 2, 1);
  const distance = (source: Picture) => patchSwd([example], [source], { edges: "wrap", directions: 64 }).distance;
  for (const stride of [1, 2, 3]) {
    expect(distance(flowed(start, example, 60, stride))).toBeLessThan(distance(start) / 4);
  }
});

test("a tile that is distributed like the example already moves far less than another", () => {
  const tile = smoothNoise(48, 1, 2, 1);
  const flat = mixed(tile, tile, (value) => 0.5 + 0.2 * (value - 0.5));
  const moved = (start: Picture) => meanSquaredError(start, flowed(start, tile, 20));
  expect(moved(tile)).toBeLessThan(moved(flat) / 10);
});

import { expect, test } from "vitest";
import { Random } from "../../../plugin/core/random.ts";
import { patchSwd } from "../../../plugin/paint/metrics/patch-swd.ts";
import { meanSquaredError } from "../../../plugin/paint/metrics/signal-to-noise.ts";
import type { Picture } from "../../../plugin/paint/picture.ts";
import { describePatches } from "../../../plugin/paint/synthesis/patch-distribution.ts";
import { patchFlow } from "../../../plugin/paint/synthesis/patch-flow.ts";
import { mixed, noise, picturedBy, smoothNoise } from "../metrics/test-pictures.ts";
import { newArena, sourceOf, wholePuzzle } from "./flow-target.ts";

async function flowed(start: Picture, example: Picture, steps: number, stride = 2, frozen = false): Promise<Picture> {
  const random = new Random(1);
  const arena = await newArena();
  const puzzle = wholePuzzle(arena, start);
  const { height, width, groups, factors } = puzzle;
  if (frozen) puzzle.frozen.fill(1, 0, width);
  const rest = async (): Promise<void> => {};
  const options = { size: 5, factors, patches: 2048, rest };
  const wanted = await describePatches(arena, [sourceOf(example)], options, random);
  const target = { height, width, channels: factors.length, groups, address: puzzle.pictureAddress };
  const flow = patchFlow(arena, target, wanted, stride, rest);
  for (let step = 0; step < steps; step++) await flow.step(0.5, random);
  return puzzle.composed();
}

test("a flat picture takes the colour of a flat example, and stays there", async () => {
  const example = picturedBy(20, 20, 3, (_y, _x, c) => [0.2, 0.5, 0.8][c]);
  const start = picturedBy(18, 22, 3, () => 0.4);
  const { pixels } = await flowed(start, example, 60);
  pixels.forEach((value, i) => expect(value).toBeCloseTo([0.2, 0.5, 0.8][i % 3], 3));
});

test("noise comes near to the example's patches, with every stride", async () => {
  const example = smoothNoise(32, 1, 2, 1);
  const start = noise(32, 2, 1);
  const distance = (source: Picture) => patchSwd([example], [source], { edges: "wrap", directions: 64 }).distance;
  for (const stride of [1, 2, 3]) {
    expect(distance(await flowed(start, example, 60, stride))).toBeLessThan(distance(start) / 4);
  }
});

test("five channels, more than a vector of four, flow as well", async () => {
  const example = smoothNoise(32, 1, 2, 5);
  const start = noise(32, 2, 5);
  const distance = (source: Picture) => patchSwd([example], [source], { edges: "wrap", directions: 64 }).distance;
  expect(distance(await flowed(start, example, 60))).toBeLessThan(distance(start) / 3);
});

test("a tile that is distributed like the example already moves far less than another", async () => {
  const tile = smoothNoise(48, 1, 2, 1);
  const flat = mixed(tile, tile, (value) => 0.5 + 0.2 * (value - 0.5));
  const moved = async (start: Picture) => meanSquaredError(start, await flowed(start, tile, 20));
  expect(await moved(tile)).toBeLessThan((await moved(flat)) / 10);
});

test("frozen pixels do not move", async () => {
  const start = noise(32, 2, 1);
  const { pixels } = await flowed(start, smoothNoise(32, 1, 2, 1), 5, 2, true);
  expect(pixels.subarray(0, 32)).toEqual(start.pixels.subarray(0, 32));
  expect(pixels.subarray(32)).not.toEqual(start.pixels.subarray(32));
});

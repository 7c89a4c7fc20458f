import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as tf from "@tensorflow/tfjs";
import { afterAll, beforeAll, expect, it } from "vitest";
import { Random } from "../../plugin/core/random.ts";
import { startBackend } from "../../plugin/nets/start-backend.ts";
import { encodeEstimator } from "../../plugin/paint/photograph/estimator-file.ts";
import { PHOTO_NET, PhotoNet } from "../../plugin/paint/photograph/photo-net.ts";
import { grownNet } from "../../scripts/paint/photo-maps/grown-net.ts";

const folder = mkdtempSync(join(tmpdir(), "babylon-neural-grown-"));
beforeAll(async () => startBackend("wasm"));
afterAll(() => rmSync(folder, { recursive: true }));

/** Heights and the light that it tells of a picture. */
function told(net: PhotoNet): readonly Float32Array[] {
  return tf.tidy(() => {
    const random = new Random(4);
    const pixels = Float32Array.from({ length: 32 * 32 * 3 }, () => random.uniform());
    const photo = tf.tensor4d(pixels, [1, 32, 32, 3]);
    const maps = net.decode(photo, net.encode(photo, "wrap", tf.tensor2d([[0.3, 0.4]])), "wrap");
    return [maps.heights.dataSync<"float32">(), net.light!.guess(photo, "wrap").dataSync<"float32">()];
  });
}

it("gets the shipped size's blocks, and says at first what it said without them", async () => {
  const small = { inputs: 7, widths: [4, 6], blocks: [0, 1], finish: 0, light: [4] };
  const net = new PhotoNet(new Random(1), small);
  const file = join(folder, "small.bnw");
  writeFileSync(file, await encodeEstimator(net, {}, "float32"));
  const grown = await grownNet(file, new Random(2));
  expect(grown.spec).toEqual({ ...small, finish: PHOTO_NET.finish });
  expect(grown.parameters.count).toBeGreaterThan(net.parameters.count);
  const [was, is] = [told(net), told(grown)];
  was.forEach((values, which) => {
    const farthest = Math.max(...values.map((value, i) => Math.abs(value - is[which][i])));
    expect(farthest).toBeLessThan(1e-5);
  });
  net.dispose();
  grown.dispose();
});

import { readFile } from "node:fs/promises";
import type { Random } from "../../../plugin/core/random.ts";
import { decodeEstimator } from "../../../plugin/paint/photograph/estimator-file.ts";
import { PHOTO_NET, PhotoNet } from "../../../plugin/paint/photograph/photo-net.ts";

/** Layers that a network can do without: one that adds 0 changes nothing. */
const ADDED = /^(finish|light layer \d+) block \d+ second /;

/**
 * Reads an estimator that is to learn more. One with fewer residual blocks at its finish and in what finds the light than the shipped size gets
 * those, and says at first what it said without them.
 *
 * @param random - Draws what is added.
 */
export async function grownNet(file: string, random: Random): Promise<PhotoNet> {
  const { net: spec, tensors } = decodeEstimator(await readFile(file), file);
  const { finish, light, lightBlocks } = PHOTO_NET;
  const isSameSize = spec.light.join() === light.join();
  const net = new PhotoNet(random, {
    ...spec,
    finish: Math.max(spec.finish, finish),
    lightBlocks: spec.lightBlocks.map((count, i) => (isSameSize ? Math.max(count, lightBlocks[i]) : count)),
  });
  const drawn = await net.parameters.read();
  for (const [name, { values }] of Object.entries(drawn)) if (ADDED.test(name)) values.fill(0);
  net.parameters.write({ ...drawn, ...tensors }, file);
  return net;
}

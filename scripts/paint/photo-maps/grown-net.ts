import { readFile } from "node:fs/promises";
import type { Random } from "../../../plugin/core/random.ts";
import { decodeEstimator } from "../../../plugin/paint/photograph/estimator-file.ts";
import { PHOTO_NET, PhotoNet } from "../../../plugin/paint/photograph/photo-net.ts";

/** Layers that a network can do without: one that adds 0 changes nothing. */
const ADDED = /^finish block \d+ second /;

/**
 * Reads an estimator that is to learn more. One with fewer residual blocks at its finish than the shipped size gets those, and says at
 * first what it said without them.
 *
 * @param random - Draws what is added.
 */
export async function grownNet(file: string, random: Random): Promise<PhotoNet> {
  const { net: spec, tensors } = decodeEstimator(await readFile(file), file);
  const net = new PhotoNet(random, { ...spec, finish: Math.max(spec.finish, PHOTO_NET.finish) });
  const drawn = await net.parameters.read();
  for (const [name, { values }] of Object.entries(drawn)) if (ADDED.test(name)) values.fill(0);
  net.parameters.write({ ...drawn, ...tensors }, file);
  return net;
}

import "@babylonjs/core/Materials/standardMaterial.js";
import fc from "fast-check";
import { hostileMetadata } from "../../scene/keep/hostile-metadata.ts";
import { tryMetadata } from "../../scene/keep/try-metadata.ts";
import { createTestWorld } from "../../scene/test-world.ts";

/** So many blocks are made at a time. */
const BATCH = 250;

/** What came of loading hostile blocks. */
export interface HostileFigures {
  readonly blocks: number;
  /** How many problems were told, each in a clear line. */
  readonly problems: number;
  /** How many controllers came back in spite of it all. */
  readonly controllers: number;
  readonly complaints: readonly string[];
  /** The slowest block, in milliseconds. */
  readonly slowest: number;
  /** The most memory above that of the beginning, JavaScript's and buffers, in megabytes. */
  readonly mostMemory: number;
}

/** Loads hostile metadata into one scene, again and again. */
export async function loadHostileBlocks(
  blocks: number,
  seed: number,
  log: (line: string) => void,
): Promise<HostileFigures> {
  const world = await createTestWorld();
  const box = world.box("box");
  world.box("ball", { at: [0, 0, 5] });
  await tryMetadata(box, null);
  const memory = usedMemory();
  const figures = { blocks: 0, problems: 0, controllers: 0, complaints: [] as string[], slowest: 0, mostMemory: 0 };
  while (figures.blocks < blocks) {
    const count = Math.min(BATCH, blocks - figures.blocks);
    for (const metadata of fc.sample(hostileMetadata, { numRuns: count, seed: seed + figures.blocks })) {
      const { complaints, problems, controllers, took } = await tryMetadata(box, metadata);
      figures.blocks++;
      figures.problems += problems;
      figures.controllers += controllers;
      figures.complaints.push(...complaints);
      figures.slowest = Math.max(figures.slowest, took);
      figures.mostMemory = Math.max(figures.mostMemory, usedMemory() - memory);
    }
    log(`${figures.blocks} of ${blocks} blocks`);
  }
  world.dispose();
  return figures;
}

function usedMemory(): number {
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / 1e6;
}

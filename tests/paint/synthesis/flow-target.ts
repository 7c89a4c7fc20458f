import type { Picture } from "../../../plugin/paint/picture.ts";
import type { PuzzleSource } from "../../../plugin/paint/synthesis/puzzle.ts";
import { Puzzle } from "../../../plugin/paint/synthesis/puzzle.ts";
import { KernelArena, loadSynthesisKernels } from "../../../plugin/paint/synthesis/synthesis-kernels.ts";

export async function newArena(): Promise<KernelArena> {
  return new KernelArena(await loadSynthesisKernels());
}

export function sourceOf(picture: Picture, mask?: Uint8Array): PuzzleSource {
  return { picture, mask, guide: undefined, weight: 1 };
}

/** A puzzle of a picture's size whose features are its own numbers, and which shows it as a whole. */
export function wholePuzzle(arena: KernelArena, source: Picture, mask?: Uint8Array): Puzzle {
  const { height, width, channels } = source;
  const puzzle = new Puzzle(arena, {
    height,
    width,
    sources: [sourceOf(source, mask)],
    scale: { factors: new Array<number>(channels).fill(1), groups: Math.ceil(channels / 4) },
    capacity: 64,
    guide: undefined,
    usageWeight: 0,
  });
  const y = height >> 1;
  const x = width >> 1;
  puzzle.map.fill(puzzle.add({ y, x, sourceY: y, sourceX: x, source: 0 }));
  puzzle.compose({ top: 0, left: 0, rows: height, columns: width });
  return puzzle;
}

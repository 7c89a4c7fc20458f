import { mazeConfig } from "./config.ts";
import { placeOf, type Maze } from "./maze.ts";

/** A straight piece of hedge: its middle, and its lengths along x and z, in metres. */
export interface HedgeBlock {
  readonly x: number;
  readonly z: number;
  readonly width: number;
  readonly depth: number;
}

/** Cuts the hedges of a maze into few straight pieces that do not overlap: first along x, then what is left along z. */
export function hedgeBlocks({ side, hedges }: Maze): HedgeBlock[] {
  const rest = hedges.slice();
  const blocks: HedgeBlock[] = [];
  const cut = (column: number, row: number, step: number, least: number): void => {
    const at = row * side + column;
    const limit = step === 1 ? side - column : side - row;
    let length = 0;
    while (length < limit && rest[at + length * step] === 1) length++;
    if (length < least) return;
    for (let i = 0; i < length; i++) rest[at + i * step] = 0;
    const along = (length - 1) / 2;
    blocks.push({
      x: placeOf(column + (step === 1 ? along : 0), side),
      z: placeOf(row + (step === 1 ? 0 : along), side),
      width: (step === 1 ? length : 1) * mazeConfig.field,
      depth: (step === 1 ? 1 : length) * mazeConfig.field,
    });
  };
  for (let row = 0; row < side; row++) for (let column = 0; column < side; column++) cut(column, row, 1, 2);
  for (let column = 0; column < side; column++) for (let row = 0; row < side; row++) cut(column, row, side, 1);
  return blocks;
}

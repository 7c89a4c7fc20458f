/**
 * Every number of the maze that can be tuned. Lengths in metres, times in seconds.
 *
 * A maze is a square of fields, each of them hedge or path. Crossings stand at the odd columns and rows, so a maze of
 * `size` crossings has 2 · size + 1 fields on each side. Places are `{ x, z }` with the maze's centre at the origin; columns
 * grow towards +x, rows towards +z.
 */
export const mazeConfig = {
  /** Crossings on each side, where nothing else is asked for. */
  size: 9,
  /** Sizes that a maze may have. */
  sizes: { least: 3, most: 21 },
  /** Side of a field. */
  field: 1,
  /** How often the way is dug on from the newest crossing and not from any: near 1 gives long winding ways. */
  winding: 0.8,
  /** Share of the dead ends that are opened to a loop. */
  loops: 0.1,
  /** The gem lies at least this many crossings from the start, per crossing of the maze's side. */
  leastWay: 1,

  /** How many fields the golem sees, in each direction from its own. */
  sight: 5,
  /** Moves from crossing to crossing per second, at the usual speed. */
  decisionsPerSecond: 2.5,
  /**
   * A golem gives up after so many moves, per crossing of the maze: enough to walk every path of a maze without loops there
   * and back. In 1,000 mazes chance then finds 11% of the gems.
   */
  patience: 2,
} as const;

/** After so many moves a golem gives up in a maze of that size. */
export function patienceFor(size: number): number {
  return Math.round(mazeConfig.patience * size * size);
}

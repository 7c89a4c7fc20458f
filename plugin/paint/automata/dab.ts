/** A touch of the brush: what it does to the cells of a disc, between two steps. */
export interface Dab {
  /**
   * `"erase"` clears cells, and they stay bare until life comes back from their neighbours; `"seed"` clears cells and gives them life;
   * `"graft"` says how much of the second species they have.
   */
  readonly kind: DabKind;
  /** Where, across from the left and down from the top, in shares of the texture; it goes on beyond the borders. */
  readonly across: number;
  readonly down: number;
  /** In shares of the texture's shorter side. */
  readonly radius: number;
  /** For `"graft"`: 0 is the first species only, 1 the second only. */
  readonly share?: number;
}

/** What the brush can do. */
export type DabKind = "erase" | "seed" | "graft";

/** Numbers of a dab as shaders read it, in order: see `writeDab`. */
export const DAB_NUMBERS = 8;

/** As shaders know the kinds. */
const CODES: Readonly<Record<DabKind, number>> = { erase: 1, seed: 2, graft: 3 };

/**
 * Writes a dab in cells: column, row and radius of its centre, code of its kind, share, and three that are not used.
 *
 * @param out - [dabs, DAB_NUMBERS].
 */
export function writeDab(
  { kind, across, down, radius, share = 1 }: Dab,
  { width, height }: { readonly width: number; readonly height: number },
  out: Float32Array,
  index: number,
): void {
  const at = index * DAB_NUMBERS;
  out[at] = (across - Math.floor(across)) * width;
  out[at + 1] = (down - Math.floor(down)) * height;
  out[at + 2] = radius * Math.min(width, height);
  out[at + 3] = CODES[kind];
  out[at + 4] = share;
}

// One move of the puzzle: where in a window to put a new piece, so that all cuts together show least. A move never makes it
// worse: alpha expansion, Boykov, Veksler and Zabih 2001, https://doi.org/10.1109/34.969114; for textures, Kwatra et al. 2003,
// https://doi.org/10.1145/882262.882264.
import { addEdge, addTerminal, maxFlow, onSinkSide, startFlow } from "./max-flow";
import { covers, cutCost, frozen, placeCost, height, pieceAt, pieceMap, width, wrap } from "./pieces";

let top: i32 = 0;
let left: i32 = 0;
let rows: i32 = 0;
let columns: i32 = 0;
/** Whether a pixel of the window may take the new piece, [rows, columns]. */
let free: usize = 0;

/**
 * @param space - Working space: one byte a pixel of the window, to a multiple of 16, then `flowSpace`.
 * @returns How many pixels took the new piece.
 */
export function expand(newTop: i32, newLeft: i32, newRows: i32, newColumns: i32, piece: i32, space: usize): i32 {
  top = newTop;
  left = newLeft;
  rows = newRows;
  columns = newColumns;
  free = space;
  startFlow(rows, columns, (space + <usize>(rows * columns) + 15) & ~15);
  // Step 1. Who may change.
  for (let i = 0, pixel = 0; i < rows; i++) {
    const y = wrap(top + i, height);
    for (let j = 0; j < columns; j++, pixel++) {
      const x = wrap(left + j, width);
      const may = load<u8>(frozen + <usize>(y * width + x)) == 0 && covers(piece, y, x);
      store<u8>(free + <usize>pixel, may ? 1 : 0);
    }
  }
  // Step 2. What it would cost. The source's side of the cut keeps its pieces.
  for (let i = 0, pixel = 0; i < rows; i++) {
    const y = wrap(top + i, height);
    for (let j = 0; j < columns; j++, pixel++) {
      const x = wrap(left + j, width);
      const own = load<u8>(free + <usize>pixel) != 0;
      if (own) addTerminal(pixel, placeCost(piece, y, x) - placeCost(pieceAt(y, x), y, x));
      if (j + 1 < columns) pair(piece, pixel, pixel + 1, 0, y, x, y, wrap(x + 1, width));
      else if (own) fixed(piece, pixel, y, x, y, wrap(x + 1, width));
      if (i + 1 < rows) pair(piece, pixel, pixel + columns, 2, y, x, wrap(y + 1, height), x);
      else if (own) fixed(piece, pixel, y, x, wrap(y + 1, height), x);
      if (j == 0 && own) fixed(piece, pixel, y, x, y, wrap(x - 1, width));
      if (i == 0 && own) fixed(piece, pixel, y, x, wrap(y - 1, height), x);
    }
  }
  // Step 3. The cheapest cut.
  maxFlow();
  let changed = 0;
  for (let i = 0, pixel = 0; i < rows; i++) {
    const y = wrap(top + i, height);
    for (let j = 0; j < columns; j++, pixel++) {
      if (!onSinkSide(pixel)) continue;
      const at = pieceMap + (<usize>(y * width + wrap(left + j, width)) << 2);
      if (load<i32>(at) == piece) continue;
      store<i32>(at, piece);
      changed += 1;
    }
  }
  return changed;
}

/** The cost between a pixel and a neighbour that keeps its piece. */
function fixed(piece: i32, pixel: i32, y: i32, x: i32, y2: i32, x2: i32): void {
  const other = pieceAt(y2, x2);
  addTerminal(pixel, cutCost(y, x, piece, y2, x2, other) - cutCost(y, x, pieceAt(y, x), y2, x2, other));
}

/** The cost between neighbours that may both change (Kolmogorov and Zabih 2004, https://doi.org/10.1109/TPAMI.2004.1262177). */
function pair(piece: i32, pixel: i32, pixel2: i32, direction: i32, y: i32, x: i32, y2: i32, x2: i32): void {
  const may = load<u8>(free + <usize>pixel) != 0;
  const may2 = load<u8>(free + <usize>pixel2) != 0;
  if (!may || !may2) {
    if (may) fixed(piece, pixel, y, x, y2, x2);
    if (may2) fixed(piece, pixel2, y2, x2, y, x);
    return;
  }
  const old = pieceAt(y, x);
  const old2 = pieceAt(y2, x2);
  const both = cutCost(y, x, old, y2, x2, old2);
  const second = cutCost(y, x, old, y2, x2, piece);
  const first = cutCost(y, x, piece, y2, x2, old2);
  addTerminal(pixel, first - both);
  addTerminal(pixel2, -first);
  addEdge(pixel, direction, max<f32>(0, second + first - both));
}

// A picture as a puzzle of pieces of other pictures, on a torus. Every pixel holds the number of a piece, and a piece says by
// how much it was moved: pixel (y, x) of piece (cy, cx, sy, sx) shows its source's pixel (sy + half(y − cy), sx + half(x − cx)),
// where half() is the shorter way around the torus. Features of a pixel are `groups` vectors of four numbers.

// Whole numbers of a piece in its table: cy, cx, sy, sx, source.
const PIECE: usize = 32;
// Of a source: features, height, width, mask (bytes, 0 = not to be copied; or no mask: 0), guide (features, or 0), usage (how
// many times as often as it should a cell of CELL · CELL pixels is used), cells in a row, how often a cell should be used.
const CELL: i32 = 8;
const SOURCE: usize = 32;

export let height: i32 = 0;
export let width: i32 = 0;
export let groups: i32 = 0;
/** The number of the piece at each pixel, [height, width]. */
export let pieceMap: usize = 0;
let pieces: usize = 0;
let sources: usize = 0;
/** 1 where the piece must stay, [height, width]. */
export let frozen: usize = 0;
/** What should be where, [height, width, guideGroups · 4], or 0. */
let guide: usize = 0;
let guideGroups: i32 = 0;
let guideWeight: f32 = 0;
let usageWeight: f32 = 0;
/** What it costs to show what must not be copied: more than any cut. */
const FORBIDDEN: f32 = 1000;

/** Sets what all following calls work on. */
export function setTable(
  newHeight: i32,
  newWidth: i32,
  newGroups: i32,
  newMap: usize,
  newPieces: usize,
  newSources: usize,
  newFrozen: usize,
  newGuide: usize,
  newGuideGroups: i32,
  newGuideWeight: f32,
  newUsageWeight: f32,
): void {
  height = newHeight;
  width = newWidth;
  groups = newGroups;
  pieceMap = newMap;
  pieces = newPieces;
  sources = newSources;
  frozen = newFrozen;
  guide = newGuide;
  guideGroups = newGuideGroups;
  guideWeight = newGuideWeight;
  usageWeight = newUsageWeight;
}

// @ts-ignore: decorator
@inline
export function wrap(line: i32, count: i32): i32 {
  return line >= count ? line - count : line < 0 ? line + count : line;
}

// @ts-ignore: decorator
@inline
function half(distance: i32, count: i32): i32 {
  const most = count - (count >> 1);
  return distance >= most ? distance - count : distance < most - count ? distance + count : distance;
}

// @ts-ignore: decorator
@inline
function clamp(line: i32, count: i32): i32 {
  return min(max(line, 0), count - 1);
}

// @ts-ignore: decorator
@inline
export function pieceAt(y: i32, x: i32): i32 {
  return load<i32>(pieceMap + (<usize>(y * width + x) << 2));
}

/** The features that a piece has at a pixel; beyond its source's edge those of the edge. */
// @ts-ignore: decorator
@inline
export function featuresOf(piece: i32, y: i32, x: i32): usize {
  const entry = pieces + <usize>piece * PIECE;
  const source = sources + <usize>load<i32>(entry, 16) * SOURCE;
  const columns = load<i32>(source, 8);
  const row = clamp(load<i32>(entry, 8) + half(y - load<i32>(entry), height), load<i32>(source, 4));
  const column = clamp(load<i32>(entry, 12) + half(x - load<i32>(entry, 4), width), columns);
  return <usize>load<i32>(source) + (<usize>((row * columns + column) * groups) << 4);
}

/** Whether a piece has something that may be copied to a pixel. */
export function covers(piece: i32, y: i32, x: i32): bool {
  const entry = pieces + <usize>piece * PIECE;
  const source = sources + <usize>load<i32>(entry, 16) * SOURCE;
  const columns = load<i32>(source, 8);
  const row = load<i32>(entry, 8) + half(y - load<i32>(entry), height);
  const column = load<i32>(entry, 12) + half(x - load<i32>(entry, 4), width);
  if (row < 0 || column < 0 || row >= load<i32>(source, 4) || column >= columns) return false;
  const mask = <usize>load<i32>(source, 12);
  return mask == 0 || load<u8>(mask + <usize>(row * columns + column)) != 0;
}

// @ts-ignore: decorator
@inline
export function distance(a: usize, b: usize, count: i32): f32 {
  let sum = f32x4.splat(0);
  for (let group: usize = 0; group < <usize>count << 4; group += 16) {
    const difference = f32x4.sub(v128.load(a + group), v128.load(b + group));
    sum = f32x4.add(sum, f32x4.mul(difference, difference));
  }
  return sqrt<f32>(
    f32x4.extract_lane(sum, 0) + f32x4.extract_lane(sum, 2) + (f32x4.extract_lane(sum, 1) + f32x4.extract_lane(sum, 3)),
  );
}

/** How much the cut between two neighbouring pixels shows (Kwatra et al. 2003, equation 1). */
// @ts-ignore: decorator
@inline
export function cutCost(y: i32, x: i32, piece: i32, y2: i32, x2: i32, piece2: i32): f32 {
  if (piece == piece2) return 0;
  return (
    distance(featuresOf(piece, y, x), featuresOf(piece2, y, x), groups) +
    distance(featuresOf(piece, y2, x2), featuresOf(piece2, y2, x2), groups)
  );
}

/** How unwelcome a piece is at a pixel: used too often already, or not what the guide wants. */
// @ts-ignore: decorator
@inline
export function placeCost(piece: i32, y: i32, x: i32): f32 {
  const entry = pieces + <usize>piece * PIECE;
  const source = sources + <usize>load<i32>(entry, 16) * SOURCE;
  const columns = load<i32>(source, 8);
  const row = clamp(load<i32>(entry, 8) + half(y - load<i32>(entry), height), load<i32>(source, 4));
  const column = clamp(load<i32>(entry, 12) + half(x - load<i32>(entry, 4), width), columns);
  const mask = <usize>load<i32>(source, 12);
  let usage = usageWeight * load<f32>(cellOf(source, row, column));
  if (mask != 0 && load<u8>(mask + <usize>(row * columns + column)) == 0) usage += FORBIDDEN;
  if (guide == 0) return usage;
  const has = <usize>load<i32>(source, 16) + (<usize>((row * columns + column) * guideGroups) << 4);
  const wanted = guide + (<usize>((y * width + x) * guideGroups) << 4);
  return usage + guideWeight * distance(has, wanted, guideGroups);
}

// @ts-ignore: decorator
@inline
function cellOf(source: usize, row: i32, column: i32): usize {
  return <usize>load<i32>(source, 20) + (<usize>((row / CELL) * load<i32>(source, 24) + column / CELL) << 2);
}

/** Counts anew how often every cell of every source is used. */
export function countUsage(sourceCount: i32): void {
  for (let s = 0; s < sourceCount; s++) {
    const source = sources + <usize>s * SOURCE;
    const cells = ((load<i32>(source, 4) + CELL - 1) / CELL) * load<i32>(source, 24);
    memory.fill(<usize>load<i32>(source, 20), 0, <usize>cells << 2);
  }
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const entry = pieces + <usize>pieceAt(y, x) * PIECE;
      const source = sources + <usize>load<i32>(entry, 16) * SOURCE;
      const row = clamp(load<i32>(entry, 8) + half(y - load<i32>(entry), height), load<i32>(source, 4));
      const column = clamp(load<i32>(entry, 12) + half(x - load<i32>(entry, 4), width), load<i32>(source, 8));
      const cell = cellOf(source, row, column);
      store<f32>(cell, load<f32>(cell) + load<f32>(source, 28));
    }
  }
}

/** Writes how much the cuts around every pixel show, [height, width]; frozen pixels count only for their neighbours. */
export function seamCosts(into: usize): void {
  for (let y = 0; y < height; y++) {
    const below = wrap(y + 1, height);
    const above = wrap(y - 1, height);
    for (let x = 0; x < width; x++, into += 4) {
      if (load<u8>(frozen + <usize>(y * width + x)) != 0) {
        store<f32>(into, 0);
        continue;
      }
      const piece = pieceAt(y, x);
      const right = wrap(x + 1, width);
      const left = wrap(x - 1, width);
      store<f32>(
        into,
        cutCost(y, x, piece, y, right, pieceAt(y, right)) +
          cutCost(y, x, piece, below, x, pieceAt(below, x)) +
          cutCost(y, x, piece, y, left, pieceAt(y, left)) +
          cutCost(y, x, piece, above, x, pieceAt(above, x)) +
          placeCost(piece, y, x),
      );
    }
  }
}

/** Writes what the puzzle shows in a window to a picture of features, [height, width, groups · 4]. */
export function compose(top: i32, left: i32, rows: i32, columns: i32, picture: usize): void {
  for (let i = 0; i < rows; i++) {
    const y = wrap(top + i, height);
    for (let j = 0; j < columns; j++) {
      const x = wrap(left + j, width);
      const from = featuresOf(pieceAt(y, x), y, x);
      const to = picture + (<usize>((y * width + x) * groups) << 4);
      memory.copy(to, from, <usize>groups << 4);
    }
  }
}

/** Whether a pixel shows what must not be copied, or lies more than a rounding beyond its source's edge. */
export function isHole(y: i32, x: i32): bool {
  const piece = pieceAt(y, x);
  if (piece < 0) return true;
  const entry = pieces + <usize>piece * PIECE;
  const source = sources + <usize>load<i32>(entry, 16) * SOURCE;
  const columns = load<i32>(source, 8);
  const row = load<i32>(entry, 8) + half(y - load<i32>(entry), height);
  const column = load<i32>(entry, 12) + half(x - load<i32>(entry, 4), width);
  const nearRow = clamp(row, load<i32>(source, 4));
  const nearColumn = clamp(column, columns);
  if (abs(row - nearRow) > 2 || abs(column - nearColumn) > 2) return true;
  const mask = <usize>load<i32>(source, 12);
  return mask != 0 && load<u8>(mask + <usize>(nearRow * columns + nearColumn)) == 0;
}

/** The first pixel from `start` on that is a hole and may change, or −1. */
export function nextHole(start: i32): i32 {
  for (let pixel = start; pixel < height * width; pixel++) {
    if (load<u8>(frozen + <usize>pixel) == 0 && isHole(pixel / width, pixel % width)) return pixel;
  }
  return -1;
}

/** Gives every pixel of a window that may change and that the piece covers to the piece; or only those that show nothing yet. */
export function lay(top: i32, left: i32, rows: i32, columns: i32, piece: i32, onlyHoles: bool): void {
  for (let i = 0; i < rows; i++) {
    const y = wrap(top + i, height);
    for (let j = 0; j < columns; j++) {
      const x = wrap(left + j, width);
      const at = <usize>(y * width + x);
      if (load<u8>(frozen + at) != 0 || !covers(piece, y, x)) continue;
      if (onlyHoles && !isHole(y, x)) continue;
      store<i32>(pieceMap + (at << 2), piece);
    }
  }
}

/**
 * How different a window of a picture is from places in a source: the mean squared distance of every `step`th pixel's
 * features, both ways.
 *
 * @param places - Rows and columns in the source of the window's corner, [count, 2]; the windows lie inside the source.
 */
export function matchPlaces(
  picture: usize,
  top: i32,
  left: i32,
  rows: i32,
  columns: i32,
  step: i32,
  source: i32,
  places: usize,
  count: i32,
  costs: usize,
): void {
  const entry = sources + <usize>source * SOURCE;
  const from = <usize>load<i32>(entry);
  const sourceColumns = load<i32>(entry, 8);
  const has = <usize>load<i32>(entry, 16);
  const pixelBytes = <usize>groups << 4;
  const guideBytes = <usize>guideGroups << 4;
  for (let place = 0; place < count; place++) {
    const row = load<i32>(places + (<usize>place << 3));
    const column = load<i32>(places + (<usize>place << 3), 4);
    let sum = f32x4.splat(0);
    let guided = f32x4.splat(0);
    let usage: f32 = 0;
    let pixels = 0;
    for (let i = 0; i < rows; i += step) {
      const y = wrap(top + i, height);
      let a = from + <usize>((row + i) * sourceColumns + column) * pixelBytes;
      for (let j = 0; j < columns; j += step) {
        const x = wrap(left + j, width);
        const b = picture + <usize>(y * width + x) * pixelBytes;
        for (let k: usize = 0; k < pixelBytes; k += 16) {
          const difference = f32x4.sub(v128.load(a + k), v128.load(b + k));
          sum = f32x4.add(sum, f32x4.mul(difference, difference));
        }
        usage += load<f32>(cellOf(entry, row + i, column + j));
        if (guide != 0) {
          const g = has + <usize>((row + i) * sourceColumns + column + j) * guideBytes;
          const wanted = guide + <usize>(y * width + x) * guideBytes;
          for (let k: usize = 0; k < guideBytes; k += 16) {
            const difference = f32x4.sub(v128.load(g + k), v128.load(wanted + k));
            guided = f32x4.add(guided, f32x4.mul(difference, difference));
          }
        }
        a += pixelBytes * <usize>step;
        pixels += 1;
      }
    }
    sum = f32x4.add(sum, f32x4.mul(guided, f32x4.splat(guideWeight * guideWeight)));
    const total =
      f32x4.extract_lane(sum, 0) + f32x4.extract_lane(sum, 2) + (f32x4.extract_lane(sum, 1) + f32x4.extract_lane(sum, 3));
    store<f32>(costs + (<usize>place << 2), (total + usageWeight * 4 * usage) / <f32>pixels);
  }
}

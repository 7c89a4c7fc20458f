// Takes the steps across cuts out of a picture, by a soft field that is added to it: a Poisson equation on the torus (Pérez,
// Gangnet and Blake 2003, https://doi.org/10.1145/882262.882269), screened, so that it fades out some way from the cuts.
import { featuresOf, frozen, groups, height, pieceAt, width, wrap } from "./pieces";

// @ts-ignore: decorator
@inline
function at(picture: usize, y: i32, x: i32): usize {
  return picture + (<usize>((y * width + x) * groups) << 4);
}

/**
 * Writes what the field's equation wants at each pixel: the sum of the steps to its four neighbours, [height, width, groups · 4].
 *
 * @param tolerance - Steps much larger than this are edges of things, not of pieces, and are left.
 */
export function wantedSteps(into: usize, tolerance: f32): void {
  memory.fill(into, 0, <usize>(height * width * groups) << 4);
  for (let y = 0; y < height; y++) {
    const below = wrap(y + 1, height);
    for (let x = 0; x < width; x++) {
      const right = wrap(x + 1, width);
      const piece = pieceAt(y, x);
      addStep(into, tolerance, y, x, piece, y, right, pieceAt(y, right));
      addStep(into, tolerance, y, x, piece, below, x, pieceAt(below, x));
    }
  }
}

function addStep(into: usize, tolerance: f32, y: i32, x: i32, piece: i32, y2: i32, x2: i32, piece2: i32): void {
  if (piece == piece2) return;
  const a = featuresOf(piece, y, x);
  const b = featuresOf(piece2, y, x);
  const a2 = featuresOf(piece, y2, x2);
  const b2 = featuresOf(piece2, y2, x2);
  const here = at(into, y, x);
  const there = at(into, y2, x2);
  const bytes = <usize>groups << 4;
  let squares = f32x4.splat(0);
  for (let k: usize = 0; k < bytes; k += 16) {
    const step = f32x4.add(
      f32x4.sub(v128.load(b + k), v128.load(a + k)),
      f32x4.sub(v128.load(b2 + k), v128.load(a2 + k)),
    );
    squares = f32x4.add(squares, f32x4.mul(step, step));
  }
  const square =
    f32x4.extract_lane(squares, 0) +
    f32x4.extract_lane(squares, 2) +
    (f32x4.extract_lane(squares, 1) + f32x4.extract_lane(squares, 3));
  const share = f32x4.splat(0.5 / (1 + square / (4 * tolerance * tolerance)));
  for (let k: usize = 0; k < bytes; k += 16) {
    const step = f32x4.mul(
      share,
      f32x4.add(f32x4.sub(v128.load(b + k), v128.load(a + k)), f32x4.sub(v128.load(b2 + k), v128.load(a2 + k))),
    );
    v128.store(here + k, f32x4.add(v128.load(here + k), step));
    v128.store(there + k, f32x4.sub(v128.load(there + k), step));
  }
}

/**
 * One sweep of successive over-relaxation over some rows.
 *
 * @param field - [height, width, groups · 4], zeros at first; frozen pixels stay zero.
 * @param screen - 1 / radius², in pixels, beyond which the field fades.
 */
export function relax(field: usize, wanted: usize, first: i32, rows: i32, screen: f32, over: f32): void {
  const bytes = <usize>groups << 4;
  const scale = f32x4.splat(over / (4 + screen));
  const keep = f32x4.splat(1 - over);
  for (let y = first; y < first + rows; y++) {
    const above = wrap(y - 1, height);
    const below = wrap(y + 1, height);
    for (let x = 0; x < width; x++) {
      if (load<u8>(frozen + <usize>(y * width + x)) != 0) continue;
      const here = at(field, y, x);
      const want = at(wanted, y, x);
      const up = at(field, above, x);
      const down = at(field, below, x);
      const left = at(field, y, wrap(x - 1, width));
      const right = at(field, y, wrap(x + 1, width));
      for (let k: usize = 0; k < bytes; k += 16) {
        const sum = f32x4.add(
          f32x4.add(v128.load(up + k), v128.load(down + k)),
          f32x4.add(f32x4.add(v128.load(left + k), v128.load(right + k)), v128.load(want + k)),
        );
        v128.store(here + k, f32x4.add(f32x4.mul(keep, v128.load(here + k)), f32x4.mul(scale, sum)));
      }
    }
  }
}

/** Adds numbers to others, four at a time. */
export function addTo(numbers: usize, amounts: usize, vectors: i32): void {
  for (let i: usize = 0; i < <usize>vectors << 4; i += 16) {
    v128.store(numbers + i, f32x4.add(v128.load(numbers + i), v128.load(amounts + i)));
  }
}

// Patches of a picture moved until they are distributed as wanted: the sliced Wasserstein flow. Four patches at a time, number by
// number: a panel is [dimensions, 4].
import { frozen, groups, height, width } from "./pieces";

const BINS: i32 = 1024;

/** Bytes of working space for `matchLine`. */
export function matchingSpace(): usize {
  return 4 * (BINS + 1);
}

// @ts-ignore: decorator
@inline
function cornerRow(patch: i32, columns: i32, stride: i32, down: i32): i32 {
  return (patch / columns) * stride + down;
}

/**
 * Copies patches into panels.
 *
 * @param picture - [height, width, groups · 4]
 * @param columns - Patches in a row of the grid.
 * @param panels - [count / 4, size · size · channels, 4]; past the last patch, patches of the first rows.
 */
export function gatherPanels(
  picture: usize,
  channels: i32,
  size: i32,
  stride: i32,
  down: i32,
  right: i32,
  columns: i32,
  first: i32,
  count: i32,
  panels: usize,
): void {
  const dimensions = size * size * channels;
  for (let i = 0; i < count; i++) {
    const top = cornerRow(first + i, columns, stride, down);
    const left = ((first + i) % columns) * stride + right;
    let to = panels + (<usize>((i >> 2) * dimensions) << 4) + (<usize>(i & 3) << 2);
    for (let y = 0; y < size; y++) {
      const row = ((top + y) % height) * width;
      for (let x = 0; x < size; x++) {
        let column = left + x;
        if (column >= width) column %= width;
        const from = picture + (<usize>((row + column) * groups) << 4);
        for (let c = 0; c < channels; c++, to += 16) store<f32>(to, load<f32>(from + (<usize>c << 2)));
      }
    }
  }
}

/**
 * Where patches lie along directions.
 *
 * @param directions - [count of directions, a multiple of 8; dimensions]
 * @param lines - [directions, lineLength]; patch `first` of each line is that of the first panel.
 */
export function projectPanels(
  panels: usize,
  panelCount: i32,
  dimensions: i32,
  directions: usize,
  directionCount: i32,
  lines: usize,
  lineLength: i32,
): void {
  const next = <usize>dimensions << 2;
  const line = <usize>lineLength << 2;
  for (let panel = 0; panel < panelCount; panel++) {
    const from = panels + (<usize>(panel * dimensions) << 4);
    const to = lines + (<usize>panel << 4);
    for (let d = 0; d < directionCount; d += 8) {
      let a = directions + <usize>d * next;
      let s0 = f32x4.splat(0);
      let s1 = s0;
      let s2 = s0;
      let s3 = s0;
      let s4 = s0;
      let s5 = s0;
      let s6 = s0;
      let s7 = s0;
      for (let p = from, end = from + (<usize>dimensions << 4); p < end; p += 16, a += 4) {
        const v = v128.load(p);
        s0 = f32x4.add(s0, f32x4.mul(v, v128.load32_splat(a)));
        s1 = f32x4.add(s1, f32x4.mul(v, v128.load32_splat(a + next)));
        s2 = f32x4.add(s2, f32x4.mul(v, v128.load32_splat(a + 2 * next)));
        s3 = f32x4.add(s3, f32x4.mul(v, v128.load32_splat(a + 3 * next)));
        s4 = f32x4.add(s4, f32x4.mul(v, v128.load32_splat(a + 4 * next)));
        s5 = f32x4.add(s5, f32x4.mul(v, v128.load32_splat(a + 5 * next)));
        s6 = f32x4.add(s6, f32x4.mul(v, v128.load32_splat(a + 6 * next)));
        s7 = f32x4.add(s7, f32x4.mul(v, v128.load32_splat(a + 7 * next)));
      }
      const out = to + <usize>d * line;
      v128.store(out, s0);
      v128.store(out + line, s1);
      v128.store(out + 2 * line, s2);
      v128.store(out + 3 * line, s3);
      v128.store(out + 4 * line, s4);
      v128.store(out + 5 * line, s5);
      v128.store(out + 6 * line, s6);
      v128.store(out + 7 * line, s7);
    }
  }
}

/** The way back: overwrites panels by the sums of directions times their amounts. `turned` is [dimensions, directions]. */
export function spreadPanels(
  panels: usize,
  panelCount: i32,
  dimensions: i32,
  turned: usize,
  directionCount: i32,
  lines: usize,
  lineLength: i32,
): void {
  const next = <usize>directionCount << 2;
  const line = <usize>lineLength << 2;
  for (let panel = 0; panel < panelCount; panel++) {
    const from = lines + (<usize>panel << 4);
    const to = panels + (<usize>(panel * dimensions) << 4);
    for (let d = 0; d < dimensions; d += 4) {
      let s0 = f32x4.splat(0);
      let s1 = s0;
      let s2 = s0;
      let s3 = s0;
      let a = turned + <usize>d * next;
      for (let p = from, end = from + <usize>directionCount * line; p < end; p += line, a += 4) {
        const v = v128.load(p);
        s0 = f32x4.add(s0, f32x4.mul(v, v128.load32_splat(a)));
        s1 = f32x4.add(s1, f32x4.mul(v, v128.load32_splat(a + next)));
        s2 = f32x4.add(s2, f32x4.mul(v, v128.load32_splat(a + 2 * next)));
        s3 = f32x4.add(s3, f32x4.mul(v, v128.load32_splat(a + 3 * next)));
      }
      const out = to + (<usize>d << 4);
      v128.store(out, s0);
      if (d + 1 < dimensions) v128.store(out + 16, s1);
      if (d + 2 < dimensions) v128.store(out + 32, s2);
      if (d + 3 < dimensions) v128.store(out + 48, s3);
    }
  }
}

/**
 * Replaces each number of a line by how far it must move so that all together are distributed as wanted: optimal transport in one
 * dimension. Ranks come from a histogram, linear within each bin, instead of a sort.
 *
 * @param quantiles - The wanted distribution at equally spaced ranks, from small to large.
 */
export function matchLine(line: usize, count: i32, quantiles: usize, quantileCount: i32, space: usize): void {
  let low = f32.MAX_VALUE;
  let high = -f32.MAX_VALUE;
  const end = line + (<usize>count << 2);
  for (let p = line; p < end; p += 4) {
    const number = load<f32>(p);
    low = min(low, number);
    high = max(high, number);
  }
  // a little less than the whole, so that the largest number is still in the last bin
  const scale: f32 = high > low ? (<f32>BINS * 0.99999) / (high - low) : 0;
  memory.fill(space, 0, 4 * (BINS + 1));
  for (let p = line; p < end; p += 4) {
    const bin = space + (<usize>(<i32>((load<f32>(p) - low) * scale) + 1) << 2);
    store<i32>(bin, load<i32>(bin) + 1);
  }
  for (let bin = 1; bin <= BINS; bin++) {
    const at = space + (<usize>bin << 2);
    store<i32>(at, load<i32>(at) + load<i32>(at - 4));
  }
  const last = quantileCount - 1;
  const perNumber = <f32>quantileCount / <f32>count;
  for (let p = line; p < end; p += 4) {
    const number = load<f32>(p);
    const place = (number - low) * scale;
    const bin = <i32>place;
    const at = space + (<usize>bin << 2);
    const before = load<i32>(at);
    const below: f32 =
      scale == 0 ? <f32>count * 0.5 : <f32>before + (place - <f32>bin) * <f32>(load<i32>(at + 4) - before);
    const rank = min(<f32>last, max<f32>(0, below * perNumber - 0.5));
    const left = <i32>rank;
    const here = load<f32>(quantiles + (<usize>left << 2));
    const there = load<f32>(quantiles + (<usize>min(left + 1, last) << 2));
    store<f32>(p, here + (rank - <f32>left) * (there - here) - number);
  }
}

/** Adds panels to a picture, and counts how many patches have come upon each pixel. */
export function scatterPanels(
  change: usize,
  cover: usize,
  channels: i32,
  size: i32,
  stride: i32,
  down: i32,
  right: i32,
  columns: i32,
  first: i32,
  count: i32,
  panels: usize,
): void {
  const dimensions = size * size * channels;
  for (let i = 0; i < count; i++) {
    const top = cornerRow(first + i, columns, stride, down);
    const left = ((first + i) % columns) * stride + right;
    let from = panels + (<usize>((i >> 2) * dimensions) << 4) + (<usize>(i & 3) << 2);
    for (let y = 0; y < size; y++) {
      const row = ((top + y) % height) * width;
      for (let x = 0; x < size; x++) {
        let column = left + x;
        if (column >= width) column %= width;
        const pixel = <usize>(row + column);
        store<f32>(cover + (pixel << 2), load<f32>(cover + (pixel << 2)) + 1);
        let to = change + ((pixel * <usize>groups) << 4);
        for (let c = 0; c < channels; c++, to += 4, from += 16) store<f32>(to, load<f32>(to) + load<f32>(from));
      }
    }
  }
}

/** Moves all pixels that are not frozen by the mean of what their patches want, with momentum. */
export function advance(picture: usize, velocity: usize, change: usize, cover: usize, scale: f32, momentum: f32): void {
  const bytes = <usize>groups << 4;
  const keep = f32x4.splat(momentum);
  for (let pixel: usize = 0; pixel < <usize>(height * width); pixel++) {
    if (load<u8>(frozen + pixel) != 0) continue;
    const weight = f32x4.splat(scale / load<f32>(cover + (pixel << 2)));
    for (let k = pixel * bytes; k < pixel * bytes + bytes; k += 16) {
      const speed = f32x4.add(f32x4.mul(keep, v128.load(velocity + k)), f32x4.mul(weight, v128.load(change + k)));
      v128.store(velocity + k, speed);
      v128.store(picture + k, f32x4.add(v128.load(picture + k), speed));
    }
  }
}

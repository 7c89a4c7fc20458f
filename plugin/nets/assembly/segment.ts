// Sums of rows by segment: the gradient of gather. Compiled by AssemblyScript, not by TypeScript.

/**
 * sums[ids[r]] += values[r] for every row; rows with an id outside [0, segments) are left out.
 *
 * @param values - [rows, width] floats.
 * @param ids - [rows] whole numbers.
 * @param sums - [segments, width] floats.
 */
export function segmentSum(values: usize, ids: usize, sums: usize, rows: i32, width: i32, segments: i32): void {
  const bytes = <usize>width << 2;
  memory.fill(sums, 0, bytes * <usize>segments);
  for (let row = 0; row < rows; row++, values += bytes) {
    const id = load<i32>(ids + (<usize>row << 2));
    if (<u32>id >= <u32>segments) continue;
    const into = sums + <usize>id * bytes;
    let at: usize = 0;
    for (; at + 16 <= bytes; at += 16) v128.store(into + at, f32x4.add(v128.load(into + at), v128.load(values + at)));
    for (; at < bytes; at += 4) store<f32>(into + at, load<f32>(into + at) + load<f32>(values + at));
  }
}

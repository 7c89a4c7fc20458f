// Sums over all axes but the last ones: biases' gradients, and the means of normalisations.

/** Rows that are summed before they are added to the rest: sums of fewer numbers are more exact. */
const ROWS = 64;

/**
 * sums[outer, column] = factor · Σ over rows values[outer, row, column]
 *
 * @param scratch - 4 · columns floats.
 */
export function sumRows(
  values: usize,
  sums: usize,
  outer: i32,
  rows: i32,
  columns: i32,
  factor: f32,
  scratch: usize,
): void {
  const bytes = <usize>(rows * columns) << 2;
  // As many rows side by side as make whole vectors.
  const together = columns & 3 ? 4 : 1;
  const wide = together * columns;
  const whole = rows / together;
  for (let o = 0; o < outer; o++, values += bytes) {
    memory.fill(scratch, 0, <usize>wide << 2);
    for (let row = 0; row < whole; row += ROWS) {
      addRows(values + (<usize>(row * wide) << 2), min(ROWS, whole - row), wide, scratch);
    }
    for (let column = 0; column < columns; column++, sums += 4) {
      let sum: f32 = 0;
      for (let i = 0; i < together; i++) sum += load<f32>(scratch + (<usize>(i * columns + column) << 2));
      for (let row = whole * together; row < rows; row++) sum += load<f32>(values + (<usize>(row * columns + column) << 2));
      store<f32>(sums, sum * factor);
    }
  }
}

/** totals[column] += Σ over rows values[row, column], for a multiple of four columns. */
function addRows(values: usize, rows: i32, columns: i32, totals: usize): void {
  const step = <usize>columns << 2;
  const end = totals + step;
  for (; totals + 64 <= end; totals += 64, values += 64) {
    let a = f32x4.splat(0), b = a, c = a, d = a;
    let x = values;
    for (let row = 0; row < rows; row++, x += step) {
      a = f32x4.add(a, v128.load(x));
      b = f32x4.add(b, v128.load(x, 16));
      c = f32x4.add(c, v128.load(x, 32));
      d = f32x4.add(d, v128.load(x, 48));
    }
    v128.store(totals, f32x4.add(v128.load(totals), a));
    v128.store(totals, f32x4.add(v128.load(totals, 16), b), 16);
    v128.store(totals, f32x4.add(v128.load(totals, 32), c), 32);
    v128.store(totals, f32x4.add(v128.load(totals, 48), d), 48);
  }
  for (; totals < end; totals += 16, values += 16) {
    let a = f32x4.splat(0);
    let x = values;
    for (let row = 0; row < rows; row++, x += step) a = f32x4.add(a, v128.load(x));
    v128.store(totals, f32x4.add(v128.load(totals), a));
  }
}

/**
 * Products of many points with few directions, the costly part of everything sliced, arranged so that each number that
 * is loaded serves several products: twice as fast as one point and one direction at a time.
 */

/**
 * Weaves four directions together: all first numbers, all second numbers …
 *
 * @param directions - `[directions, dimensions]`
 * @param first - The first of the four; past the end, the last one repeats.
 * @param into - `[dimensions, 4]`, overwritten.
 */
export function weaveFour(directions: Float32Array, first: number, into: Float32Array): void {
  const dimensions = into.length / 4;
  const last = directions.length / dimensions - 1;
  for (let k = 0; k < 4; k++) {
    const from = Math.min(first + k, last) * dimensions;
    for (let i = 0; i < dimensions; i++) into[i * 4 + k] = directions[from + i];
  }
}

/**
 * Where points lie along four directions. Allocates nothing.
 *
 * @param points - `[points or more, dimensions]`
 * @param four - `[dimensions, 4]`, as `weaveFour` makes them.
 * @param into - Four lines, `[points]` each, overwritten.
 */
export function projectFour(points: Float32Array, four: Float32Array, into: readonly Float32Array[]): void {
  const [line0, line1, line2, line3] = into;
  const dimensions = four.length / 4;
  const last = line0.length - 1;
  for (let point = 0; point <= last; point += 2) {
    const next = Math.min(point + 1, last);
    const from = point * dimensions;
    const step = (next - point) * dimensions;
    let a0 = 0;
    let a1 = 0;
    let a2 = 0;
    let a3 = 0;
    let b0 = 0;
    let b1 = 0;
    let b2 = 0;
    let b3 = 0;
    for (let i = from, d = 0; d < four.length; i++, d += 4) {
      const a = points[i];
      const b = points[i + step];
      const d0 = four[d];
      const d1 = four[d + 1];
      const d2 = four[d + 2];
      const d3 = four[d + 3];
      a0 += a * d0;
      a1 += a * d1;
      a2 += a * d2;
      a3 += a * d3;
      b0 += b * d0;
      b1 += b * d1;
      b2 += b * d2;
      b3 += b * d3;
    }
    line0[point] = a0;
    line1[point] = a1;
    line2[point] = a2;
    line3[point] = a3;
    line0[next] = b0;
    line1[next] = b1;
    line2[next] = b2;
    line3[next] = b3;
  }
}

/**
 * The way back: adds to each point its four numbers times the four directions. Allocates nothing.
 *
 * @param points - `[points or more, dimensions]`, added to.
 * @param four - `[dimensions, 4]`, as `weaveFour` makes them.
 * @param amounts - Four lines, `[points]` each.
 */
export function spreadFour(points: Float32Array, four: Float32Array, amounts: readonly Float32Array[]): void {
  const [line0, line1, line2, line3] = amounts;
  const dimensions = four.length / 4;
  for (let point = 0, i = 0; point < line0.length; point++) {
    const a0 = line0[point];
    const a1 = line1[point];
    const a2 = line2[point];
    const a3 = line3[point];
    for (let d = 0; d < 4 * dimensions; i++, d += 4) {
      points[i] += a0 * four[d] + a1 * four[d + 1] + a2 * four[d + 2] + a3 * four[d + 3];
    }
  }
}

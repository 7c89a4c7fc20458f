/**
 * The value below which a share of the numbers lies, linearly interpolated between neighbours (numpy's default).
 *
 * @param share - In [0, 1]; 0.5 is the median.
 */
export function quantile(numbers: ArrayLike<number>, share: number): number {
  const sorted = Float64Array.from(numbers).sort();
  const position = share * (sorted.length - 1);
  const below = Math.floor(position);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
}

/** The middle number; of an even count, the mean of the middle two. */
export function median(numbers: ArrayLike<number>): number {
  return quantile(numbers, 0.5);
}

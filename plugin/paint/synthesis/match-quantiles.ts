const BINS = 1024;

/**
 * Finds how far each number must move so that all together are distributed as wanted: optimal transport in one
 * dimension.
 *
 * The rank of a number comes from a histogram of 1024 bins, linear within each, instead of a sort: linear time, and
 * equal numbers move equally.
 *
 * @param numbers - Replaced by how far each must move.
 * @param quantiles - The wanted distribution at equally spaced ranks, from small to large.
 * @param counts - Working space, 1025 numbers, overwritten.
 */
export function matchQuantiles(numbers: Float32Array, quantiles: Float32Array, counts: Float64Array): void {
  let low = Infinity;
  let high = -Infinity;
  for (let i = 0; i < numbers.length; i++) {
    const number = numbers[i];
    if (number < low) low = number;
    if (number > high) high = number;
  }
  // a little less than the whole, so that the largest number is still in the last bin
  const scale = high > low ? (BINS * 0.999999) / (high - low) : 0;
  counts.fill(0);
  for (let i = 0; i < numbers.length; i++) counts[1 + Math.floor((numbers[i] - low) * scale)] += 1;
  for (let bin = 1; bin <= BINS; bin++) counts[bin] += counts[bin - 1];
  const last = quantiles.length - 1;
  const perNumber = quantiles.length / numbers.length;
  for (let i = 0; i < numbers.length; i++) {
    const place = (numbers[i] - low) * scale;
    const bin = Math.floor(place);
    const below = scale === 0 ? numbers.length / 2 : counts[bin] + (place - bin) * (counts[bin + 1] - counts[bin]);
    const rank = Math.min(last, Math.max(0, below * perNumber - 0.5));
    const left = Math.floor(rank);
    const right = Math.min(left + 1, last);
    numbers[i] = quantiles[left] + (rank - left) * (quantiles[right] - quantiles[left]) - numbers[i];
  }
}

/** Working space for `matchQuantiles`. */
export function matchingSpace(): Float64Array {
  return new Float64Array(BINS + 1);
}

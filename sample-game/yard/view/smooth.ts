/**
 * Smooths a curve by an exponential mean that does not lag at its beginning.
 *
 * @param weight - How much of the past is kept at each point, in [0, 1): 0 changes nothing.
 */
export function smooth(values: readonly number[], weight: number): number[] {
  let sum = 0;
  let total = 0;
  return values.map((value) => {
    sum = sum * weight + value * (1 - weight);
    total = total * weight + (1 - weight);
    return sum / total;
  });
}

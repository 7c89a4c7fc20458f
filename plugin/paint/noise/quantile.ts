import type { Field } from "./grid.ts";

const BINS = 4096;

/**
 * The value that a given share of a field lies below: thresholds chosen so cover exactly what an attribute asks for.
 *
 * @param share - In [0, 1]: 0 gives the least value, 1 the greatest.
 */
export function quantile(field: Field, share: number): number {
  let least = Infinity;
  let greatest = -Infinity;
  for (let i = 0; i < field.length; i++) {
    if (field[i] < least) least = field[i];
    if (field[i] > greatest) greatest = field[i];
  }
  if (share <= 0 || greatest === least) return least;
  if (share >= 1) return greatest;
  const counts = new Uint32Array(BINS);
  const scale = (BINS - 1) / (greatest - least);
  for (let i = 0; i < field.length; i++) counts[((field[i] - least) * scale) | 0]++;
  let left = share * field.length;
  let bin = 0;
  while (bin < BINS - 1 && left > counts[bin]) left -= counts[bin++];
  const within = counts[bin] > 0 ? left / counts[bin] : 0;
  return least + (bin + Math.min(1, within)) / scale;
}

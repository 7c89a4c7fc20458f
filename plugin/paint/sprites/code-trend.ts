import { ConfigurationError } from "../../core/errors.ts";
import { solvePositive } from "../../core/solve-positive.ts";

/** Keeps numbers that say the same twice from blowing up; far below the spread of any. */
const RIDGE = 1e-4;

/**
 * How codes go with numbers that describe their pictures: the least-squares fit `code ≈ numbers · trend`.
 *
 * For numbers that are 1 for one value of an attribute and else 0, a trend's rows are mean codes, and their differences those of
 * `codeDirection`. It also finds what no mean shows: a line between two colours moves mean codes nowhere, since each colour lies on either
 * side as often, but together with the colours it does.
 *
 * @param codes - All of one length.
 * @param numbers - As many, of one length; give them a 1 where codes are not around 0.
 * @returns [numbers, code], row by row.
 * @throws ConfigurationError for none, or of different numbers or lengths.
 */
export function codeTrend(codes: readonly Float32Array[], numbers: readonly Float32Array[]): Float32Array {
  const [length, count] = [codes[0]?.length ?? 0, numbers[0]?.length ?? 0];
  const isSound =
    length > 0 &&
    count > 0 &&
    codes.length === numbers.length &&
    codes.every((code) => code.length === length) &&
    numbers.every((row) => row.length === count);
  if (!isSound) {
    throw new ConfigurationError(
      `codeTrend: needed as many codes of one length as rows of numbers of one length, came ${codes.length} and ${numbers.length}. Describe each picture by the same numbers.`,
    );
  }
  // Step 1. The normal equations.
  const products = new Float64Array(count * count);
  const sums = new Float64Array(count * length);
  numbers.forEach((row, at) => {
    for (let i = 0; i < count; i++) {
      if (row[i] === 0) continue;
      for (let j = 0; j < count; j++) products[i * count + j] += row[i] * row[j];
      for (let k = 0; k < length; k++) sums[i * length + k] += row[i] * codes[at][k];
    }
  });
  for (let i = 0; i < count; i++) products[i * count + i] += RIDGE * codes.length;
  // Step 2. Solve them.
  solvePositive(products, sums, count);
  return Float32Array.from(sums);
}

/**
 * What has to be added to a code when numbers that describe its picture change.
 *
 * @param trend - By `codeTrend`.
 * @param change - The numbers afterwards less those before.
 */
export function trendDirection(trend: Float32Array, change: Float32Array): Float32Array {
  const length = trend.length / change.length;
  const direction = new Float32Array(length);
  change.forEach((amount, i) => {
    for (let k = 0; k < length; k++) direction[k] += amount * trend[i * length + k];
  });
  return direction;
}

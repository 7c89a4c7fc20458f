import { ConfigurationError } from "../../core/errors.ts";
import type { Random } from "../../core/random.ts";
import { projectFour, weaveFour } from "./project-four.ts";

/**
 * Directions drawn evenly from the unit sphere.
 *
 * @returns `[count, dimensions]`
 */
export function unitDirections(count: number, dimensions: number, random: Random): Float32Array {
  const directions = new Float32Array(count * dimensions);
  for (let direction = 0; direction < count; direction++) {
    const row = directions.subarray(direction * dimensions, (direction + 1) * dimensions);
    let square = 0;
    for (let i = 0; i < dimensions; i++) {
      row[i] = random.normal();
      square += row[i] * row[i];
    }
    const scale = 1 / Math.sqrt(square);
    for (let i = 0; i < dimensions; i++) row[i] *= scale;
  }
  return directions;
}

/**
 * The sliced Wasserstein-1 distance of two sets of points: seen along each direction, how far the sorted points of one
 * set lie from those of the other on average; then the mean over the directions.
 *
 * Rabin et al. 2011, https://doi.org/10.1007/978-3-642-24785-9_37. 0 for equal sets in any order. Costs
 * points · dimensions · directions multiplications and a sort per direction; allocates eight lines of points.
 *
 * @param a - `[points, dimensions]`
 * @param b - `[points, dimensions]`, as many points.
 * @param directions - `[directions, dimensions]`, of length 1.
 * @throws ConfigurationError if the sets or the directions do not fit together.
 */
export function slicedWasserstein(
  a: Float32Array,
  b: Float32Array,
  directions: Float32Array,
  dimensions: number,
): number {
  if (a.length !== b.length || a.length === 0 || a.length % dimensions !== 0) {
    throw new ConfigurationError(
      `slicedWasserstein: two sets of equally many points with ${dimensions} numbers each are needed, ` +
        `got ${a.length} and ${b.length} numbers. Draw the same number of points from both.`,
    );
  }
  const points = a.length / dimensions;
  const count = directions.length / dimensions;
  const linesA = lines(points);
  const linesB = lines(points);
  const four = new Float32Array(4 * dimensions);
  let sum = 0;
  for (let first = 0; first < count; first += 4) {
    weaveFour(directions, first, four);
    projectFour(a, four, linesA);
    projectFour(b, four, linesB);
    for (let k = 0; k < 4 && first + k < count; k++) {
      const sortedA = linesA[k].sort();
      const sortedB = linesB[k].sort();
      for (let i = 0; i < points; i++) sum += Math.abs(sortedA[i] - sortedB[i]);
    }
  }
  return sum / (points * count);
}

function lines(points: number): Float32Array[] {
  return [0, 1, 2, 3].map(() => new Float32Array(points));
}

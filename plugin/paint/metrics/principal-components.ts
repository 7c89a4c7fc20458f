import { ConfigurationError } from "../../core/errors.ts";
import { symmetricEigen } from "./symmetric-eigen.ts";

/** The directions in which points vary most. */
export interface PrincipalComponents {
  /** `[dimensions]` */
  readonly mean: Float32Array;
  /** Orthogonal, of length 1, the one with the largest variance first, `[count, dimensions]`. */
  readonly components: Float32Array;
  /** How much the points vary along each, divided by their number, `[count]`. */
  readonly variances: Float64Array;
}

/**
 * The `count` principal components of points.
 *
 * Decomposes the smaller of the covariance `[dimensions, dimensions]` and the Gram matrix `[points, points]`.
 *
 * @param points - `[points, dimensions]`
 * @param count - At most `dimensions`, and less than the number of points: their mean takes one.
 * @throws ConfigurationError if there are too few points or dimensions for `count` components.
 */
export function principalComponents(points: Float32Array, dimensions: number, count: number): PrincipalComponents {
  const number = points.length / dimensions;
  const most = Math.min(dimensions, number - 1);
  if (!Number.isInteger(count) || count < 1 || count > most) {
    throw new ConfigurationError(
      `principalComponents: ${number} points of ${dimensions} numbers have 1 to ${most} components, got ${count}. ` +
        `Ask for fewer, or give more points.`,
    );
  }
  const mean = new Float32Array(dimensions);
  const sums = new Float64Array(dimensions);
  for (let i = 0; i < points.length; i++) sums[i % dimensions] += points[i];
  for (let i = 0; i < dimensions; i++) mean[i] = sums[i] / number;
  const centred = points.map((value, i) => value - mean[i % dimensions]);
  return number <= dimensions
    ? { mean, ...fromGram(centred, number, dimensions, count) }
    : { mean, ...fromCovariance(centred, number, dimensions, count) };
}

type Found = Omit<PrincipalComponents, "mean">;

function fromCovariance(centred: Float32Array, number: number, dimensions: number, count: number): Found {
  const covariance = new Float64Array(dimensions * dimensions);
  for (let point = 0; point < number; point++) {
    const row = centred.subarray(point * dimensions, (point + 1) * dimensions);
    for (let i = 0; i < dimensions; i++) {
      const value = row[i] / number;
      for (let j = 0; j <= i; j++) covariance[i * dimensions + j] += value * row[j];
    }
  }
  mirror(covariance, dimensions);
  const { values, vectors } = symmetricEigen(covariance, dimensions);
  return {
    components: Float32Array.from(vectors.subarray(0, count * dimensions)),
    variances: values.slice(0, count),
  };
}

/** With few points: if u is an eigenvector of X·Xᵀ, then Xᵀ·u is one of Xᵀ·X (Turk and Pentland 1991). */
function fromGram(centred: Float32Array, number: number, dimensions: number, count: number): Found {
  const gram = new Float64Array(number * number);
  for (let i = 0; i < number; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      const a = i * dimensions;
      const b = j * dimensions;
      for (let k = 0; k < dimensions; k++) sum += centred[a + k] * centred[b + k];
      gram[i * number + j] = sum / number;
    }
  }
  mirror(gram, number);
  const { values, vectors } = symmetricEigen(gram, number);
  const components = new Float32Array(count * dimensions);
  for (let c = 0; c < count; c++) {
    const component = new Float64Array(dimensions);
    for (let point = 0; point < number; point++) {
      const weight = vectors[c * number + point];
      for (let k = 0; k < dimensions; k++) component[k] += weight * centred[point * dimensions + k];
    }
    const length = Math.sqrt(component.reduce((sum, value) => sum + value * value, 0));
    // points that vary in fewer directions leave the rest empty
    if (values[c] > values[0] * 1e-12)
      components.set(
        component.map((value) => value / length),
        c * dimensions,
      );
  }
  return { components, variances: values.slice(0, count) };
}

function mirror(matrix: Float64Array, size: number): void {
  for (let i = 0; i < size; i++) for (let j = 0; j < i; j++) matrix[j * size + i] = matrix[i * size + j];
}

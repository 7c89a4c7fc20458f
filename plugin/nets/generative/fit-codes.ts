/** A normal distribution of codes: `mean + factor · noise` is a code for standard normal noise. */
export interface CodeFit {
  /** [code]. */
  readonly mean: Float32Array;
  /** Lower triangular, [code, code]. */
  readonly factor: Float32Array;
}

/** Keeps the factor finite where a number of the codes never varies. */
const LEAST_VARIANCE = 1e-6;

/**
 * Fits a normal distribution to the codes that an autoencoder really gives, since they are never quite standard normal (Ghosh et al. 2020,
 * https://arxiv.org/abs/1903.12436v4, section 4).
 *
 * @param means - Middles of the codes, [count, code].
 * @param variances - Of each code around its middle, [count, code].
 */
export function fitCodes(means: Float32Array, variances: Float32Array, code: number): CodeFit {
  const count = means.length / code;
  const mean = new Float64Array(code);
  const covariance = new Float64Array(code * code);
  for (let at = 0; at < means.length; at++) mean[at % code] += means[at] / count;
  for (let row = 0; row < count; row++) {
    for (let i = 0; i < code; i++) {
      const difference = means[row * code + i] - mean[i];
      for (let j = 0; j <= i; j++) {
        covariance[i * code + j] += (difference * (means[row * code + j] - mean[j])) / count;
      }
      covariance[i * code + i] += variances[row * code + i] / count;
    }
  }
  return { mean: Float32Array.from(mean), factor: Float32Array.from(lowerFactor(covariance, code)) };
}

/** Cholesky's factor L of a matrix L · Lᵀ, of which the lower half is read. */
function lowerFactor(matrix: Float64Array, size: number): Float64Array {
  const factor = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let rest = matrix[i * size + j];
      for (let k = 0; k < j; k++) rest -= factor[i * size + k] * factor[j * size + k];
      factor[i * size + j] = i === j ? Math.sqrt(Math.max(LEAST_VARIANCE, rest)) : rest / factor[j * size + j];
    }
  }
  return factor;
}

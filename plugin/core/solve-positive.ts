/**
 * Solves `matrix · x = sides` by Gauss and Jordan, in place.
 *
 * @param matrix - Positive definite, [size, size]: no row need change its place. Is the unit matrix afterwards.
 * @param sides - [size, columns], row by row. Holds x afterwards.
 */
export function solvePositive(matrix: Float64Array, sides: Float64Array, size: number): void {
  const columns = sides.length / size;
  for (let i = 0; i < size; i++) {
    const pivot = matrix[i * size + i];
    for (let j = 0; j < size; j++) matrix[i * size + j] /= pivot;
    for (let k = 0; k < columns; k++) sides[i * columns + k] /= pivot;
    for (let row = 0; row < size; row++) {
      const share = matrix[row * size + i];
      if (row === i || share === 0) continue;
      for (let j = 0; j < size; j++) matrix[row * size + j] -= share * matrix[i * size + j];
      for (let k = 0; k < columns; k++) sides[row * columns + k] -= share * sides[i * columns + k];
    }
  }
}

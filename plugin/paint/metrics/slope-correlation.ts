import { assertSameSize } from "./same-size.ts";
import type { Picture } from "../picture.ts";

/**
 * Whether two height maps rise and fall in the same places: the correlation of their slopes across and down, over all pixels and the
 * borders. Neither the zero nor the scale of heights matters.
 *
 * @param heights - [height, width, 1]; so is the other.
 * @returns 1 for the same shape, 0 for another, -1 for a shape inside out; 0 where one of them is flat.
 * @throws ConfigurationError if the sizes differ.
 */
export function slopeCorrelation(heights: Picture, other: Picture): number {
  assertSameSize("slopeCorrelation", [heights, other]);
  const { height, width } = heights;
  let [products, squares, otherSquares] = [0, 0, 0];
  for (let row = 0, pixel = 0; row < height; row++) {
    const below = ((row + 1) % height) * width;
    for (let column = 0; column < width; column++, pixel++) {
      const right = row * width + ((column + 1) % width);
      for (const next of [right, below + column]) {
        // Over a whole tile slopes have the mean 0.
        const slope = heights.pixels[next] - heights.pixels[pixel];
        const otherSlope = other.pixels[next] - other.pixels[pixel];
        products += slope * otherSlope;
        squares += slope * slope;
        otherSquares += otherSlope * otherSlope;
      }
    }
  }
  return squares > 0 && otherSquares > 0 ? products / Math.sqrt(squares * otherSquares) : 0;
}

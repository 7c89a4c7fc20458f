/** A picture with holes, as plain numbers. */
export interface HoledPicture {
  readonly height: number;
  readonly width: number;
  /** [height, width, 3]. */
  readonly pixels: Float32Array;
  /** 1 where a pixel is known, 0 in holes, [height, width]. */
  readonly known: Float32Array;
}

/** Of a window, so much must be known to give a colour. */
const LEAST_KNOWN = 0.1;

/**
 * Fills holes, in place, each pixel by the mean of what is known in the smallest square around it that holds enough of that: 5 × 5, 9 × 9 and
 * so on. What lies beyond a border counts as unknown.
 *
 * @returns Whether anything was known at all; otherwise nothing has changed.
 */
export function fillSmoothly({ height, width, pixels, known }: HoledPicture): boolean {
  let holes: number[] = [];
  known.forEach((value, pixel) => {
    if (value === 0) holes.push(pixel);
  });
  if (holes.length === known.length) return false;
  if (holes.length === 0) return true;
  const sums = summedKnown({ height, width, pixels, known });
  const row = 4 * (width + 1);
  for (let radius = 2; holes.length > 0; radius *= 2) {
    const isLast = radius >= Math.max(height, width);
    holes = holes.filter((pixel) => {
      const [y, x] = [Math.floor(pixel / width), pixel % width];
      const [top, bottom] = [Math.max(0, y - radius), Math.min(height, y + radius + 1)];
      const [left, right] = [4 * Math.max(0, x - radius), 4 * Math.min(width, x + radius + 1)];
      const within = (c: number): number =>
        sums[bottom * row + right + c] -
        sums[top * row + right + c] -
        sums[bottom * row + left + c] +
        sums[top * row + left + c];
      const count = within(3);
      if (count < LEAST_KNOWN * (2 * radius + 1) ** 2 && !(isLast && count > 0)) return true;
      for (let c = 0; c < 3; c++) pixels[3 * pixel + c] = within(c) / count;
      return false;
    });
  }
  return true;
}

/** Sums of known colours, and their number, over all pixels above and to the left, [height + 1, width + 1, 4]. */
function summedKnown({ height, width, pixels, known }: HoledPicture): Float64Array {
  const row = 4 * (width + 1);
  const sums = new Float64Array((height + 1) * row);
  for (let y = 0, pixel = 0; y < height; y++) {
    for (let x = 0; x < width; x++, pixel++) {
      const to = (y + 1) * row + 4 * (x + 1);
      for (let c = 0; c < 4; c++) {
        const own = c < 3 ? known[pixel] * pixels[3 * pixel + c] : known[pixel];
        sums[to + c] = own + sums[to - 4 + c] + sums[to - row + c] - sums[to - row - 4 + c];
      }
    }
  }
  return sums;
}

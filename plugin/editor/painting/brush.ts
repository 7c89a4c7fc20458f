/** A mask that a brush paints on: 0 or 1 per pixel, soft at the edges of strokes. */
export interface Mask {
  readonly width: number;
  readonly height: number;
  /** [height, width], in [0, 1]. */
  readonly values: Float32Array<ArrayBuffer>;
}

/** A mask of one value. */
export function filledMask(width: number, height: number, value: number): Mask {
  return { width, height, values: new Float32Array(width * height).fill(value) };
}

/** A place on a mask, in pixels. */
export interface Spot {
  readonly x: number;
  readonly y: number;
}

/**
 * Draws a line of a round brush into the mask, in place.
 *
 * @param radius - In pixels, at least 0.5.
 * @param value - What it leaves, in [0, 1].
 */
export function stroke(mask: Mask, from: Spot, to: Spot, radius: number, value: number): void {
  const { width, height, values } = mask;
  const left = Math.max(0, Math.floor(Math.min(from.x, to.x) - radius - 1));
  const right = Math.min(width - 1, Math.ceil(Math.max(from.x, to.x) + radius + 1));
  const top = Math.max(0, Math.floor(Math.min(from.y, to.y) - radius - 1));
  const bottom = Math.min(height - 1, Math.ceil(Math.max(from.y, to.y) + radius + 1));
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length = dx * dx + dy * dy;
  for (let y = top; y <= bottom; y++) {
    for (let x = left; x <= right; x++) {
      const along = length === 0 ? 0 : ((x + 0.5 - from.x) * dx + (y + 0.5 - from.y) * dy) / length;
      const t = Math.min(1, Math.max(0, along));
      const distance = Math.hypot(x + 0.5 - from.x - t * dx, y + 0.5 - from.y - t * dy);
      const cover = Math.min(1, Math.max(0, radius + 0.5 - distance));
      const at = y * width + x;
      values[at] += (value - values[at]) * cover;
    }
  }
}

/** Whether every pixel has this value. */
export function isUniform({ values }: Mask, value: number): boolean {
  return values.every((each) => each === value);
}

/**
 * Distances to the edges of shapes: below 0 inside, above 0 outside, in the unit of x and y; y points down. From additions,
 * multiplications, divisions and square roots only, so that drawings have the same bytes in every JavaScript engine.
 */
export type Shape = (x: number, y: number) => number;

/** A disc around a place. */
export function disc(radius: number, centreX = 0, centreY = 0): Shape {
  return (x, y) => length(x - centreX, y - centreY) - radius;
}

/** What is in the first and not in the second. */
export function without(first: Shape, second: Shape): Shape {
  return (x, y) => Math.max(first(x, y), -second(x, y));
}

/**
 * What is inside a closed line of straight parts.
 *
 * @param corners - x, y, x, y … in order.
 */
export function polygon(corners: readonly number[]): Shape {
  return (x, y) => {
    let nearest = Infinity;
    let isInside = false;
    for (let to = 0, from = corners.length - 2; to < corners.length; from = to, to += 2) {
      const [ax, ay, bx, by] = [corners[from], corners[from + 1], corners[to], corners[to + 1]];
      const [ex, ey, px, py] = [bx - ax, by - ay, x - ax, y - ay];
      const share = Math.min(1, Math.max(0, (px * ex + py * ey) / (ex * ex + ey * ey)));
      const [dx, dy] = [px - ex * share, py - ey * share];
      nearest = Math.min(nearest, dx * dx + dy * dy);
      if (ay > y !== by > y && x < ax + (ex * (y - ay)) / ey) isInside = !isInside;
    }
    return isInside ? -Math.sqrt(nearest) : Math.sqrt(nearest);
  };
}

/**
 * Upright sides down to `shoulder`, and below it two arcs that meet in a point, the larger their radius the lower.
 *
 * @param width - Half of it.
 */
export function pointed(width: number, shoulder: number, radius: number): Shape {
  const centre = radius - width;
  return (x, y) => {
    const side = Math.abs(x);
    return y < shoulder ? side - width : length(side + centre, y - shoulder) - radius;
  };
}

/** Of a vector. */
export function length(x: number, y: number): number {
  return Math.sqrt(x * x + y * y);
}

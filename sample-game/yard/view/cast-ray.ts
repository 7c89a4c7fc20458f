import type { GroundShape, Spot } from "../rules/geometry.ts";

/**
 * Distance along a ray over the ground to the first obstacle or wall, in metres, at most `range`.
 *
 * @param x - Direction, of length 1 together with `z`.
 * @param side - Of the walled square.
 */
export function castRay(
  from: Spot,
  x: number,
  z: number,
  range: number,
  shapes: readonly GroundShape[],
  side: number,
): number {
  let least = range;
  const half = side / 2;
  if (x !== 0) least = Math.min(least, ((x > 0 ? half : -half) - from.x) / x);
  if (z !== 0) least = Math.min(least, ((z > 0 ? half : -half) - from.z) / z);
  for (const shape of shapes) {
    const px = from.x - shape.x;
    const pz = from.z - shape.z;
    const hit =
      shape.shape === "round"
        ? enterDisc(px, pz, x, z, shape.radius)
        : enterBox(
            px * shape.cos - pz * shape.sin,
            px * shape.sin + pz * shape.cos,
            x * shape.cos - z * shape.sin,
            x * shape.sin + z * shape.cos,
            shape.halfWidth,
            shape.halfDepth,
          );
    if (hit < least) least = hit;
  }
  return Math.max(0, least);
}

function enterDisc(px: number, pz: number, x: number, z: number, radius: number): number {
  const along = px * x + pz * z;
  const root = along * along - (px * px + pz * pz - radius * radius);
  if (root < 0) return Infinity;
  const distance = -along - Math.sqrt(root);
  return distance >= 0 ? distance : Infinity;
}

function enterBox(px: number, pz: number, x: number, z: number, halfX: number, halfZ: number): number {
  const ax = (-halfX - px) / x;
  const bx = (halfX - px) / x;
  const az = (-halfZ - pz) / z;
  const bz = (halfZ - pz) / z;
  const enter = Math.max(Math.min(ax, bx), Math.min(az, bz));
  const leave = Math.min(Math.max(ax, bx), Math.max(az, bz));
  return enter <= leave && enter >= 0 ? enter : Infinity;
}

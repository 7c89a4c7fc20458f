/**
 * Plane geometry of the yard: points, oriented boxes and discs. Pure functions; those that run often allocate nothing.
 */

/** A place on the ground, in metres. */
export interface Spot {
  readonly x: number;
  readonly z: number;
}

/** A place that functions write their answer into. */
export interface MutableSpot {
  x: number;
  z: number;
}

/** An upright box, turned by `yaw`. */
export interface BoxShape extends Spot {
  readonly shape: "box";
  /** Along its own x axis. */
  readonly halfWidth: number;
  /** Along its own z axis. */
  readonly halfDepth: number;
  readonly yaw: number;
  /** Of `yaw`. */
  readonly sin: number;
  /** Of `yaw`. */
  readonly cos: number;
}

/** An upright cylinder. */
export interface RoundShape extends Spot {
  readonly shape: "round";
  readonly radius: number;
}

/** Anything that stands on the ground, seen from above. */
export type GroundShape = BoxShape | RoundShape;

/** Distance between two places, in metres. */
export function distanceBetween(a: Spot, b: Spot): number {
  return Math.hypot(a.x - b.x, a.z - b.z);
}

/** The angle in [-π, π) that equals `angle` up to whole turns. */
export function wrapAngle(angle: number): number {
  const turn = 2 * Math.PI;
  return angle - turn * Math.floor((angle + Math.PI) / turn);
}

/** Heading from one place to another: 0 along +z, growing towards +x. */
export function headingTo(from: Spot, to: Spot): number {
  return Math.atan2(to.x - from.x, to.z - from.z);
}

/** Distance of a place from a shape's edge; 0 or less inside. */
export function distanceToShape(spot: Spot, shape: GroundShape): number {
  const dx = spot.x - shape.x;
  const dz = spot.z - shape.z;
  if (shape.shape === "round") return Math.sqrt(dx * dx + dz * dz) - shape.radius;
  const outX = Math.abs(dx * shape.cos - dz * shape.sin) - shape.halfWidth;
  const outZ = Math.abs(dx * shape.sin + dz * shape.cos) - shape.halfDepth;
  if (outX <= 0 && outZ <= 0) return Math.max(outX, outZ);
  return Math.hypot(Math.max(outX, 0), Math.max(outZ, 0));
}

/**
 * Tells whether the straight line between two places meets a shape grown by `margin` on all sides. A grown box keeps its
 * corners, so it takes a little more than a disc of that radius would touch.
 */
export function segmentMeets(from: Spot, to: Spot, shape: GroundShape, margin = 0): boolean {
  const dx = to.x - from.x;
  const dz = to.z - from.z;
  const px = from.x - shape.x;
  const pz = from.z - shape.z;
  if (shape.shape === "round") {
    const radius = shape.radius + margin;
    const length = dx * dx + dz * dz;
    const along = length > 0 ? Math.min(1, Math.max(0, -(px * dx + pz * dz) / length)) : 0;
    const nearX = px + dx * along;
    const nearZ = pz + dz * along;
    return nearX * nearX + nearZ * nearZ < radius * radius;
  }
  const { sin, cos } = shape;
  return segmentMeetsBox(
    px * cos - pz * sin,
    px * sin + pz * cos,
    dx * cos - dz * sin,
    dx * sin + dz * cos,
    shape.halfWidth + margin,
    shape.halfDepth + margin,
  );
}

/** Slab test of the segment p + t·d, t in [0, 1], against the box [-halfX, halfX] × [-halfZ, halfZ]. */
function segmentMeetsBox(px: number, pz: number, dx: number, dz: number, halfX: number, halfZ: number): boolean {
  let enter = 0;
  let leave = 1;
  if (Math.abs(dx) < 1e-12) {
    if (px <= -halfX || px >= halfX) return false;
  } else {
    const a = (-halfX - px) / dx;
    const b = (halfX - px) / dx;
    enter = Math.max(enter, Math.min(a, b));
    leave = Math.min(leave, Math.max(a, b));
  }
  if (Math.abs(dz) < 1e-12) {
    if (pz <= -halfZ || pz >= halfZ) return false;
  } else {
    const a = (-halfZ - pz) / dz;
    const b = (halfZ - pz) / dz;
    enter = Math.max(enter, Math.min(a, b));
    leave = Math.min(leave, Math.max(a, b));
  }
  return enter < leave;
}

/** Tells whether nothing stands between two places; with a margin, whether a disc of that radius can go straight. */
export function lineOfSight(from: Spot, to: Spot, shapes: readonly GroundShape[], margin = 0): boolean {
  for (const shape of shapes) if (segmentMeets(from, to, shape, margin)) return false;
  return true;
}

/**
 * Moves a disc out of the shapes and back inside the square yard, along the shortest way.
 *
 * @param spot - The disc's centre; rewritten.
 * @returns Whether it had to be moved.
 */
export function pushOut(spot: MutableSpot, radius: number, shapes: readonly GroundShape[], side: number): boolean {
  let moved = false;
  for (let round = 0; round < 3; round++) {
    let touched = clampInside(spot, radius, side);
    for (const shape of shapes) touched = pushOutOf(spot, radius, shape) || touched;
    if (!touched) break;
    moved = true;
  }
  return moved;
}

function clampInside(spot: MutableSpot, radius: number, side: number): boolean {
  const limit = side / 2 - radius;
  const { x, z } = spot;
  spot.x = Math.min(limit, Math.max(-limit, x));
  spot.z = Math.min(limit, Math.max(-limit, z));
  return spot.x !== x || spot.z !== z;
}

function pushOutOf(spot: MutableSpot, radius: number, shape: GroundShape): boolean {
  const dx = spot.x - shape.x;
  const dz = spot.z - shape.z;
  if (shape.shape === "round") {
    const reach = radius + shape.radius;
    const square = dx * dx + dz * dz;
    if (square >= reach * reach) return false;
    const distance = Math.sqrt(square);
    const scale = distance > 1e-9 ? reach / distance : 0;
    spot.x = scale > 0 ? shape.x + dx * scale : shape.x + reach;
    spot.z = shape.z + dz * scale;
    return true;
  }
  const { sin, cos, halfWidth, halfDepth } = shape;
  let x = dx * cos - dz * sin;
  let z = dx * sin + dz * cos;
  const nearX = Math.min(halfWidth, Math.max(-halfWidth, x));
  const nearZ = Math.min(halfDepth, Math.max(-halfDepth, z));
  const outX = x - nearX;
  const outZ = z - nearZ;
  const square = outX * outX + outZ * outZ;
  if (square >= radius * radius) return false;
  if (square > 1e-18) {
    const scale = radius / Math.sqrt(square);
    x = nearX + outX * scale;
    z = nearZ + outZ * scale;
  } else if (halfWidth - Math.abs(x) < halfDepth - Math.abs(z)) {
    x = (x < 0 ? -1 : 1) * (halfWidth + radius);
  } else {
    z = (z < 0 ? -1 : 1) * (halfDepth + radius);
  }
  spot.x = shape.x + x * cos + z * sin;
  spot.z = shape.z - x * sin + z * cos;
  return true;
}

/** Distance of a place from the nearest shape or from the walls of the square yard; 0 or less inside one. */
export function clearance(spot: Spot, shapes: readonly GroundShape[], side: number): number {
  let least = side / 2 - Math.max(Math.abs(spot.x), Math.abs(spot.z));
  for (const shape of shapes) least = Math.min(least, distanceToShape(spot, shape));
  return least;
}

/** The four corners of a box grown by `margin`, in order around it. */
export function boxCorners(box: BoxShape, margin = 0): Spot[] {
  const width = box.halfWidth + margin;
  const depth = box.halfDepth + margin;
  return [
    [width, depth],
    [width, -depth],
    [-width, -depth],
    [-width, depth],
  ].map(([x, z]) => ({ x: box.x + x * box.cos + z * box.sin, z: box.z - x * box.sin + z * box.cos }));
}

/** How far apart two shapes are; 0 or less where they overlap. */
export function gapBetween(a: GroundShape, b: GroundShape): number {
  if (a.shape === "round") return distanceToShape(a, b) - a.radius;
  if (b.shape === "round") return distanceToShape(b, a) - b.radius;
  const cornersA = boxCorners(a);
  const cornersB = boxCorners(b);
  for (let i = 0; i < 4; i++) {
    if (segmentMeets(cornersA[i], cornersA[(i + 1) % 4], b)) return 0;
    if (segmentMeets(cornersB[i], cornersB[(i + 1) % 4], a)) return 0;
  }
  // Two convex shapes that do not meet are nearest at a corner of one of them.
  let least = Infinity;
  for (const corner of cornersA) least = Math.min(least, distanceToShape(corner, b));
  for (const corner of cornersB) least = Math.min(least, distanceToShape(corner, a));
  return least;
}

import { Matrix, Vector3 } from "@babylonjs/core/Maths/math.vector.js";
import type { AbstractMesh } from "@babylonjs/core/Meshes/abstractMesh.js";
import type { TransformNode } from "@babylonjs/core/Meshes/transformNode.js";
import { worldMatrixOf } from "./pose.ts";
import { isPartOf } from "./tags.ts";

/**
 * Casts rays against the meshes of a scene, for scenes without a physics engine.
 *
 * Not `scene.pickWithRay`: that measures to the centre of the bounding sphere where no default material was imported
 * (Babylon.js 9.35), and makes several objects for each mesh and ray. Here nothing is made after the first rays. Meshes
 * count when they are enabled, visible and pickable; lines and thin instances do not; both faces of a triangle count;
 * skinned and morphed meshes count in their rest pose. The cost grows with the triangles near a ray: use physics where
 * things have thousands.
 */
export class MeshRays {
  /** Where along the ray the last hit was, 0 at its start and 1 at its end. */
  fraction = 1;
  /** The mesh that the last ray hit, or null. */
  mesh: AbstractMesh | null = null;
  readonly #near: AbstractMesh[] = [];
  readonly #inverses: Matrix[] = [];
  #count = 0;

  /** Finds the meshes that rays of that length from that origin can reach, without `self` and its parts. */
  gather(self: TransformNode, origin: Vector3, range: number): void {
    this.#count = 0;
    for (const mesh of self.getScene().meshes) {
      if (!mesh.isPickable || !mesh.isVisible || !mesh.isEnabled() || isPartOf(mesh, self)) continue;
      if (mesh.getTotalVertices() === 0 || mesh.getClassName().includes("LinesMesh")) continue;
      const matrix = worldMatrixOf(mesh);
      const { centerWorld, radiusWorld } = mesh.getBoundingInfo().boundingSphere;
      const reach = range + radiusWorld;
      if (Vector3.DistanceSquared(centerWorld, origin) > reach * reach) continue;
      this.#near[this.#count] = mesh;
      this.#inverses[this.#count] ??= new Matrix();
      matrix.invertToRef(this.#inverses[this.#count]);
      this.#count += 1;
    }
  }

  /** @returns Whether something gathered lies between the two points; `mesh` and `fraction` then tell what and where. */
  cast(from: Vector3, to: Vector3): boolean {
    this.fraction = 1;
    this.mesh = null;
    for (let i = 0; i < this.#count; i++) {
      const hit = castAtMesh(this.#near[i], this.#inverses[i], from, to, this.fraction);
      if (hit >= this.fraction) continue;
      this.fraction = hit;
      this.mesh = this.#near[i];
    }
    return this.mesh !== null;
  }
}

const start = new Vector3();
const end = new Vector3();

/** @returns The fraction of the ray at which it meets the mesh, or `Infinity`. An affine map keeps fractions. */
function castAtMesh(mesh: AbstractMesh, inverse: Matrix, from: Vector3, to: Vector3, nearest: number): number {
  Vector3.TransformCoordinatesToRef(from, inverse, start);
  Vector3.TransformCoordinatesToRef(to, inverse, end);
  const { minimum, maximum } = mesh.getBoundingInfo().boundingBox;
  const box = castAtBox(minimum, maximum);
  if (box >= nearest) return Infinity;
  const positions = mesh.getVerticesData("position");
  if (!positions) return box;
  const indices = mesh.getIndices();
  const count = indices && indices.length > 0 ? indices.length : positions.length / 3;
  let best = Infinity;
  for (let i = 0; i + 2 < count; i += 3) {
    const a = 3 * (indices ? indices[i] : i);
    const b = 3 * (indices ? indices[i + 1] : i + 1);
    const c = 3 * (indices ? indices[i + 2] : i + 2);
    const hit = castAtTriangle(positions, a, b, c);
    if (hit < best) best = hit;
  }
  return best;
}

/** Where the segment enters the box, by slabs; `Infinity` when it misses. Flat boxes are given some thickness. */
function castAtBox(minimum: Vector3, maximum: Vector3): number {
  let enter = 0;
  let leave = 1;
  for (let axis = 0; axis < 3; axis++) {
    const origin = component(start, axis);
    const way = component(end, axis) - origin;
    const low = component(minimum, axis) - 1e-6;
    const high = component(maximum, axis) + 1e-6;
    if (Math.abs(way) < 1e-12) {
      if (origin < low || origin > high) return Infinity;
      continue;
    }
    const one = (low - origin) / way;
    const other = (high - origin) / way;
    enter = Math.max(enter, Math.min(one, other));
    leave = Math.min(leave, Math.max(one, other));
    if (enter > leave) return Infinity;
  }
  return enter;
}

function component(vector: Vector3, axis: number): number {
  return axis === 0 ? vector.x : axis === 1 ? vector.y : vector.z;
}

/** Where the segment meets the triangle, from either side (Möller and Trumbore 1997, https://doi.org/10.1080/10867651.1997.10487468). */
function castAtTriangle(positions: ArrayLike<number>, a: number, b: number, c: number): number {
  const ax = positions[a];
  const ay = positions[a + 1];
  const az = positions[a + 2];
  const e1x = positions[b] - ax;
  const e1y = positions[b + 1] - ay;
  const e1z = positions[b + 2] - az;
  const e2x = positions[c] - ax;
  const e2y = positions[c + 1] - ay;
  const e2z = positions[c + 2] - az;
  const dx = end.x - start.x;
  const dy = end.y - start.y;
  const dz = end.z - start.z;
  const px = dy * e2z - dz * e2y;
  const py = dz * e2x - dx * e2z;
  const pz = dx * e2y - dy * e2x;
  const determinant = e1x * px + e1y * py + e1z * pz;
  if (Math.abs(determinant) < 1e-12) return Infinity;
  const tx = start.x - ax;
  const ty = start.y - ay;
  const tz = start.z - az;
  const u = (tx * px + ty * py + tz * pz) / determinant;
  if (u < 0 || u > 1) return Infinity;
  const qx = ty * e1z - tz * e1y;
  const qy = tz * e1x - tx * e1z;
  const qz = tx * e1y - ty * e1x;
  const v = (dx * qx + dy * qy + dz * qz) / determinant;
  if (v < 0 || u + v > 1) return Infinity;
  const fraction = (e2x * qx + e2y * qy + e2z * qz) / determinant;
  return fraction >= 0 && fraction <= 1 ? fraction : Infinity;
}

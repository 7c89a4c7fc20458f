import { type Matrix, Vector3 } from "@babylonjs/core/Maths/math.vector.js";
import type { TransformNode } from "@babylonjs/core/Meshes/transformNode.js";

/**
 * Where a node is and where it looks, in world coordinates.
 *
 * Forward is the node's own +Z, up its +Y, right its +X, as everywhere in Babylon's left-handed scenes. The axes have
 * length 1, whatever the node's scaling. Where something mirrors the node, as the root of a loaded glTF does, its +X points to
 * the left: right is right all the same.
 */
export class Pose {
  readonly position = new Vector3();
  readonly right = new Vector3(1, 0, 0);
  readonly up = new Vector3(0, 1, 0);
  readonly forward = new Vector3(0, 0, 1);

  /** Takes the node's pose as it is now, even when it moved within this frame. Allocates nothing. */
  read(node: TransformNode): this {
    const m = worldMatrixOf(node).m;
    setUnit(this.right, m[0], m[1], m[2]);
    setUnit(this.up, m[4], m[5], m[6]);
    setUnit(this.forward, m[8], m[9], m[10]);
    this.position.set(m[12], m[13], m[14]);
    if (isMirrored(m)) this.right.scaleInPlace(-1);
    return this;
  }

  /** Turns a point given in this pose's axes (right, up, forward; in scene units) into world coordinates. */
  toWorld(x: number, y: number, z: number, out: Vector3): Vector3 {
    this.toWorldDirection(x, y, z, out);
    return out.addInPlace(this.position);
  }

  /** Turns a direction given in this pose's axes into world coordinates. */
  toWorldDirection(x: number, y: number, z: number, out: Vector3): Vector3 {
    const { right, up, forward } = this;
    return out.set(
      right.x * x + up.x * y + forward.x * z,
      right.y * x + up.y * y + forward.y * z,
      right.z * x + up.z * y + forward.z * z,
    );
  }
}

/**
 * A node's world matrix as it is now. Babylon.js 9.35 by itself looks for changes only once a frame, and never where nothing
 * renders; computing it anew each time costs five times as much.
 */
export function worldMatrixOf(node: TransformNode): Matrix {
  return node.computeWorldMatrix(!node.isSynchronized());
}

/** Whether a matrix [4, 4] makes a left hand of a right one. */
export function isMirrored(m: ArrayLike<number>): boolean {
  const x = m[5] * m[10] - m[6] * m[9];
  const y = m[6] * m[8] - m[4] * m[10];
  const z = m[4] * m[9] - m[5] * m[8];
  return m[0] * x + m[1] * y + m[2] * z < 0;
}

function setUnit(out: Vector3, x: number, y: number, z: number): void {
  const length = Math.sqrt(x * x + y * y + z * z);
  if (length > 0) out.set(x / length, y / length, z / length);
}

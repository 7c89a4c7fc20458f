import type { TransformNode } from "@babylonjs/core/Meshes/transformNode.js";
import { worldMatrixOf } from "../pose.ts";

/** Straight distance between two nodes' origins now, in scene units; `Infinity` when the target is gone or disabled. */
export function measureDistance(from: TransformNode, target: TransformNode | null): number {
  if (!target || target.isDisposed() || !target.isEnabled()) return Infinity;
  const a = worldMatrixOf(from).m;
  const b = worldMatrixOf(target).m;
  const x = a[12] - b[12];
  const y = a[13] - b[13];
  const z = a[14] - b[14];
  return Math.sqrt(x * x + y * y + z * z);
}

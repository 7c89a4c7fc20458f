import { Matrix, Vector3 } from "@babylonjs/core/Maths/math.vector.js";
import type { Scene } from "@babylonjs/core/scene.js";
import type { Spot } from "../rules/geometry.ts";

/** A tap this near to a golem's middle means it, in CSS pixels. */
const REACH = 64;
/** Height of a golem's middle, in metres. */
const MIDDLE = 1.1;
const place = new Vector3();
const point = new Vector3();

/** Where a golem is in the picture, in CSS pixels; the same object at each call. */
export function projectGolem(
  scene: Scene,
  canvas: HTMLElement,
  golem: Spot,
): { readonly x: number; readonly y: number } {
  const camera = scene.activeCamera!;
  const viewport = camera.viewport.toGlobal(canvas.clientWidth, canvas.clientHeight);
  place.set(golem.x, MIDDLE, golem.z);
  return Vector3.ProjectToRef(place, Matrix.IdentityReadOnly, scene.getTransformMatrix(), viewport, point);
}

/** @returns The golem nearest to a point of the picture, or -1; coordinates in CSS pixels. */
export function pickGolem(scene: Scene, canvas: HTMLElement, golems: readonly Spot[], x: number, y: number): number {
  let nearest = -1;
  let least = REACH;
  golems.forEach((golem, index) => {
    const at = projectGolem(scene, canvas, golem);
    const distance = Math.hypot(at.x - x, at.y - y);
    if (distance >= least) return;
    least = distance;
    nearest = index;
  });
  return nearest;
}

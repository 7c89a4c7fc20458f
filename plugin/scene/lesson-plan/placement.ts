import { Matrix, Quaternion, Vector3 } from "@babylonjs/core/Maths/math.vector.js";
import type { TransformNode } from "@babylonjs/core/Meshes/transformNode.js";
import { bodyOf } from "../physics.ts";
import { placeBody } from "../place-body.ts";
import { isMirrored, worldMatrixOf } from "../pose.ts";
import type { LessonSite } from "./lesson-site.ts";

/** So often a place is drawn anew before the roomiest one is taken. */
export const MOST_DRAWS = 64;

/**
 * One node and where it stood when the lesson was built: what a reset rule moves. Places are in coordinates of the site's root;
 * the node's height and tilt are those of its first pose.
 */
export class Placement {
  readonly node: TransformNode;
  readonly #site: LessonSite;
  /** What this node is to keep its distance from: nodes that stand where they will when its turn comes. */
  readonly #others: readonly TransformNode[];
  readonly #home = new Vector3();
  readonly #homeRotation: Quaternion;
  readonly #place = new Vector3();
  readonly #turned = new Quaternion();

  constructor(node: TransformNode, site: LessonSite, others: readonly TransformNode[]) {
    this.node = node;
    this.#site = site;
    this.#others = others.filter((other) => other !== node);
    this.#home.copyFrom(node.position);
    this.#homeRotation = node.rotationQuaternion?.clone() ?? Quaternion.FromEulerVector(node.rotation);
  }

  /** Puts the node back where it stood. */
  goHome(): void {
    this.#put(this.#home, this.#homeRotation);
  }

  /** Puts the node at a place on the ground, turned from its first pose by an angle about the vertical. */
  put(x: number, z: number, yaw: number): void {
    const parent = this.#strangerAbove();
    if (!parent) {
      this.#place.set(x, this.#home.y, z);
      Quaternion.RotationYawPitchRollToRef(yaw, 0, 0, this.#turned);
    } else {
      // A parent may be moved, turned and mirrored, as the root of a loaded glTF is.
      const world = worldMatrixOf(parent);
      world.invertToRef(inverse);
      const { y } = Vector3.TransformCoordinatesToRef(this.#home, world, spot);
      const origin = this.#originOfSite();
      Vector3.TransformCoordinatesToRef(spot.set(x + origin.x, y, z + origin.z), inverse, this.#place);
      Vector3.TransformNormalToRef(Vector3.UpReadOnly, inverse, axis).normalize();
      Quaternion.RotationAxisToRef(axis, isMirrored(world.m) ? -yaw : yaw, this.#turned);
    }
    this.#put(this.#place, this.#turned.multiplyInPlace(this.#homeRotation));
  }

  /** How far a place on the ground is from the nearest of the others; `Infinity` when there are none. */
  room(x: number, z: number): number {
    let room = Infinity;
    for (const other of this.#others) {
      if (other.isDisposed()) continue;
      const at = positionOf(other, this.#site, spot);
      room = Math.min(room, Math.hypot(at.x - x, at.z - z));
    }
    return room;
  }

  /** Where the agent is now, on the ground. */
  agentSpot(): { readonly x: number; readonly z: number } {
    return positionOf(this.#site.agent, this.#site, spot);
  }

  #put(place: Vector3, rotation: Quaternion): void {
    const { node } = this;
    if (node.isDisposed()) return;
    const body = bodyOf(node);
    if (body || node.rotationQuaternion) {
      placeBody(node, place, rotation);
      return;
    }
    // A node that tells its rotation as angles goes on doing so.
    node.position.copyFrom(place);
    rotation.toEulerAnglesToRef(node.rotation);
    node.computeWorldMatrix(true);
  }

  /** A parent in whose coordinates places are not told, or null. */
  #strangerAbove(): TransformNode | null {
    const parent = this.node.parent as TransformNode | null;
    return parent === this.#site.root ? null : parent;
  }

  #originOfSite(): Vector3 {
    return this.#site.root ? worldMatrixOf(this.#site.root).getTranslationToRef(origin) : origin.setAll(0);
  }
}

const spot = new Vector3();
const origin = new Vector3();
const axis = new Vector3();
const inverse = new Matrix();

/** Where a node is, in coordinates of the site's root. */
function positionOf(node: TransformNode, site: LessonSite, out: Vector3): Vector3 {
  const { m } = worldMatrixOf(node);
  out.set(m[12], m[13], m[14]);
  if (!site.root) return out;
  const root = worldMatrixOf(site.root).m;
  return out.set(out.x - root[12], out.y - root[13], out.z - root[14]);
}

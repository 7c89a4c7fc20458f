import type { AbstractMesh } from "@babylonjs/core/Meshes/abstractMesh.js";
import type { TransformNode } from "@babylonjs/core/Meshes/transformNode.js";
import type { Observer } from "@babylonjs/core/Misc/observable.js";
import type { IPhysicsCollisionEvent } from "@babylonjs/core/Physics/v2/IPhysicsEnginePlugin.js";
import { bodyOf } from "../physics.ts";
import { worldMatrixOf } from "../pose.ts";
import { hasTag, isPartOf } from "../tags.ts";
import type { LessonSite } from "./lesson-site.ts";

/**
 * Tells whether the agent of a site touches something: by the collisions of its physics body where it has one, else by the
 * bounding boxes of the site's own meshes, which spares looking at those of all other arenas.
 */
export class Touch {
  readonly #tags: readonly string[];
  readonly #target: TransformNode | null;
  readonly #own: readonly AbstractMesh[];
  readonly #others: readonly AbstractMesh[];
  #observer: Observer<IPhysicsCollisionEvent> | null = null;
  #isFelt = false;

  /**
   * @param tags - Only what carries one of them counts; empty: everything.
   * @param target - Only this node and its parts count; null: everything.
   */
  constructor(site: LessonSite, tags: readonly string[], target: TransformNode | null) {
    this.#tags = tags;
    this.#target = target;
    const shaped = site.nodes.filter((node): node is AbstractMesh => "subMeshes" in node);
    const meshes = shaped.filter((mesh) => mesh.getTotalVertices() > 0);
    this.#own = meshes.filter((mesh) => isPartOf(mesh, site.agent));
    this.#others = meshes.filter((mesh) => !isPartOf(mesh, site.agent));
    const body = bodyOf(site.agent);
    if (!body) return;
    body.setCollisionCallbackEnabled(true);
    this.#observer = body.getCollisionObservable().add(({ collidedAgainst }) => {
      if (this.#counts(collidedAgainst.transformNode)) this.#isFelt = true;
    });
  }

  /** Whether something was touched since the last look. Allocates nothing. */
  look(): boolean {
    if (!this.#observer) return this.#overlaps();
    const isFelt = this.#isFelt;
    this.#isFelt = false;
    return isFelt;
  }

  forget(): void {
    this.#isFelt = false;
  }

  /** May be called twice. */
  dispose(): void {
    this.#observer?.remove();
    this.#observer = null;
  }

  #overlaps(): boolean {
    for (const part of this.#own) worldMatrixOf(part);
    for (const mesh of this.#others) {
      if (mesh.isDisposed() || !mesh.isEnabled() || !this.#counts(mesh)) continue;
      worldMatrixOf(mesh);
      for (const part of this.#own) {
        if (part.getBoundingInfo().intersects(mesh.getBoundingInfo(), true)) return true;
      }
    }
    return false;
  }

  #counts(node: TransformNode): boolean {
    if (this.#target && !isPartOf(node, this.#target)) return false;
    if (this.#tags.length === 0) return true;
    for (const tag of this.#tags) if (hasTag(node, tag)) return true;
    return false;
  }
}

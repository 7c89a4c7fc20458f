import { Vector3 } from "@babylonjs/core/Maths/math.vector.js";
import type { TransformNode } from "@babylonjs/core/Meshes/transformNode.js";
import { PhysicsRaycastResult } from "@babylonjs/core/Physics/physicsRaycastResult.js";
import type { PhysicsBody } from "@babylonjs/core/Physics/v2/physicsBody.js";
import type { PhysicsEngine } from "@babylonjs/core/Physics/v2/physicsEngine.js";
import { MeshRays } from "./mesh-rays.ts";
import { bodyOf, physicsOf } from "./physics.ts";
import { isPartOf } from "./tags.ts";

/** After a hit on a part of the agent itself, a ray goes on from this far behind it, in scene units. */
const STEP_BEHIND = 1e-3;

/** So many parts of itself an agent can look through with one ray. */
const MOST_OWN_PARTS = 8;

/**
 * Looks along lines for one agent: against physics bodies where the scene has a physics engine, else against meshes.
 *
 * The agent's own node and everything parented to it are looked through; so are triggers. A ray costs about 6 µs with
 * Havok 1.3.14 and makes no object of our own.
 */
export class Sight {
  /** What the last ray hit, or null. */
  node: TransformNode | null = null;
  /** How far away the last hit was, in scene units; the ray's whole length without a hit. */
  distance = 0;
  /** Where the last ray ended: at the hit, or at its far end. */
  readonly point = new Vector3();
  readonly #query: { collideWith?: number; ignoreBody?: PhysicsBody } = {};
  readonly #result = new PhysicsRaycastResult();
  readonly #from = new Vector3();
  #meshes: MeshRays | null = null;
  #physics: PhysicsEngine | null = null;
  #self: TransformNode | null = null;

  /** @param collideWith - Bits of the collision groups that rays hit, with physics. Default all. */
  constructor(collideWith?: number) {
    if (collideWith !== undefined) this.#query.collideWith = collideWith;
  }

  /** Gets ready for rays of at most that length from that origin. Once before the rays of one observation. */
  begin(self: TransformNode, origin: Vector3, range: number): void {
    this.#self = self;
    this.#physics = physicsOf(self.getScene());
    if (!this.#physics) {
      this.#meshes ??= new MeshRays();
      this.#meshes.gather(self, origin, range);
      return;
    }
    const body = bodyOf(self);
    if (body) this.#query.ignoreBody = body;
    else delete this.#query.ignoreBody;
  }

  /** @returns Whether something lies between the two points. */
  cast(from: Vector3, to: Vector3): boolean {
    this.node = null;
    this.point.copyFrom(to);
    if (this.#physics) this.#castAtBodies(this.#physics, from, to);
    else this.#castAtMeshes(from, to);
    this.distance = Vector3.Distance(from, this.point);
    return this.node !== null;
  }

  #castAtBodies(physics: PhysicsEngine, from: Vector3, to: Vector3): void {
    const result = this.#result;
    this.#from.copyFrom(from);
    for (let attempt = 0; attempt < MOST_OWN_PARTS; attempt++) {
      physics.raycastToRef(this.#from, to, result, this.#query);
      const node = result.hasHit ? (result.body?.transformNode ?? null) : null;
      if (!node) return;
      if (!this.#self || !isPartOf(node, this.#self)) {
        this.node = node;
        this.point.copyFrom(result.hitPointWorld);
        return;
      }
      const rest = Vector3.Distance(result.hitPointWorld, to);
      if (rest <= STEP_BEHIND) return;
      Vector3.LerpToRef(result.hitPointWorld, to, STEP_BEHIND / rest, this.#from);
    }
  }

  #castAtMeshes(from: Vector3, to: Vector3): void {
    const meshes = this.#meshes;
    if (!meshes?.cast(from, to)) return;
    this.node = meshes.mesh;
    Vector3.LerpToRef(from, to, meshes.fraction, this.point);
  }
}

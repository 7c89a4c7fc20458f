import type { AbstractMesh } from "@babylonjs/core/Meshes/abstractMesh.js";
import type { TransformNode } from "@babylonjs/core/Meshes/transformNode.js";
import type { Observer } from "@babylonjs/core/Misc/observable.js";
import type { IPhysicsCollisionEvent } from "@babylonjs/core/Physics/v2/IPhysicsEnginePlugin.js";
import type { PhysicsBody } from "@babylonjs/core/Physics/v2/physicsBody.js";
import { assertNames } from "../check-option.ts";
import { bodyOf } from "../physics.ts";
import { worldMatrixOf } from "../pose.ts";
import type { Sensor } from "../sensor.ts";
import { hasTag, isPartOf } from "../tags.ts";

export interface ContactOptions {
  /** Tags to tell apart, see `hasTag`. Default none: one number for a contact with anything. */
  readonly with?: readonly string[];
}

/**
 * Tells what the agent has touched since its last decision.
 *
 * Gives `"contact wall"` for each tag, or `"contact anything"` without tags: 1 or 0. With a physics body, its collisions
 * count: the body's collision events are switched on and stay so; bodies that physics has put to sleep make none. Without
 * one, the bounding boxes of the node and its child meshes (as they are when the agent gets the sensor) are tested against
 * those of other enabled meshes at each decision.
 *
 * @throws ConfigurationError for an empty or repeated tag.
 */
export function contact(options: ContactOptions = {}): Sensor {
  const tags = options.with ?? [];
  assertNames("contact", "with", tags);
  const touched = new Uint8Array(Math.max(1, tags.length));
  let watched: PhysicsBody | null = null;
  let observer: Observer<IPhysicsCollisionEvent> | null = null;
  let own: readonly AbstractMesh[] = [];

  function touch(node: TransformNode): void {
    if (tags.length === 0) touched[0] = 1;
    for (let i = 0; i < tags.length; i++) if (touched[i] === 0 && hasTag(node, tags[i])) touched[i] = 1;
  }

  function watch(body: PhysicsBody | null): void {
    if (body === watched) return;
    observer?.remove();
    watched = body;
    observer = null;
    if (!body) return;
    body.setCollisionCallbackEnabled(true);
    observer = body.getCollisionObservable().add((event) => touch(event.collidedAgainst.transformNode));
  }

  return {
    kind: "contact",
    options: { ...options },
    labels: tags.length === 0 ? ["contact anything"] : tags.map((tag) => `contact ${tag}`),
    attach(node: TransformNode): void {
      own = ownMeshes(node);
      watch(bodyOf(node));
    },
    read(node: TransformNode, out: Float32Array, offset: number): void {
      watch(bodyOf(node));
      if (!watched) touchOverlaps(node, own, touch);
      out.set(touched, offset);
      touched.fill(0);
    },
    reset(): void {
      touched.fill(0);
    },
    dispose(): void {
      watch(null);
      own = [];
    },
  };
}

function ownMeshes(node: TransformNode): AbstractMesh[] {
  const meshes: AbstractMesh[] = node.getChildMeshes();
  if ("subMeshes" in node) meshes.push(node as AbstractMesh);
  return meshes.filter((mesh) => mesh.getTotalVertices() > 0);
}

function touchOverlaps(node: TransformNode, own: readonly AbstractMesh[], touch: (node: TransformNode) => void): void {
  for (const part of own) worldMatrixOf(part);
  for (const mesh of node.getScene().meshes) {
    if (!mesh.isEnabled() || mesh.getTotalVertices() === 0 || isPartOf(mesh, node)) continue;
    if (mesh.getClassName().includes("LinesMesh")) continue;
    worldMatrixOf(mesh);
    for (const part of own) {
      if (part.getBoundingInfo().intersects(mesh.getBoundingInfo(), true)) touch(mesh);
    }
  }
}

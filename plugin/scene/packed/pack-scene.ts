import { Quaternion, Vector3 } from "@babylonjs/core/Maths/math.vector.js";
import type { AbstractMesh } from "@babylonjs/core/Meshes/abstractMesh.js";
import type { TransformNode } from "@babylonjs/core/Meshes/transformNode.js";
import { Tags } from "@babylonjs/core/Misc/tags.js";
import type { Node } from "@babylonjs/core/node.js";
import type { Scene } from "@babylonjs/core/scene.js";
import { bodyOf } from "../physics.ts";
import { worldMatrixOf } from "../pose.ts";
import { findStandstills } from "./find-standstills.ts";
import { packBody } from "./pack-body.ts";
import { packGeometry } from "./packed-geometry.ts";
import {
  PACKED_SCENE_VERSION,
  type PackedBody,
  type PackedGeometry,
  type PackedNode,
  type PackedScene,
  type Unpackable,
} from "./packed-scene.ts";

/** A scene for teaching, and what it lacks. */
export interface PackedSceneReport {
  readonly scene: PackedScene;
  readonly cannot: readonly Unpackable[];
}

/**
 * Packs a scene for teaching into plain JSON: all meshes and nodes with their ids, places, tags and triangles, and their
 * physics bodies; no materials, textures, lights or cameras. What stands still while teaching although it moves in the game
 * (animated nodes, other agents), and what cannot be written down, is named in `cannot`. Code that moves things at each frame
 * cannot be seen, so it cannot be named either: teach such scenes in place.
 *
 * Changes nothing in the scene. Sky boxes (`infiniteDistance`), lines, and nodes with `doNotSerialize` are left out.
 *
 * @param taught - Id of the node that is taught.
 */
export function packScene(scene: Scene, taught?: string): PackedSceneReport {
  const cannot: Unpackable[] = [...findStandstills(scene, taught)];
  const listed = listNodes(scene);
  const places = new Map<Node, number>(listed.map((node, index) => [node, index]));
  const geometries: PackedGeometry[] = [];
  const geometryPlaces = new Map<unknown, number>();
  const extent: [number, number, number, number] = [0, 0, 0, 0];
  const nodes = listed.map((node): PackedNode => {
    const mesh = shapedMesh(node);
    if (mesh) widen(extent, mesh);
    return {
      ...placeOf(node, places, cannot),
      id: node.id,
      name: node.name,
      enabled: node.isEnabled(false),
      tags: tagsOf(node),
      mesh: mesh
        ? {
            geometry: addGeometry(mesh, geometries, geometryPlaces),
            visible: mesh.isVisible,
            pickable: mesh.isPickable,
          }
        : null,
      body: bodyFor(node, cannot),
    };
  });
  const { _physicsEngine: physics } = scene;
  const packed: PackedScene = {
    version: PACKED_SCENE_VERSION,
    rightHanded: scene.useRightHandedSystem,
    physics: physics ? { gravity: [physics.gravity.x, physics.gravity.y, physics.gravity.z] } : null,
    nodes,
    geometries,
    extent,
  };
  return { scene: packed, cannot };
}

/** Everything that counts, parents before children. */
function listNodes(scene: Scene): TransformNode[] {
  const all = new Set<Node>([...scene.transformNodes, ...scene.meshes].filter(counts));
  const listed = new Set<TransformNode>();
  const add = (node: TransformNode): void => {
    if (listed.has(node)) return;
    const { parent } = node;
    if (parent && all.has(parent)) add(parent as TransformNode);
    listed.add(node);
  };
  for (const node of all) add(node as TransformNode);
  return [...listed];
}

function counts(node: TransformNode): boolean {
  if (node.doNotSerialize) return false;
  const { infiniteDistance, reservedDataStore } = node as { infiniteDistance?: boolean; reservedDataStore?: unknown };
  if (infiniteDistance === true || (reservedDataStore as { hidden?: boolean } | null)?.hidden === true) return false;
  return !node.getClassName().includes("LinesMesh");
}

function shapedMesh(node: TransformNode): AbstractMesh | null {
  if (!("subMeshes" in node)) return null;
  const mesh = node as AbstractMesh;
  return mesh.getTotalVertices() > 0 ? mesh : null;
}

function placeOf(
  node: TransformNode,
  places: ReadonlyMap<Node, number>,
  cannot: Unpackable[],
): Pick<PackedNode, "parent" | "position" | "rotation" | "scaling"> {
  const parent = node.parent ? (places.get(node.parent) ?? -1) : -1;
  let { position, scaling } = node;
  let rotation = node.rotationQuaternion ?? Quaternion.FromEulerVector(node.rotation);
  if (node.parent && parent < 0) {
    // What hangs on a camera or on something left out stays where it is now.
    position = new Vector3();
    scaling = new Vector3();
    rotation = new Quaternion();
    worldMatrixOf(node).decompose(scaling, rotation, position);
    const why = `its parent "${node.parent.name}" is left out; while teaching it stays where it is now`;
    cannot.push({ node: node.name, what: "what moves with its parent", why, matters: true });
  }
  return {
    parent,
    position: [position.x, position.y, position.z],
    rotation: [rotation.x, rotation.y, rotation.z, rotation.w],
    scaling: [scaling.x, scaling.y, scaling.z],
  };
}

function bodyFor(node: TransformNode, cannot: Unpackable[]): PackedBody | null {
  const body = bodyOf(node);
  if (!body) return null;
  const packed = packBody(body);
  if (typeof packed !== "string") return packed;
  const why = "its shape cannot be read back from the physics engine; while teaching it has no body";
  cannot.push({ node: node.name, what: packed, why, matters: true });
  return null;
}

function addGeometry(mesh: AbstractMesh, geometries: PackedGeometry[], places: Map<unknown, number>): number {
  const { geometry, sourceMesh } = mesh as Partial<{ geometry: object; sourceMesh: { geometry: object } }>;
  const key = geometry ?? sourceMesh?.geometry ?? mesh;
  let place = places.get(key);
  if (place === undefined) {
    place = geometries.length;
    const positions = mesh.getVerticesData("position") ?? [];
    geometries.push(packGeometry(positions, indicesOf(mesh, positions.length / 3)));
    places.set(key, place);
  }
  return place;
}

function indicesOf(mesh: AbstractMesh, vertices: number): ArrayLike<number> {
  const indices = mesh.getIndices();
  return indices && indices.length > 0 ? indices : Array.from({ length: vertices }, (_, i) => i);
}

function tagsOf(node: TransformNode): string[] {
  const given = Tags.GetTags(node, false) as Readonly<Record<string, boolean>> | null;
  const listed = (node.metadata as { tags?: unknown } | null | undefined)?.tags;
  const texts = Array.isArray(listed) ? listed.filter((tag): tag is string => typeof tag === "string") : [];
  return [...new Set([...Object.keys(given ?? {}), ...texts])];
}

function widen(extent: [number, number, number, number], mesh: AbstractMesh): void {
  worldMatrixOf(mesh);
  const { minimumWorld, maximumWorld } = mesh.getBoundingInfo().boundingBox;
  extent[0] = Math.min(extent[0], minimumWorld.x);
  extent[1] = Math.min(extent[1], minimumWorld.z);
  extent[2] = Math.max(extent[2], maximumWorld.x);
  extent[3] = Math.max(extent[3], maximumWorld.z);
}

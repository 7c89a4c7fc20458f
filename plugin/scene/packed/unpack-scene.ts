import { Quaternion, Vector3 } from "@babylonjs/core/Maths/math.vector.js";
import { Mesh } from "@babylonjs/core/Meshes/mesh.js";
import { VertexData } from "@babylonjs/core/Meshes/mesh.vertexData.js";
import { PhysicsMotionType } from "@babylonjs/core/Physics/v2/IPhysicsEnginePlugin.js";
import { TransformNode } from "@babylonjs/core/Meshes/transformNode.js";
import { ConfigurationError } from "../../core/errors.ts";
import type { Arena } from "../lesson.ts";
import { unpackGeometry, type Triangles } from "./packed-geometry.ts";
import type { PackedNode, PackedScene } from "./packed-scene.ts";
import { unpackBody } from "./unpack-body.ts";

/** A packed scene that stands in an arena. */
export interface UnpackedScene {
  readonly nodes: readonly TransformNode[];
  /** Nodes that a push moves: those with a dynamic body. */
  readonly loose: readonly TransformNode[];
  /**
   * The node that had this id in the packed scene, or null. Here its id is another one, since each arena has such a node; it
   * is found by that one, too.
   */
  find(id: string): TransformNode | null;
  /** As `find`. @throws ConfigurationError when there is none. */
  node(id: string): TransformNode;
}

const decoded = new WeakMap<PackedScene, readonly Triangles[]>();

/**
 * Builds a packed scene in an arena, in a lesson's `build`: every node under `arena.root`, with its physics body where the arena's
 * scene has physics. Arenas share the triangles. Meshes have no material.
 */
export function unpackScene(packed: PackedScene, arena: Pick<Arena, "scene" | "root" | "index">): UnpackedScene {
  const { scene, root, index } = arena;
  let triangles = decoded.get(packed);
  if (!triangles) {
    triangles = packed.geometries.map(unpackGeometry);
    decoded.set(packed, triangles);
  }
  if (packed.rightHanded) scene.useRightHandedSystem = true;
  const nodes: TransformNode[] = [];
  const byId = new Map<string, TransformNode>();
  const byArenaId = new Map<string, TransformNode>();
  for (const part of packed.nodes) {
    const node = part.mesh ? makeMesh(part, triangles[part.mesh.geometry], arena) : new TransformNode(part.name, scene);
    node.id = `${index}/${part.id}`;
    place(node, part, part.parent < 0 ? root : nodes[part.parent]);
    nodes.push(node);
    byArenaId.set(node.id, node);
    // As in Babylon: of several nodes with one id, the first counts.
    if (!byId.has(part.id)) byId.set(part.id, node);
  }
  const physics = packed.physics ? scene._physicsEngine : null;
  if (physics && packed.physics) physics.setGravity(Vector3.FromArray(packed.physics.gravity));
  const loose: TransformNode[] = [];
  packed.nodes.forEach(({ body }, i) => {
    if (!body || !physics) return;
    nodes[i].computeWorldMatrix(true);
    unpackBody(body, nodes[i]);
    if (body.motion === PhysicsMotionType.DYNAMIC) loose.push(nodes[i]);
  });
  const find = (id: string): TransformNode | null => byId.get(id) ?? byArenaId.get(id) ?? null;
  return {
    nodes,
    loose,
    find,
    node(id) {
      const node = find(id);
      if (node) return node;
      throw new ConfigurationError(
        `unpackScene: needed a node of the packed scene, came "${id}". Use the id that it had when the scene was packed.`,
      );
    },
  };
}

function makeMesh(part: PackedNode, { positions, indices }: Triangles, { scene }: Pick<Arena, "scene">): Mesh {
  const mesh = new Mesh(part.name, scene);
  const data = new VertexData();
  data.positions = positions;
  data.indices = indices;
  data.applyToMesh(mesh);
  mesh.isVisible = part.mesh!.visible;
  mesh.isPickable = part.mesh!.pickable;
  return mesh;
}

function place(node: TransformNode, part: PackedNode, parent: TransformNode): void {
  node.parent = parent;
  node.position.fromArray(part.position);
  node.rotationQuaternion = Quaternion.FromArray(part.rotation);
  node.scaling.fromArray(part.scaling);
  node.setEnabled(part.enabled);
  if (part.tags.length > 0) node.metadata = { tags: part.tags };
  node.computeWorldMatrix(true);
}

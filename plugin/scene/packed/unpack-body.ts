import { Quaternion, Vector3 } from "@babylonjs/core/Maths/math.vector.js";
import { Mesh } from "@babylonjs/core/Meshes/mesh.js";
import { VertexData } from "@babylonjs/core/Meshes/mesh.vertexData.js";
import type { TransformNode } from "@babylonjs/core/Meshes/transformNode.js";
import { PhysicsShapeType, type PhysicsShapeParameters } from "@babylonjs/core/Physics/v2/IPhysicsEnginePlugin.js";
import { PhysicsBody } from "@babylonjs/core/Physics/v2/physicsBody.js";
import { PhysicsShape } from "@babylonjs/core/Physics/v2/physicsShape.js";
import { unpackGeometry } from "./packed-geometry.ts";
import type { PackedBody, PackedForm } from "./packed-scene.ts";

/** Gives a node the physics body that was packed; both go with the node. */
export function unpackBody(packed: PackedBody, node: TransformNode): void {
  const scene = node.getScene();
  const { form, material, trigger, membership, collideWith } = packed.shape;
  const { mesh: borrowed, ...made } = shapeOf(form, node);
  const shape = new PhysicsShape(made, scene);
  if (borrowed !== node) borrowed?.dispose();
  shape.material = { ...material };
  shape.isTrigger = trigger;
  shape.filterMembershipMask = membership;
  shape.filterCollideMask = collideWith;
  const body = new PhysicsBody(node, packed.motion, false, scene);
  body.shape = shape;
  body.setMassProperties({
    mass: packed.mass,
    centerOfMass: Vector3.FromArray(packed.centreOfMass),
    inertia: Vector3.FromArray(packed.inertia),
    inertiaOrientation: Quaternion.FromArray(packed.inertiaOrientation),
  });
  body.setLinearDamping(packed.linearDamping);
  body.setAngularDamping(packed.angularDamping);
  body.setGravityFactor(packed.gravityFactor);
  body.disablePreStep = packed.disablePreStep;
  node.onDisposeObservable.addOnce(() => {
    body.dispose();
    shape.dispose();
  });
}

interface ShapeParts {
  readonly type: PhysicsShapeType;
  readonly parameters: PhysicsShapeParameters;
  /** What the shape was made of. */
  readonly mesh?: TransformNode;
}

function shapeOf(form: PackedForm, node: TransformNode): ShapeParts {
  switch (form.type) {
    case "sphere":
      return {
        type: PhysicsShapeType.SPHERE,
        parameters: { center: Vector3.FromArray(form.centre), radius: form.radius },
      };
    case "box": {
      const center = Vector3.FromArray(form.centre);
      const extents = Vector3.FromArray(form.extents);
      return {
        type: PhysicsShapeType.BOX,
        parameters: { center, extents, rotation: Quaternion.FromArray(form.rotation) },
      };
    }
    case "capsule":
    case "cylinder": {
      const type = form.type === "capsule" ? PhysicsShapeType.CAPSULE : PhysicsShapeType.CYLINDER;
      const [pointA, pointB] = [Vector3.FromArray(form.from), Vector3.FromArray(form.to)];
      return { type, parameters: { pointA, pointB, radius: form.radius } };
    }
    case "hull":
    case "triangles": {
      const type = form.type === "hull" ? PhysicsShapeType.CONVEX_HULL : PhysicsShapeType.MESH;
      const mesh = form.geometry ? meshOf(form.geometry, node) : (node as Mesh);
      return { type, parameters: { mesh }, mesh };
    }
  }
}

/** A mesh that is needed for a moment only. */
function meshOf(geometry: Parameters<typeof unpackGeometry>[0], node: TransformNode): Mesh {
  const mesh = new Mesh(`${node.name} shape`, node.getScene());
  const data = new VertexData();
  const { positions, indices } = unpackGeometry(geometry);
  data.positions = positions;
  data.indices = indices;
  data.applyToMesh(mesh);
  return mesh;
}

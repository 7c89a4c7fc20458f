import { Matrix, Quaternion, Vector3 } from "@babylonjs/core/Maths/math.vector.js";
import type { AbstractMesh } from "@babylonjs/core/Meshes/abstractMesh.js";
import type { TransformNode } from "@babylonjs/core/Meshes/transformNode.js";
import { PhysicsShapeType } from "@babylonjs/core/Physics/v2/IPhysicsEnginePlugin.js";
import type { PhysicsBody } from "@babylonjs/core/Physics/v2/physicsBody.js";
import type { PhysicsShape } from "@babylonjs/core/Physics/v2/physicsShape.js";
import { packGeometry } from "./packed-geometry.ts";
import type { PackedBody, PackedForm, PackedShape, Rotation, Triple } from "./packed-scene.ts";

/** Havok 1.3.14 draws boxes and hulls smaller by this than they are, on each side. */
const CONVEX_RADIUS = 0.015;
/** So far off, in scene units, two sizes count as the same. */
const NEAR = 2e-3;

/**
 * Writes a live physics body down: Babylon.js 9.35 stores nothing of a body in scene files, so its shape is read back from
 * Havok, whose boxes, spheres, capsules and cylinders come back to the last bit where they stand along the node's axes.
 *
 * @returns The body, or in a word what its shape is when that cannot be written down.
 */
export function packBody(body: PhysicsBody): PackedBody | string {
  const { shape } = body;
  if (!shape) return "a body without a shape";
  const form = packForm(body, shape);
  if (typeof form === "string") return form;
  const { mass = 0, centerOfMass, inertia, inertiaOrientation } = body.getMassProperties();
  return {
    motion: body.getMotionType(),
    shape: packShape(shape, form),
    mass,
    centreOfMass: toTriple(centerOfMass ?? Vector3.ZeroReadOnly),
    inertia: toTriple(inertia ?? Vector3.ZeroReadOnly),
    inertiaOrientation: toRotation(inertiaOrientation ?? Quaternion.Identity()),
    linearDamping: body.getLinearDamping(),
    angularDamping: body.getAngularDamping(),
    gravityFactor: body.getGravityFactor(),
    disablePreStep: body.disablePreStep,
  };
}

function packShape(shape: PhysicsShape, form: PackedForm): PackedShape {
  const material = Object.entries(shape.material ?? {}).filter(([, value]) => typeof value === "number");
  return {
    form,
    material: Object.fromEntries(material),
    trigger: shape.isTrigger,
    membership: shape.filterMembershipMask,
    collideWith: shape.filterCollideMask,
  };
}

function packForm(body: PhysicsBody, shape: PhysicsShape): PackedForm | string {
  const { minimum, maximum } = shape.getBoundingBox();
  const size = maximum.subtract(minimum);
  const middle = Vector3.Center(minimum, maximum);
  switch (shape.type) {
    case PhysicsShapeType.SPHERE:
      return { type: "sphere", centre: toTriple(middle), radius: size.x / 2 };
    case PhysicsShapeType.BOX:
      return packBox(body, middle, size);
    case PhysicsShapeType.CAPSULE:
      return packRound("capsule", middle, size);
    case PhysicsShapeType.CYLINDER:
      return packRound("cylinder", middle, size);
    case PhysicsShapeType.CONVEX_HULL:
      return packTriangles("hull", body, size);
    case PhysicsShapeType.MESH:
    case PhysicsShapeType.HEIGHTFIELD:
      return packTriangles("triangles", body, size);
    default:
      return "a body whose shape is put together from others";
  }
}

/** A box that stands askew has its axes read off its corners, which come in the order of the axes. */
function packBox(body: PhysicsBody, middle: Vector3, size: Vector3): PackedForm | string {
  const straight: PackedForm = {
    type: "box",
    centre: toTriple(middle),
    extents: toTriple(size),
    rotation: [0, 0, 0, 1],
  };
  const corners = readCorners(body);
  if (corners.length < 3) return straight;
  const x = corners[0].subtract(corners[1]);
  const y = corners[0].subtract(corners[2]);
  if (Math.abs(x.y) + Math.abs(x.z) + Math.abs(y.x) + Math.abs(y.z) < 1e-4) return straight;
  const width = x.length();
  const height = y.length();
  const right = x.normalizeToNew();
  const up = y.normalizeToNew();
  const forward = Vector3.Cross(right, up);
  const depths = corners.map((corner) => Vector3.Dot(corner.subtract(middle), forward));
  const extents = [width, height, 2 * Math.max(...depths)].map((edge) => edge + 2 * CONVEX_RADIUS) as unknown as Triple;
  const reach = (axis: "x" | "y" | "z"): number =>
    Math.abs(right[axis]) * extents[0] + Math.abs(up[axis]) * extents[1] + Math.abs(forward[axis]) * extents[2];
  if (!isNear(reach("x"), size.x) || !isNear(reach("y"), size.y) || !isNear(reach("z"), size.z)) {
    return "a body with a box that stands askew";
  }
  const turned = Quaternion.FromRotationMatrix(Matrix.FromXYZAxesToRef(right, up, forward, new Matrix()));
  return { type: "box", centre: toTriple(middle), extents, rotation: toRotation(turned) };
}

function readCorners(body: PhysicsBody): Vector3[] {
  const { positions } = readGeometry(body);
  return Array.from({ length: positions.length / 3 }, (_, i) => Vector3.FromArray(positions, 3 * i));
}

/** Capsules and cylinders along one of the node's axes. */
function packRound(type: "capsule" | "cylinder", middle: Vector3, size: Vector3): PackedForm | string {
  const { x, y, z } = size;
  const axis = isNear(x, z) ? "y" : isNear(x, y) ? "z" : isNear(y, z) ? "x" : null;
  const radius = (axis === "x" ? y : x) / 2;
  if (axis === null || (type === "capsule" && size[axis] < 2 * radius - NEAR))
    return `a body with a ${type} that stands askew`;
  const half = Math.max(0, size[axis] / 2 - (type === "capsule" ? radius : 0));
  const from = middle.clone();
  const to = middle.clone();
  from[axis] -= half;
  to[axis] += half;
  return { type, from: toTriple(from), to: toTriple(to), radius };
}

/** The node's own mesh where the shape was made of that; else what Havok has of it. */
function packTriangles(type: "hull" | "triangles", body: PhysicsBody, size: Vector3): PackedForm {
  const own = sizeOfMesh(body.transformNode);
  if (own && isNear(own.x, size.x) && isNear(own.y, size.y) && isNear(own.z, size.z)) return { type, geometry: null };
  const { positions, indices } = readGeometry(body);
  return { type, geometry: packGeometry(positions, indices) };
}

function sizeOfMesh(node: TransformNode): Vector3 | null {
  if (!("subMeshes" in node)) return null;
  const mesh = node as AbstractMesh;
  if (mesh.getTotalVertices() === 0) return null;
  const { minimum, maximum } = mesh.getRawBoundingInfo().boundingBox;
  const { x, y, z } = mesh.absoluteScaling;
  return maximum.subtract(minimum).multiplyByFloats(Math.abs(x), Math.abs(y), Math.abs(z));
}

function readGeometry(body: PhysicsBody): { positions: ArrayLike<number>; indices: ArrayLike<number> } {
  return body.getGeometry() as { positions: ArrayLike<number>; indices: ArrayLike<number> };
}

/** Hulls and meshes are rounded a little by Havok: 1% is as near. */
function isNear(a: number, b: number): boolean {
  return Math.abs(a - b) < NEAR + 0.01 * Math.max(a, b);
}

function toTriple({ x, y, z }: Vector3): Triple {
  return [x, y, z];
}

function toRotation({ x, y, z, w }: Quaternion): Rotation {
  return [x, y, z, w];
}

import type { PhysicsMotionType } from "@babylonjs/core/Physics/v2/IPhysicsEnginePlugin.js";

/** Three coordinates, in scene units. */
export type Triple = readonly [number, number, number];

/** x, y, z, w. */
export type Rotation = readonly [number, number, number, number];

/** A scene for teaching, as plain JSON: where things stand, their shapes, and their physics; nothing of their looks. */
export interface PackedScene {
  readonly version: number;
  readonly rightHanded: boolean;
  /** Null where the scene has no physics engine. */
  readonly physics: { readonly gravity: Triple } | null;
  /** Parents come before their children. */
  readonly nodes: readonly PackedNode[];
  readonly geometries: readonly PackedGeometry[];
  /** What all meshes cover of the ground: least x, least z, greatest x, greatest z. */
  readonly extent: readonly [number, number, number, number];
}

/** A mesh, or a node without a shape. */
export interface PackedNode {
  readonly id: string;
  readonly name: string;
  /** Its place among the nodes, or -1. */
  readonly parent: number;
  readonly position: Triple;
  readonly rotation: Rotation;
  readonly scaling: Triple;
  readonly enabled: boolean;
  readonly tags: readonly string[];
  readonly mesh: { readonly geometry: number; readonly visible: boolean; readonly pickable: boolean } | null;
  readonly body: PackedBody | null;
}

/** Triangles: float32 positions and uint32 indices, little-endian, in base64. */
export interface PackedGeometry {
  readonly positions: string;
  readonly indices: string;
}

/** A physics body. */
export interface PackedBody {
  /** 0 static, 1 animated, 2 dynamic, as Babylon's `PhysicsMotionType`. */
  readonly motion: PhysicsMotionType;
  readonly shape: PackedShape;
  readonly mass: number;
  readonly centreOfMass: Triple;
  readonly inertia: Triple;
  readonly inertiaOrientation: Rotation;
  readonly linearDamping: number;
  readonly angularDamping: number;
  readonly gravityFactor: number;
  readonly disablePreStep: boolean;
}

/** The shape of a body and what it is made of. */
export interface PackedShape {
  readonly form: PackedForm;
  /** Babylon's `PhysicsMaterial`; what is left out has Babylon's defaults. */
  readonly material: Readonly<Record<string, number>>;
  readonly trigger: boolean;
  readonly membership: number;
  readonly collideWith: number;
}

/** In the node's own axes, with its scaling. */
export type PackedForm =
  | { readonly type: "sphere"; readonly centre: Triple; readonly radius: number }
  | { readonly type: "box"; readonly centre: Triple; readonly extents: Triple; readonly rotation: Rotation }
  | { readonly type: "capsule" | "cylinder"; readonly from: Triple; readonly to: Triple; readonly radius: number }
  /** The node's own mesh where `geometry` is null. */
  | { readonly type: "hull" | "triangles"; readonly geometry: PackedGeometry | null };

/** Something that a packed scene does not hold. */
export interface Unpackable {
  /** The node's name, or the scene's. */
  readonly node: string;
  /** What it is, e.g. `"a body with a container shape"`. */
  readonly what: string;
  /** Why, and what happens while teaching. */
  readonly why: string;
  /** Whether agents may learn something else because of it; else only looks are missing. */
  readonly matters: boolean;
}

/** The newest form of packed scenes. */
export const PACKED_SCENE_VERSION = 1;

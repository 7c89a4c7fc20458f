import { readFileSync } from "node:fs";
import { FreeCamera } from "@babylonjs/core/Cameras/freeCamera.js";
import { Quaternion, Vector3 } from "@babylonjs/core/Maths/math.vector.js";
import { CreateBox } from "@babylonjs/core/Meshes/Builders/boxBuilder.js";
import type { Mesh } from "@babylonjs/core/Meshes/mesh.js";
import { TransformNode } from "@babylonjs/core/Meshes/transformNode.js";
import { Tags } from "@babylonjs/core/Misc/tags.js";
import { PhysicsMotionType, PhysicsShapeType } from "@babylonjs/core/Physics/v2/IPhysicsEnginePlugin.js";
import { PhysicsAggregate } from "@babylonjs/core/Physics/v2/physicsAggregate.js";
import type { Scene } from "@babylonjs/core/scene.js";
import HavokPhysics from "@babylonjs/havok";
import { createHeadlessScene, type Havok } from "../../plugin/scene/headless-scene.ts";
import type { Sensor } from "../../plugin/scene/sensor.ts";

let havok: Promise<Havok> | null = null;

/** Havok, for a world whose physics is switched on late. */
export function loadHavok(): Promise<Havok> {
  const path = new URL("../../node_modules/@babylonjs/havok/lib/esm/HavokPhysics.wasm", import.meta.url);
  havok ??= HavokPhysics({ wasmBinary: new Uint8Array(readFileSync(path)).buffer });
  return havok;
}

export interface BoxOptions {
  readonly at?: readonly [number, number, number];
  readonly size?: readonly [number, number, number];
  readonly tags?: string;
  /** Kilograms; 0 stands still. Upright when above 0. */
  readonly mass?: number;
}

/** A scene of boxes, with or without physics, on a clock of its own. */
export interface TestWorld {
  readonly scene: Scene;
  /** A box of size 1; with physics it gets a body. */
  box(name: string, options?: BoxOptions): Mesh;
  node(name: string, at?: readonly [number, number, number]): TransformNode;
  /** Renders so many frames. */
  frames(count: number, framesPerSecond?: number): void;
  dispose(): void;
}

export async function createTestWorld({ physics = false, gravity = 0 } = {}): Promise<TestWorld> {
  const options = physics ? { havok: await loadHavok(), gravity: { x: 0, y: -gravity, z: 0 } } : {};
  const { scene, dispose } = createHeadlessScene(options);
  new FreeCamera("camera", new Vector3(0, 50, -50), scene);
  return {
    scene,
    dispose,
    box(name, { at = [0, 0, 0], size = [1, 1, 1], tags, mass = 0 } = {}): Mesh {
      const [width, height, depth] = size;
      const mesh = CreateBox(name, { width, height, depth }, scene);
      mesh.position.copyFromFloats(at[0], at[1], at[2]);
      mesh.rotationQuaternion = Quaternion.Identity();
      if (tags !== undefined) Tags.AddTagsTo(mesh, tags);
      if (physics) addBody(mesh, mass, scene);
      return mesh;
    },
    node(name, at = [0, 0, 0]): TransformNode {
      const node = new TransformNode(name, scene);
      node.position.copyFromFloats(at[0], at[1], at[2]);
      return node;
    },
    frames(count, framesPerSecond = 60): void {
      scene.getEngine().getDeltaTime = () => 1000 / framesPerSecond;
      for (let frame = 0; frame < count; frame++) scene.render();
    },
  };
}

/** Gives a mesh a body of its shape. @param mass - As in `BoxOptions`. */
export function addBody(mesh: Mesh, mass: number, scene: Scene): void {
  const { body } = new PhysicsAggregate(mesh, PhysicsShapeType.BOX, { mass, friction: 0 }, scene);
  if (mass === 0) return;
  body.setMotionType(PhysicsMotionType.DYNAMIC);
  body.setMassProperties({ mass, inertia: Vector3.Zero() });
}

/** Turns a node to the right, about the vertical, by an angle in radians. */
export function face(node: TransformNode, yaw: number): void {
  node.rotationQuaternion = Quaternion.RotationYawPitchRoll(yaw, 0, 0);
}

/** What a sensor gives now, by label, rounded to 4 decimals. */
export function read(sensor: Sensor, node: TransformNode): Record<string, number> {
  const out = new Float32Array(sensor.labels.length + 2).fill(7);
  sensor.read(node, out, 1);
  if (out[0] !== 7 || out[out.length - 1] !== 7) throw new Error("the sensor wrote outside of its place");
  return Object.fromEntries(sensor.labels.map((label, i) => [label, Math.round(out[i + 1] * 1e4) / 1e4 + 0]));
}

/** The message of what a function throws. */
export function messageOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    return (error as Error).message;
  }
  return "nothing was thrown";
}

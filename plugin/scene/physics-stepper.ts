import { Matrix, Quaternion } from "@babylonjs/core/Maths/math.vector.js";
import type { TransformNode } from "@babylonjs/core/Meshes/transformNode.js";
import type { PhysicsBody } from "@babylonjs/core/Physics/v2/physicsBody.js";
import type { PhysicsEngine } from "@babylonjs/core/Physics/v2/physicsEngine.js";
import type { Scene } from "@babylonjs/core/scene.js";
import { placementCount } from "./place-body.ts";

/**
 * Moves a scene's physics on by fixed steps, without rendering.
 *
 * Does what a frame does to the physics (observers, pre-steps, collision events), but copies poses from bodies to nodes
 * itself: all from one block of Havok's memory instead of three calls and a matrix inversion per body, which took a
 * third of a lesson's time in Babylon.js 9.35. Bodies that this cannot serve are left to Babylon: thin instances, other
 * physics engines, and worlds of a floating origin. Allocates only when bodies come or go.
 */
export class PhysicsStepper {
  readonly #scene: Scene;
  readonly #engine: PhysicsEngine | null;
  readonly #plugin: HavokInternals | null;
  /** All bodies as they were when `#moving` was listed. */
  #known: readonly PhysicsBody[] = [];
  #moving: readonly PhysicsBody[] = [];
  readonly #taken = new Set<PhysicsBody>();
  #offsets = new Float64Array(0);
  #placements = -1;
  #heap = new Float32Array(0);

  constructor(scene: Scene) {
    this.#scene = scene;
    const engine = scene._physicsEngine as unknown as PhysicsEngine | null | undefined;
    this.#engine = engine?.getPluginVersion() === 2 ? engine : null;
    const plugin = this.#engine?.getPhysicsPlugin() as unknown as HavokInternals | undefined;
    this.#plugin = plugin?.name === "HavokPlugin" ? plugin : null;
  }

  /** One physics step. */
  step(seconds: number): void {
    if (this.#plugin) this.#takeBodies(this.#plugin);
    this.#scene._advancePhysicsEngineStep(seconds * 1000);
    if (this.#plugin) this.#copyPoses(this.#plugin);
  }

  /** Leaves the bodies to Babylon again. May be called twice. */
  dispose(): void {
    for (const body of this.#taken) body.disableSync = false;
    this.#taken.clear();
    this.#known = [];
    this.#moving = [];
  }

  #takeBodies(plugin: HavokInternals): void {
    const bodies = this.#engine!.getBodies();
    if (!sameItems(bodies, this.#known)) {
      this.#known = [...bodies];
      for (const body of this.#taken) if (body.isDisposed) this.#taken.delete(body);
      for (const body of bodies) {
        if (body.disableSync || body.numInstances > 0 || internals(body).worldRegion?.world !== plugin.world) continue;
        body.disableSync = true;
        this.#taken.add(body);
      }
      this.#moving = [...this.#taken];
      this.#placements = -1;
    }
    if (this.#placements === placementCount()) return;
    this.#placements = placementCount();
    if (this.#offsets.length !== this.#moving.length) this.#offsets = new Float64Array(this.#moving.length);
    for (let i = 0; i < this.#moving.length; i++) {
      const [, offset] = plugin._hknp.HP_Body_GetWorldTransformOffset(internals(this.#moving[i]).hpBodyId);
      this.#offsets[i] = offset;
    }
  }

  #copyPoses(plugin: HavokInternals): void {
    const { buffer } = plugin._hknp.HEAPU8; // another one after Havok's memory grew
    if (this.#heap.buffer !== buffer) this.#heap = new Float32Array(buffer);
    const [, begin] = plugin._hknp.HP_World_GetBodyBuffer(plugin.world);
    for (let i = 0; i < this.#moving.length; i++) {
      const body = this.#moving[i];
      const parent = body.transformNode.parent as TransformNode | null;
      const origin = parent === null ? IDENTITY : parent.getWorldMatrix().m;
      if (isTranslation(origin)) setPose(body.transformNode, this.#heap, (begin + this.#offsets[i]) / 4, origin);
      else plugin.sync(body);
    }
  }
}

const IDENTITY = Matrix.IdentityReadOnly.m;
const pose = new Matrix();

/** Takes over a pose that begins at `at` in Havok's memory: a matrix [4, 4] with Babylon's order of numbers. */
function setPose(node: TransformNode, heap: Float32Array, at: number, origin: ArrayLike<number>): void {
  node.position.set(heap[at + 12] - origin[12], heap[at + 13] - origin[13], heap[at + 14] - origin[14]);
  Matrix.FromArrayToRef(heap, at, pose);
  Quaternion.FromRotationMatrixToRef(pose, (node.rotationQuaternion ??= new Quaternion()));
}

function isTranslation(m: ArrayLike<number>): boolean {
  return (
    m[0] === 1 &&
    m[5] === 1 &&
    m[10] === 1 &&
    m[1] === 0 &&
    m[2] === 0 &&
    m[4] === 0 &&
    m[6] === 0 &&
    m[8] === 0 &&
    m[9] === 0
  );
}

function sameItems(a: readonly unknown[], b: readonly unknown[]): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** What is used of Babylon.js 9.35's Havok plugin beyond its documented face. */
interface HavokInternals {
  readonly name: string;
  readonly world: unknown;
  sync(body: PhysicsBody): void;
  readonly _hknp: {
    readonly HEAPU8: Uint8Array;
    HP_World_GetBodyBuffer(world: unknown): [result: unknown, address: number];
    HP_Body_GetWorldTransformOffset(body: unknown): [result: unknown, bytes: number];
  };
}

function internals(body: PhysicsBody): { hpBodyId: unknown; worldRegion?: { world: unknown } } {
  return body._pluginData as { hpBodyId: unknown; worldRegion?: { world: unknown } };
}

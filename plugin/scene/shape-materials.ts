import type { PhysicsShape } from "@babylonjs/core/Physics/v2/physicsShape.js";
import type { Scene } from "@babylonjs/core/scene.js";

/** All physics shapes of a scene with Havok; else none. */
export function listShapes(scene: Scene): PhysicsShape[] {
  // Not scene.getPhysicsEngine(), which is missing until something imports Babylon's physics.
  const plugin = scene._physicsEngine?.getPhysicsPlugin() as unknown as HavokInternals | null | undefined;
  return [...(plugin?._shapes?.values() ?? [])];
}

/**
 * Gives Babylon's default material to shapes that were never given one: friction 0.5, no restitution.
 *
 * Havok 1.3.14 leaves part of a new shape's material (how the friction of two bodies is combined) uninitialised, so
 * that a world without materials slides otherwise each time it is built, and otherwise on the page than in teaching.
 *
 * @param except - Shapes to leave as they are.
 */
export function completeMaterials(scene: Scene, except: ReadonlySet<PhysicsShape>): void {
  for (const shape of listShapes(scene)) {
    const { _material: material } = shape as unknown as { _material: unknown };
    if (material === undefined && !except.has(shape)) shape.material = {};
  }
}

interface HavokInternals {
  readonly _shapes?: ReadonlyMap<unknown, PhysicsShape>;
}

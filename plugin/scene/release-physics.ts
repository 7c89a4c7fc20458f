import type { Scene } from "@babylonjs/core/scene.js";
import { listShapes } from "./shape-materials.ts";

/**
 * Frees all physics bodies and shapes of a scene: call it right before `scene.dispose()`.
 *
 * Babylon.js 9.35 releases a scene's world with the scene, but leaves bodies and shapes in Havok's memory, which a page
 * that goes from scene to scene would fill. Does nothing in a scene without physics.
 */
export function releasePhysics(scene: Scene): void {
  // Not scene.getPhysicsEngine(), which is missing until something imports Babylon's physics.
  const engine = scene._physicsEngine as unknown as PhysicsEngine | null | undefined;
  for (const body of [...(engine?.getBodies?.() ?? [])]) body.dispose();
  for (const shape of listShapes(scene)) shape.dispose();
}

interface PhysicsEngine {
  /** Missing in Babylon's older kind of physics. */
  getBodies?(): readonly { dispose(): void }[];
}
